// To whom nothing comes through. A connection takes a moment, and only then is it a fault.

const FAULT_AFTER_MS = 15_000;

/** Return what tells the faults among the seats whose line is not open just now. @returns {(cut: string[]) => string[]} */
export function faults() {
  /** @type {Map<string, number>} */
  const since = new Map();

  return (cut) => {
    for (const seat of since.keys()) if (!cut.includes(seat)) since.delete(seat);
    for (const seat of cut) if (!since.has(seat)) since.set(seat, Date.now());
    return cut.filter((seat) => Date.now() - (since.get(seat) ?? 0) > FAULT_AFTER_MS);
  };
}
