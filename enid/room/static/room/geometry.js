// Where the seats of a circle lie: at equal distances along an ellipse, as large as the window allows.
// Pure: knows neither the page nor who sits where.

/** @typedef {{x: number, y: number}} Point */
/**
 * @typedef {object} Arrangement
 * @property {number} width width of a seat, in px
 * @property {number} face height of its picture, in px
 * @property {number} name height of the name beneath, in px
 * @property {Point[]} seats centres, clockwise, in px from the top left
 * @property {Point[]} outside the same seats one step out of the ring
 * @property {Point} middle
 * @property {{width: number, height: number}} room free for the middle, in px
 * @property {{x: number, y: number}} radii
 */

const RATIO = 0.78; // height of a face by its width
const STEP = 0.22; // one step out of the ring, by the width of a seat
const LARGER = 1.6; // as in media.css: a picture that a leader enlarged grows upwards, its name stays
const GAP = 6;
const MARGIN = 8; // names may be a little wider than their seat
const SMALLEST = 22;
const PIECES = 720;

/**
 * Return the points at equal distances along an ellipse around the origin, clockwise from the top.
 * @param {number} n @param {number} rx @param {number} ry @param {number} shift in parts of one distance
 * @returns {Point[]}
 */
export function alongEllipse(n, rx, ry, shift) {
  const lengths = [0];
  for (let k = 1; k <= PIECES; k++) {
    const [a, b] = [onEllipse(k - 1, rx, ry), onEllipse(k, rx, ry)];
    lengths.push(lengths[k - 1] + Math.hypot(b.x - a.x, b.y - a.y));
  }
  const whole = lengths[PIECES];
  return Array.from({ length: n }, (_, i) => at(lengths, ((i + shift) / n) * whole, rx, ry));
}

/** @param {number} k @param {number} rx @param {number} ry */
function onEllipse(k, rx, ry) {
  const angle = (2 * Math.PI * k) / PIECES;
  return { x: rx * Math.sin(angle), y: -ry * Math.cos(angle) };
}

/** @param {number[]} lengths @param {number} wanted @param {number} rx @param {number} ry */
function at(lengths, wanted, rx, ry) {
  let k = 1;
  while (k < PIECES && lengths[k] < wanted) k++;
  const part = (wanted - lengths[k - 1]) / (lengths[k] - lengths[k - 1] || 1);
  return onEllipse(k - 1 + part, rx, ry);
}

/**
 * Arrange n seats in a box.
 * @param {number} n @param {number} width in px @param {number} height in px
 * @returns {Arrangement}
 */
export function arrange(n, width, height) {
  const name = width < 560 ? 38 : height < 420 ? 22 : 27; // narrow seats carry their mark on a second line
  const [best, shift] = [0.5, 0]
    .map((turn) => /** @type {const} */ ([widest(n, width, height, name, turn), turn]))
    .reduce((a, b) => (b[0] > a[0] + 1 ? b : a));
  return laidOut(n, width, height, name, best, shift);
}

/** @param {number} n @param {number} width @param {number} height @param {number} name @param {number} shift */
function widest(n, width, height, name, shift) {
  let [low, high] = [SMALLEST, Math.max(SMALLEST, Math.min(width * 0.3, height * 0.36, 260))];
  for (let k = 0; k < 14; k++) {
    const middle = (low + high) / 2;
    if (fits(laidOut(n, width, height, name, middle, shift), width, height)) low = middle;
    else high = middle;
  }
  return Math.floor(low);
}

/**
 * @param {number} n @param {number} width @param {number} height @param {number} name @param {number} size
 * @param {number} shift
 * @returns {Arrangement}
 */
function laidOut(n, width, height, name, size, shift) {
  const face = Math.round(size * RATIO);
  const step = size * STEP;
  const rx = Math.max(1, (width - size) / 2 - step - MARGIN);
  const ry = Math.max(1, (height - face - name) / 2 - step);
  const centre = { x: width / 2, y: height / 2 };
  const ring = alongEllipse(n, rx, ry, shift);
  return {
    width: size,
    face,
    name,
    middle: centre,
    radii: { x: rx, y: ry },
    room: { width: between(ring, size, (face + name) / 2, height), height: Math.max(0, 2 * ry - face - name) },
    seats: ring.map((p) => ({ x: centre.x + p.x, y: centre.y + p.y })),
    outside: ring.map((p) => stepOut(p, rx, ry, step, centre)),
  };
}

/**
 * Return how wide the middle is between those seats that lie beside it.
 * @param {Point[]} ring @param {number} size @param {number} half height of a seat @param {number} height
 */
function between(ring, size, half, height) {
  const beside = ring.filter((p) => Math.abs(p.y) < half + Math.min(60, height * 0.12) && Math.abs(p.x) > size);
  const nearest = Math.min(...beside.map((p) => Math.abs(p.x)), height * 4);
  return Math.max(0, 2 * (nearest - size / 2 - MARGIN));
}

/** @param {Point} p @param {number} rx @param {number} ry @param {number} step @param {Point} centre */
function stepOut(p, rx, ry, step, centre) {
  const normal = { x: p.x / (rx * rx), y: p.y / (ry * ry) };
  const length = Math.hypot(normal.x, normal.y) || 1;
  return {
    x: centre.x + p.x + (normal.x / length) * step,
    y: centre.y + p.y + (normal.y / length) * step,
  };
}

/**
 * Return where a seat lies so that also its larger picture is within the box.
 * @param {Point} p @param {Arrangement} a @param {number} width of the box
 */
export function withRoom(p, a, width) {
  const half = Math.min((a.width * LARGER) / 2, width / 2);
  const top = LARGER * a.face - (a.face - a.name) / 2;
  return { x: Math.min(width - half, Math.max(half, p.x)), y: Math.max(top, p.y) };
}

/** Say whether no two seats touch and the middle can be read. @param {Arrangement} a @param {number} width @param {number} height */
function fits(a, width, height) {
  if (a.room.width < Math.min(150, width * 0.46) || a.room.height < Math.min(120, height * 0.36)) return false;
  const [w, h] = [a.width + GAP, a.face + a.name + GAP];
  return a.seats.every((p, i) =>
    a.seats.every((q, k) => k <= i || Math.abs(p.x - q.x) >= w || Math.abs(p.y - q.y) >= h),
  );
}
