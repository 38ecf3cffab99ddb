// Hands a page's passkey button to allauth's script, and says so when the browser did not use a passkey.

/** @type {any} */
const allauth = /** @type {any} */ (window).allauth;
const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const { way = "", button, credential, data } = script.dataset;

// The form's ids go by different names in each of allauth's ways.
allauth.webauthn.forms[way]({ ids: { login: button, authenticate: button, add: button, passwordless: "passkey-alone", credential, data } });

document.addEventListener("allauth.error", (event) => {
  event.preventDefault(); // a passkey that was not used is an answer, not a fault to log
  const failed = document.getElementById("passkey-failed");
  if (failed) failed.hidden = false;
});
