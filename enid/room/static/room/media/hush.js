// Noticing at once that nothing comes any more from anybody: the network may be another one. That all have just been
// muted looks the same; then the room is asked once, and answers.

const READS_MS = 250;
const HUSH_MS = 1000; // also a silent but open microphone is heard of more often

/** @param {() => number} lastHeard by the browser's own clock, 0 for long ago @param {() => void} hushed */
export function hush(lastHeard, hushed) {
  let last = 0;
  let since = 0;
  let told = true;

  function read() {
    const heard = lastHeard();
    if (heard !== last) [last, since, told] = [heard, performance.now(), heard === 0];
    else if (!told && performance.now() - since > HUSH_MS) {
      told = true;
      hushed();
    }
  }

  setInterval(read, READS_MS);
}
