// What tells that the network may be another one, or gone: hints to the line, which finds out whether it still holds.

/** @param {import("./shared.js").Room} room @param {import("./socket.js").Line} line */
export function watchNetwork(room, line) {
  const isUsed = () => room.line !== "connecting"; // before that nobody has come in yet

  function probe() {
    if (isUsed()) line.wake(true);
  }

  addEventListener("offline", probe);
  addEventListener("online", () => isUsed() && line.renew());
  /** @type {{connection?: EventTarget}} */ (navigator).connection?.addEventListener("change", probe); // also where it only became slower
  document.addEventListener("visibilitychange", () => isUsed() && document.visibilityState === "visible" && line.wake());

  return { probe };
}
