// The other people of a circle, all in one page: each with an own line to the room and one connection to the one real
// page, with Enid's own scripts. So one machine can see what a circle of 14 costs one of its browsers.

window.farEnds = async ({ socket, tickets, real, people }) => {
  const [{ Line }, { Mesh }, { Link }] = await Promise.all(
    ["socket.js", "media/mesh.js", "media/link.js"].map((name) => import(`/static/room/${name}`)),
  );
  const publish = Link.prototype.publish;
  // Each far end knows one other person only, yet sends what it would send in the whole circle.
  Link.prototype.publish = function inCircle(tracks) { publish.call(this, tracks, people); };
  const own = await navigator.mediaDevices.getUserMedia({
    audio: true, video: { width: 640, height: 360, frameRate: 15 },
  });
  const [audio, video] = [own.getAudioTracks()[0], own.getVideoTracks()[0]];
  for (const ticket of tickets) farEnd(ticket);

  function farEnd(ticket) {
    const page = crypto.randomUUID();
    const places = new Map();
    let seat = null;
    const nothing = () => undefined;
    const mesh = new Mesh(Promise.resolve({ bundlePolicy: "max-bundle" }), {
      say: (to, target, data) => line.signal({ to, page: target, from: page, data }),
      onRemoteTrack: nothing, onGone: nothing, onChange: nothing, onCheck: nothing, onFalter: nothing, onRefused: nothing,
    });
    const line = new Line({
      url: `ws://${location.host}${socket}`,
      ticket,
      ears: { heard, line: nothing, ended: nothing, refused: nothing, freshTicket: () => Promise.reject(new Error("none")) },
    });
    line.open();

    function heard(state, frame) {
      if (frame.t === "hello") begin(state.seat);
      if (frame.t === "signal") mesh.hear(frame);
      if (frame.t !== "media") return;
      places.set(frame.seat, { page: frame.page, since: frame.since });
      if (frame.seat === seat || frame.seat === real) meet();
    }

    function begin(mine) {
      seat = mine;
      line.say({ t: "voice", page, take: true, mic: true, camera: true });
    }

    function meet() {
      const me = places.get(seat);
      mesh.publish({ audio, video });
      mesh.setMic(true);
      mesh.setCamera(true);
      mesh.join(page, me?.page === page ? me : null, new Map([[real, places.get(real) ?? null]]));
    }
  }
};
