// Small helpers that patch what is on the page; nothing here re-renders, so focus stays where it is.

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element ${id}`);
  return element;
}

/** @param {string} id */
export function maybe(id) {
  return document.getElementById(id);
}

/** @param {Element | null} element @param {boolean} shown */
export function show(element, shown) {
  if (element instanceof HTMLElement && element.hidden === shown) element.hidden = !shown;
}

/** @param {Element | null} element @param {string} words */
export function write(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}

/** @param {Element | null} element @param {string} name @param {string} value */
export function mark(element, name, value) {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** @param {Element | null} element @param {string} name @param {boolean} on */
export function toggle(element, name, on) {
  if (element) element.classList.toggle(name, on);
}

/**
 * Make an element with words and classes.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} [words] @param {string} [names]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, words = "", names = "") {
  const element = document.createElement(tag);
  if (words) element.textContent = words;
  if (names) element.className = names;
  return element;
}

/** @param {string} words @param {() => void} press @param {string} [names] */
export function makeButton(words, press, names = "") {
  const button = make("button", words, names);
  button.type = "button";
  button.addEventListener("click", press);
  return button;
}

/**
 * Keep the children of a list in step with items, by key; elements that stay are only patched.
 * @template T
 * @param {Element} list @param {T[]} items @param {(item: T) => string} key
 * @param {(item: T) => HTMLElement} create @param {(element: HTMLElement, item: T) => void} patch
 */
export function keep(list, items, key, create, patch) {
  const had = new Map([...list.children].map((child) => [child.getAttribute("data-key") ?? "", child]));
  let before = list.firstElementChild;
  for (const item of items) {
    const name = key(item);
    let element = /** @type {HTMLElement | undefined} */ (had.get(name));
    had.delete(name);
    if (!element) {
      element = create(item);
      element.setAttribute("data-key", name);
    }
    if (element === before) before = before.nextElementSibling;
    else list.insertBefore(element, before);
    patch(element, item);
  }
  for (const child of had.values()) child.remove();
}

/** Where focus was on something that is gone, put it on what is nearest. @param {Element | null} was */
export function settleFocus(was) {
  if (!(was instanceof HTMLElement) || was === document.body) return;
  if (was.isConnected && was.getClientRects().length > 0) return;
  const home = was.isConnected ? was.closest("[data-home]") : null;
  const near = [...(home ?? document).querySelectorAll("button")].find((b) => b.getClientRects().length > 0);
  (near ?? document.getElementById("main"))?.focus({ preventScroll: true });
}

/** @param {string} id @returns {HTMLDialogElement} */
export function dialog(id) {
  return /** @type {HTMLDialogElement} */ (byId(id));
}
