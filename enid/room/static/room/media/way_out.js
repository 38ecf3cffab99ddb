// Before the door: which way sound and picture would go from here. Looks for ways as a call would, and calls nobody.

/** @typedef {"direct" | "direct_alone" | "direct_silent" | "relay" | "only_relay" | "nothing" | "unknown"} Way */
/** @typedef {{here: boolean, datagrams: boolean, relay: boolean | null}} Found relay: null where the server has none */

const PATIENCE_MS = 12_000; // a browser itself gives a server up after about ten seconds

/**
 * Say which way it would be.
 * @param {Found} found @param {boolean} relayOnly people's addresses are hidden from each other @returns {Way}
 */
export function wayOf({ here, datagrams, relay }, relayOnly) {
  if (relayOnly) return relay ? "relay" : "nothing";
  if (!here || !datagrams) return relay ? "only_relay" : "nothing";
  if (relay === null) return "direct_alone";
  return relay ? "direct" : "direct_silent";
}

/** Part servers into those reached by datagrams (UDP) and those reached by a stream (TCP or TLS). @param {RTCIceServer[]} servers */
export function parted(servers) {
  const isStream = (/** @type {string} */ url) => url.startsWith("turns:") || url.includes("transport=tcp");
  const only = (/** @type {(url: string) => boolean} */ fits) => servers
    .map((server) => ({ ...server, urls: [server.urls].flat().filter(fits) }))
    .filter(({ urls }) => urls.length > 0);
  return { datagrams: only((url) => !isStream(url)), streams: only(isStream) };
}

/** @param {RTCIceServer[]} servers */
function haveRelay(servers) {
  return servers.some(({ urls }) => [urls].flat().some((url) => url.startsWith("turn")));
}

/**
 * Try the ways out of here; it takes as long as the slowest answer that matters.
 * @param {{waysUrl?: string, relayOnly?: boolean}} page @param {AbortSignal} left the person is in, or gone
 * @returns {Promise<Way>}
 */
export async function wayOut({ waysUrl = "", relayOnly = false }, left) {
  const servers = await handed(waysUrl, left);
  return servers ? wayOf(await look(servers, left), relayOnly) : "unknown";
}

/** Ask for servers, with a password for the relay that is just good for this trial. @param {string} url @param {AbortSignal} left */
async function handed(url, left) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, cache: "no-store", signal: left });
    return answer.ok ? /** @type {RTCIceServer[]} */ ((await answer.json()).ice) : null;
  } catch {
    return null; // the server is out of reach: said as "unknown"
  }
}

/** @param {RTCIceServer[]} servers @param {AbortSignal} left @returns {Promise<Found>} */
async function look(servers, left) {
  const { datagrams, streams } = parted(servers);
  const hasRelay = haveRelay(datagrams);
  const byStream = streams.length ? gather(streams, ({ relay }) => relay, left) : null;
  const found = await gather(datagrams, ({ relay, mirrored }) => relay || (mirrored && !hasRelay), left);
  // Where the machine's own address is a public one, no mirrored way is told, and no complaint either.
  const out = found.relay || found.mirrored || !datagrams.length || (!hasRelay && !found.complained);
  const relay = found.relay || ((await byStream)?.relay ?? false);
  return { here: found.own, datagrams: out, relay: haveRelay(servers) ? relay : null };
}

/**
 * Gather ways until there are enough, or no more come.
 * @typedef {{own: boolean, mirrored: boolean, relay: boolean, complained: boolean}} Gathered
 * @param {RTCIceServer[]} iceServers @param {(found: Gathered) => boolean} isEnough @param {AbortSignal} left
 */
async function gather(iceServers, isEnough, left) {
  const found = { own: false, mirrored: false, relay: false, complained: false };
  const pc = new RTCPeerConnection({ iceServers });
  await new Promise((done) => {
    setTimeout(done, PATIENCE_MS);
    left.addEventListener("abort", done);
    pc.addEventListener("icecandidateerror", () => (found.complained = true));
    pc.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate?.candidate) note(found, candidate);
      else done(null); // no more come
      if (isEnough(found)) done(null);
    });
    pc.createDataChannel("");
    void pc.setLocalDescription();
  });
  pc.close();
  return found;
}

/** @param {Gathered} found @param {RTCIceCandidate} candidate */
function note(found, { type, protocol }) {
  if (type === "host" && protocol === "udp") found.own = true;
  if (type === "srflx") found.mirrored = true;
  if (type === "relay") found.relay = true;
}
