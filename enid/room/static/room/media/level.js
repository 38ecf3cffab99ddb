// How loud one's own microphone is, for this person's eyes alone. Nothing of it leaves the page.

const SAMPLES = 8192; // a sixth of a second: reading as often misses nothing
export const READS_MS = 170;
const LOUD = 0.02;
const REMEMBERS = 12; // readings
const TALKS_FROM = 3;

/** @type {AudioContext | null} */
let sounds = null;

/** Measure a microphone. @param {MediaStreamTrack} track */
export function meter(track) {
  sounds ??= new AudioContext();
  void sounds.resume();
  const source = sounds.createMediaStreamSource(new MediaStream([track]));
  const analyser = new AnalyserNode(sounds, { fftSize: SAMPLES });
  source.connect(analyser);
  const samples = new Float32Array(SAMPLES);
  /** @type {boolean[]} */
  let loud = [];

  return {
    /** Return the level now, 0 to 1. */
    read() {
      analyser.getFloatTimeDomainData(samples);
      const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / SAMPLES);
      loud = [...loud, level > LOUD].slice(-REMEMBERS);
      return Math.min(1, level * 4);
    },
    /** Say whether somebody has been talking just now, and not only moved a chair. */
    talks() {
      return loud.filter(Boolean).length >= TALKS_FROM;
    },
    close() {
      source.disconnect();
    },
  };
}

/** Play a short, soft tone through the speaker that was chosen. @param {(element: HTMLMediaElement) => Promise<void>} choose */
export async function playTone(choose) {
  sounds ??= new AudioContext();
  await sounds.resume();
  const end = sounds.createMediaStreamDestination();
  const gain = new GainNode(sounds, { gain: 0.12 });
  const tone = new OscillatorNode(sounds, { frequency: 440 });
  tone.connect(gain).connect(end);
  const element = new Audio();
  element.srcObject = end.stream;
  await choose(element);
  await element.play();
  tone.start();
  tone.stop(sounds.currentTime + 0.7);
}
