// Runs in a page of the tampered server: ends the lines of two people, and to each says that it is the other.
async ({ room, language, takesPart }) => {
  const load = (name) => import(`/static/room/media/${name}.js`);
  const [{ LineCheck }, { ownFingerprint, usedFingerprint }] = await Promise.all(["check", "certificates"].map(load));
  const ways = { certificates: [await RTCPeerConnection.generateCertificate({ name: "ECDSA", namedCurve: "P-256" })] };
  const certificate = await ownFingerprint(ways);
  const socket = new WebSocket(`ws://${location.host}/ws/between/`);
  const lines = new Map(); // seat of the person at its end -> {pc, link, me, page, theirs, check}
  window.between = { up: () => [...lines.values()].filter(({ pc }) => pc.connectionState === "connected").length };

  // To `seat`, in the name of `me`.
  const say = (line, seat, data) => socket.send(JSON.stringify({
    t: "signal", to: seat, seat: line.me, from: line.page, page: line.theirs, data,
  }));

  function begin(seat, link, { me, page, theirs }) {
    lines.get(seat)?.pc.close();
    const line = { pc: new RTCPeerConnection(ways), link, me, page, theirs };
    line.pc.onicecandidate = ({ candidate }) => candidate && say(line, seat, {
      kind: "candidate", link, candidate: candidate.candidate, mid: candidate.sdpMid,
      line: candidate.sdpMLineIndex, ufrag: candidate.usernameFragment,
    });
    line.pc.onconnectionstatechange = () => line.check?.look();
    if (takesPart) line.check = new LineCheck({
      room, language, certificate, me: { seat: me, page },
      send: (_to, said) => say(line, seat, said),
      used: () => usedFingerprint(line.pc),
    });
    lines.set(seat, line);
    void line.check?.roster([{ seat: me, page }, { seat, page: theirs }]);
    return line;
  }

  async function answer(line, seat, { link, n, sdp }) {
    await line.pc.setRemoteDescription({ type: "offer", sdp });
    await line.pc.setLocalDescription();
    say(line, seat, { kind: "answer", link, n, sdp: line.pc.localDescription.sdp });
  }

  async function offer(line, seat) {
    for (const kind of ["audio", "video"]) line.pc.addTransceiver(kind);
    await line.pc.setLocalDescription();
    say(line, seat, { kind: "offer", link: line.link, n: 1, sdp: line.pc.localDescription.sdp });
  }

  // Somebody on `seat` says something to `to`.
  async function hear({ to, seat, from, page, data }) {
    let line = lines.get(seat);
    if (data.kind === "offer" && line?.link !== data.link) {
      line = begin(seat, data.link, { me: to, page, theirs: from });
      const other = begin(to, crypto.randomUUID(), { me: seat, page: from, theirs: page });
      await answer(line, seat, data);
      await offer(other, to);
    } else if (data.kind === "offer") await answer(line, seat, data);
    else if (data.kind === "answer") await line.pc.setRemoteDescription({ type: "answer", sdp: data.sdp });
    else if (data.kind === "candidate" && line?.link === data.link) {
      await line.pc.addIceCandidate({ candidate: data.candidate, sdpMid: data.mid, sdpMLineIndex: data.line });
    } else if (data.kind === "check" && takesPart) await line?.check.receive(seat, data);
    else if (data.kind === "check") socket.send(JSON.stringify({ t: "signal", to, seat, from, page, data }));
  }

  let work = Promise.resolve();
  socket.onmessage = ({ data }) => (work = work.then(() => hear(JSON.parse(data))).catch(() => undefined));
  await new Promise((open) => (socket.onopen = open));
}
