// Ways to the others: servers and relays with their passwords, one certificate, and fresh passwords when those ran out.

const RESTS_MS = 30_000; // between two questions for fresh passwords

/**
 * Prepare what a connection needs before anybody comes in; servers and relays are told once the person is in.
 * @param {boolean} [relayOnly] @returns {Promise<RTCConfiguration>}
 */
export async function prepared(relayOnly = false) {
  const kind = /** @type {EcKeyGenParams & AlgorithmIdentifier} */ ({ name: "ECDSA", namedCurve: "P-256" });
  const certificate = await RTCPeerConnection.generateCertificate(kind);
  return { iceServers: [], iceTransportPolicy: relayOnly ? "relay" : "all", bundlePolicy: "max-bundle", certificates: [certificate] };
}

/**
 * Return what to do when a relay refuses: ask for fresh passwords, not again and again.
 * @param {{ask: () => void, none: () => void}} does none: also fresh ones are refused, or there are none
 */
export function renewal({ ask, none }) {
  let answered = -RESTS_MS;
  let asking = false;
  return {
    refused() {
      if (asking) return;
      if (performance.now() - answered < RESTS_MS) return none();
      asking = true;
      ask();
    },
    /** Fresh ones came. */
    came() {
      if (asking) answered = performance.now();
      asking = false;
    },
    /** There are none for this person. */
    turnedAway() {
      asking = false;
      none();
    },
  };
}
