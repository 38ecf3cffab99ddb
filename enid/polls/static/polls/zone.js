// Shows the times by the browser's own clock to a reader whose zone is not known; without this script they choose it.

const form = document.getElementById("zone");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const field = form?.querySelector("select");

if (form?.hasAttribute("data-detects") && field && field.value !== here) {
  const isKnown = [...field.options].some((option) => option.value === here);
  if (isKnown) location.replace(`?zone=${encodeURIComponent(here)}`);
}

export {};
