// Passkeys need a script: what depends on them is shown only when there is one, and what goes wrong
// is said in words.

for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.querySelector("[data-passkey-error]");
  if (!place) return;
  const stopped = event.detail.exception?.name === "NotAllowedError";
  place.textContent = stopped
    ? "The passkey was not used: it was cancelled, or took too long. Try again, or sign in another way."
    : "The passkey could not be used on this device. Sign in another way.";
  place.hidden = false;
});
