// Buttons that copy a field. Where the browser refuses its clipboard the text is selected, for the person's own hand.

const said = document.getElementById("copied");

/** @param {HTMLInputElement | HTMLTextAreaElement} field */
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return false; // refused, or not there: an answer that the page tells, not a fault
  }
}

/** @param {string} words */
function tell(words) {
  if (!said) return;
  said.textContent = "";
  requestAnimationFrame(() => (said.textContent = words)); // the same words twice would not be spoken twice
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  const field = document.getElementById(button.getAttribute("data-copies") ?? "");
  if (!(button instanceof HTMLButtonElement)) continue;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    tell((await copied(field) ? said?.dataset.done : said?.dataset.selected) ?? "");
  });
}

export {};
