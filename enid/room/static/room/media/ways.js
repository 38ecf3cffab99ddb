// Ways to the others: servers and relays with their passwords, one certificate, and fresh passwords when those ran out.

/** @typedef {{ice?: RTCIceServer[], relayOnly?: boolean}} Handed by the page, and again with each fresh ticket */

const RESTS_MS = 30_000; // between two questions for fresh passwords

/** Prepare what a connection needs before anybody comes in. @param {Handed} handed @returns {Promise<RTCConfiguration>} */
export async function prepared({ ice = [], relayOnly = false }) {
  const kind = /** @type {EcKeyGenParams & AlgorithmIdentifier} */ ({ name: "ECDSA", namedCurve: "P-256" });
  const certificate = await RTCPeerConnection.generateCertificate(kind);
  return { iceServers: ice, iceTransportPolicy: relayOnly ? "relay" : "all", bundlePolicy: "max-bundle", certificates: [certificate] };
}

/**
 * Return what to do when a relay refuses: ask for fresh passwords, not again and again.
 * @param {() => Promise<Handed>} fresh @param {{turnTo: (servers: RTCIceServer[]) => void, none: () => void}} does
 */
export function renewal(fresh, { turnTo, none }) {
  let asked = -RESTS_MS;
  let asking = false;
  return async () => {
    if (asking) return;
    if (performance.now() - asked < RESTS_MS) return none();
    asking = true;
    try {
      turnTo((await fresh()).ice ?? []);
    } catch {
      none(); // this person has no ticket here any more, or the server is out of reach
    } finally {
      asked = performance.now();
      asking = false;
    }
  };
}
