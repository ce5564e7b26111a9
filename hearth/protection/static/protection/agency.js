// Saves an agency's report as it is written: the link opens once, so nothing typed may be lost.
//
// Nothing is kept in the browser itself, which may be shared: only the service has the words. While
// there is no network the page says so and tries again; without this script the buttons save.

const QUIET = 2000; // after the last keystroke
const RETRY = 10000;

const form = document.querySelector("[data-saves-itself]");
const said = document.querySelector("[data-saved-when]");
let timer = null;
let dirty = false;
let sending = false;

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

async function save() {
  if (!dirty || sending) return;
  dirty = false;
  const body = new FormData(form);
  body.delete("file"); // a file is kept by the buttons
  sending = true;
  try {
    const answer = await fetch(form.action || location.pathname, {
      method: "POST",
      body,
      headers: { "X-Hearth-Saves": "1" },
    });
    const told = await answer.json();
    if (answer.ok) {
      form.elements.version.value = told.version;
      said.textContent = `Saved at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
    } else {
      said.textContent = `Not saved: ${told.reason}`;
    }
  } catch {
    dirty = true;
    said.textContent = "Not saved: there is no connection. Keep this page open: it is tried again";
    later(RETRY);
  } finally {
    sending = false;
    if (dirty) later(RETRY);
  }
}

if (form) {
  form.addEventListener("input", () => {
    dirty = true;
    later(QUIET);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    dirty = false;
    if (!sending) return;
    // A save on its way would make these words look older than they are: wait for its answer.
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    const wait = setInterval(() => {
      if (sending) return;
      clearInterval(wait);
      form.requestSubmit(button);
    }, 100);
  }, true);
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
}
