// Bytes and hashes of the line check.

/**
 * Hash fields with SHA-256, each with its length before it: no two lists of fields run together alike.
 * @param {Crypto} crypto @param {(string | Uint8Array)[]} fields
 */
export async function hash(crypto, ...fields) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(fields)));
}

/** @param {(string | Uint8Array)[]} fields */
function joined(fields) {
  const parts = fields.map((field) => (typeof field === "string" ? new TextEncoder().encode(field) : field));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length);
    bytes.set(part, at + 4);
    at += 4 + part.length;
  }
  return bytes;
}

/** @param {Crypto} crypto @param {number} length bytes */
export function random(crypto, length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} digits an even number of hex digits */
export function unhex(digits) {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Return the first 40 bits as four numbers from 0 to 1023. @param {Uint8Array} digest */
export function numbersOf(digest) {
  const bits = [...digest.slice(0, 5)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return [0, 10, 20, 30].map((at) => parseInt(bits.slice(at, at + 10), 2));
}
