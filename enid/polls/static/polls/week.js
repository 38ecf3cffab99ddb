// Paints the free hours of a week: by mouse and finger as a rectangle, by keys with the arrows and the space bar.
// Without this script the same table is a set of checkboxes.

const DAYS = 7;
const FIRST_SHOWN = 7 * 2; // the half hour that stands at the top at first

const table = document.getElementById("week");
const cells = /** @type {HTMLInputElement[]} */ ([...(table?.querySelectorAll("input") ?? [])]);

let painted = false; // by the pointer whose click is still to come

/** @typedef {{ from: number, value: boolean, before: boolean[] }} Stroke */
/** @type {Stroke | null} */
let stroke = null;

/** @param {number} x @param {number} y */
function cellAt(x, y) {
  const found = document.elementFromPoint(x, y);
  return cells.findIndex((cell) => cell === found || cell.parentElement === found);
}

/** @param {Stroke} drawn @param {number} to */
function draw(drawn, to) {
  const [left, right] = [drawn.from % DAYS, to % DAYS].sort((a, b) => a - b);
  const [top, bottom] = [Math.floor(drawn.from / DAYS), Math.floor(to / DAYS)].sort((a, b) => a - b);
  cells.forEach((cell, n) => {
    const row = Math.floor(n / DAYS);
    const inside = n % DAYS >= left && n % DAYS <= right && row >= top && row <= bottom;
    cell.checked = inside ? drawn.value : drawn.before[n];
  });
}

/** @param {number} to */
function focusOn(to) {
  for (const cell of cells) cell.tabIndex = -1; // one stop for the whole table: Tab leaves it
  cells[to].tabIndex = 0;
  cells[to].focus();
}

/** @param {KeyboardEvent} event @param {number} at */
function target(event, at) {
  const start = at - (at % DAYS);
  switch (event.key) {
    case "ArrowUp": return at - DAYS;
    case "ArrowDown": return at + DAYS;
    case "ArrowLeft": return at > start ? at - 1 : -1;
    case "ArrowRight": return at < start + DAYS - 1 ? at + 1 : -1;
    case "Home": return start;
    case "End": return start + DAYS - 1;
    default: return -1;
  }
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  painted = false;
  const at = cells.indexOf(/** @type {HTMLInputElement} */ (event.target));
  if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const to = target(event, at);
  if (!event.key.startsWith("Arrow") && to < 0) return;
  event.preventDefault();
  if (to < 0 || to >= cells.length) return;
  if (event.shiftKey) cells[to].checked = cells[at].checked;
  focusOn(to);
}

/** @param {PointerEvent} event */
function onDown(event) {
  const from = cellAt(event.clientX, event.clientY);
  if (from < 0 || event.button !== 0) return;
  stroke = { from, value: !cells[from].checked, before: cells.map((cell) => cell.checked) };
  draw(stroke, from);
  focusOn(from);
}

/** @param {PointerEvent} event */
function onMove(event) {
  const to = stroke ? cellAt(event.clientX, event.clientY) : -1;
  if (stroke && to >= 0) draw(stroke, to);
}

function onEnd() {
  stroke = null;
}

/** @param {MouseEvent} event */
function onClick(event) {
  // The pointer has painted already; a click by a key, or by a program that reads aloud, has no pointer before it.
  if (painted && cells.includes(/** @type {HTMLInputElement} */ (event.target))) event.preventDefault();
  painted = false;
}

if (table && cells.length) {
  table.classList.add("drawn");
  cells.forEach((cell, n) => (cell.tabIndex = n === 0 ? 0 : -1));
  table.addEventListener("keydown", onKey);
  table.addEventListener("pointerdown", (event) => {
    onDown(event);
    painted = stroke !== null;
  });
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onEnd);
  document.addEventListener("pointercancel", onEnd);
  table.addEventListener("click", onClick);
  const row = cells[FIRST_SHOWN * DAYS].closest("tr");
  if (row && table.parentElement) table.parentElement.scrollTop = row.offsetTop - 40;
}

export {};
