// Fingerprints of certificates: one's own before anything is sent, and the one really used on a line.

import { hex } from "./digest.js";

/** Return a fingerprint as the browser writes it (AB:CD:…) in plain hex digits. @param {string} fingerprint */
export function plain(fingerprint) {
  return fingerprint.replaceAll(":", "").toLowerCase();
}

/**
 * Return the SHA-256 fingerprint of one's own certificate. Read from an offer that nobody gets, since not every browser
 * tells it of the certificate itself.
 * @param {RTCConfiguration} ways with the certificate that every connection of this page uses
 */
export async function ownFingerprint({ certificates }) {
  const pc = new RTCPeerConnection({ certificates });
  try {
    pc.createDataChannel("");
    const offer = await pc.createOffer();
    const found = inDescription(offer.sdp ?? "");
    if (!found) throw new Error("no_fingerprint");
    return found;
  } finally {
    pc.close();
  }
}

/**
 * Return the SHA-256 fingerprint of the certificate with which the other end of an open connection has shown itself,
 * or null while it is not open.
 * @param {RTCPeerConnection | undefined} pc
 */
export async function usedFingerprint(pc) {
  if (pc?.connectionState !== "connected") return null;
  const transport = pc.getSenders().map((sender) => sender.transport).find(Boolean) ?? pc.sctp?.transport;
  const shown = transport?.getRemoteCertificates?.()[0];
  if (shown) return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", shown)));
  return inDescription(pc.currentRemoteDescription?.sdp ?? ""); // the browser opens no line that does not match it
}

/** @param {string} sdp */
function inDescription(sdp) {
  const found = /^a=fingerprint:sha-256 ([0-9A-F:]{95})\r?$/im.exec(sdp);
  return found ? plain(found[1]) : null;
}
