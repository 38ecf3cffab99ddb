// Looks over a page's shoulder: what it opened and has not closed, what arrives, and when the first of it came.
// Changes nothing that the page does. Run in a page before any script of its own.

(() => {
  const LOOKS_MS = 20;
  const GAPS_MS = 50;
  const connections = new Set();
  const sockets = new Set();
  const intervals = new Set();
  const timeouts = new Set();
  const tracks = new Set();
  const contexts = new Set();

  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) { super(...given); connections.add(this); }
    close() { connections.delete(this); super.close(); }
  };
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      sockets.add(this);
      this.addEventListener("close", () => sockets.delete(this));
    }
  };
  window.AudioContext = class extends AudioContext {
    constructor(...given) { super(...given); contexts.add(this); }
    close() { contexts.delete(this); return super.close(); }
  };
  const { setInterval, clearInterval, setTimeout, clearTimeout } = window;
  window.setInterval = (...given) => note(intervals, setInterval(...given));
  window.clearInterval = (id) => { intervals.delete(id); clearInterval(id); };
  window.setTimeout = (does, ...rest) => {
    const id = setTimeout((...given) => { timeouts.delete(id); does(...given); }, ...rest);
    return note(timeouts, id);
  };
  window.clearTimeout = (id) => { timeouts.delete(id); clearTimeout(id); };
  const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
  if (ask) navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    stream.getTracks().forEach((track) => tracks.add(track));
    return stream;
  };

  function note(set, id) { set.add(id); return id; }

  /** Say what is open now. */
  function open() {
    for (const track of tracks) if (track.readyState === "ended") tracks.delete(track);
    return {
      connections: connections.size, sockets: sockets.size, tracks: tracks.size, intervals: intervals.size, timeouts: timeouts.size,
      contexts: contexts.size, sounds: document.querySelectorAll("audio").length,
      pictures: document.querySelectorAll("video.picture").length,
    };
  }

  /** Say what came and went so far, over every connection. */
  async function totals() {
    const sum = {
      at: performance.now(), connected: 0, sent: 0, received: 0, packets_sent: 0, packets: 0, sounds: 0, lost: 0,
      frames: 0, freezes: 0, frozen_s: 0, energy: 0, rtt_s: 0, encoded: 0,
    };
    for (const connection of connections) {
      if (connection.connectionState !== "connected") continue;
      sum.connected += 1;
      for (const part of (await connection.getStats()).values()) add(sum, part);
    }
    return sum;
  }

  function add(sum, part) {
    if (part.type === "transport") {
      sum.sent += part.bytesSent;
      sum.received += part.bytesReceived;
    } else if (part.type === "inbound-rtp") {
      sum.packets += part.packetsReceived;
      if (part.kind === "audio") { // of pictures what was sent once more does not count as lost
        sum.sounds += part.packetsReceived;
        sum.lost += Math.max(0, part.packetsLost);
      }
      sum.frames += part.framesDecoded ?? 0;
      sum.freezes += part.freezeCount ?? 0;
      sum.frozen_s += part.totalFreezesDuration ?? 0;
      sum.energy += part.totalAudioEnergy ?? 0;
    } else if (part.type === "outbound-rtp") {
      sum.packets_sent += part.packetsSent;
      sum.encoded += part.framesEncoded ?? 0;
    } else if (part.type === "remote-inbound-rtp") {
      sum.rtt_s = Math.max(sum.rtt_s, part.roundTripTime ?? 0);
    }
  }

  /** Resolve, in seconds from the press on "enter", when somebody else is seen and when they are heard. */
  const first = new Promise((resolve) => {
    addEventListener("click", ({ target }) => {
      if (target?.closest?.("#enter")) void watchFrom(performance.now(), resolve);
    }, true);
  });

  async function watchFrom(pressed, resolve) {
    const found = { picture_s: 0, sound_s: 0 };
    while (!found.picture_s || !found.sound_s) {
      await new Promise((next) => setTimeout(next, LOOKS_MS));
      const passed = (performance.now() - pressed) / 1000;
      if (!found.picture_s && sees()) found.picture_s = passed;
      if (!found.sound_s && hears() && (await totals()).energy > 0) found.sound_s = passed;
    }
    resolve(found);
  }

  function sees() {
    return [...document.querySelectorAll("video.picture:not(.mirrored)")].some(
      (picture) => !picture.hidden && picture.videoWidth > 0 && picture.currentTime > 0,
    );
  }

  function hears() {
    return [...document.querySelectorAll("audio")].some((sound) => !sound.muted && !sound.paused && sound.srcObject);
  }

  /** Note how far apart arrivals are; `stop` tells the longest silence and when it was over, in seconds from now,
   *  `sinceLast` how long nothing has come. */
  function gaps() {
    const began = performance.now();
    let [had, last, longest, back] = [-1, began, 0, /** @type {number | null} */ (0)];
    const silence = (until, ended) => {
      if (until - last > longest) [longest, back] = [until - last, ended ? until - began : null];
    };
    const looking = setInterval(async () => {
      const { packets } = await totals();
      if (packets === had) return;
      had = packets; // a new connection counts from nothing
      if (!packets) return;
      silence(performance.now(), true);
      last = performance.now();
    }, GAPS_MS);
    const stop = () => {
      clearInterval(looking);
      silence(performance.now(), false);
      return { gap_s: longest / 1000, back_s: back === null ? null : back / 1000 };
    };
    return { stop, sinceLast: () => (performance.now() - last) / 1000 };
  }

  window.watched = { open, totals, first, gaps, sockets, connections };
})();
