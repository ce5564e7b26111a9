// Starts the components on a page, and a few small helps of our own. Everything here makes better
// what already works without it.

// The modules' addresses come from the page itself, because a served file's name carries a
// fingerprint that a script cannot know.
const addressOf = (id) => document.getElementById(id).href;

// A long list is found by typing. The list itself stays the field that is sent.

const wordsOf = (option) => option?.textContent.trim() ?? "";

// No answer may be one in words ("The whole service"), or may only ask for one ("Choose").
const isAnswer = (option) => Boolean(option?.value) || !/^(choose\b.*|-*)$/i.test(wordsOf(option));

function shown(select) {
  const option = select.options[select.selectedIndex];
  return isAnswer(option) ? wordsOf(option) : "";
}

// All of them while the box says what is chosen; then those with what is typed.
function matching(select, typed) {
  const words = [...select.options].filter(isAnswer).map(wordsOf);
  const wanted = typed === shown(select) ? "" : typed.trim().toLowerCase();
  return words.filter((each) => each.toLowerCase().includes(wanted));
}

function choose(select, words) {
  const wanted = words.trim().toLowerCase();
  const option = [...select.options].find((o) => o.value && o.textContent.trim().toLowerCase() === wanted);
  const before = select.value;
  select.value = option?.value ?? "";
  // The component says nothing when an answer is chosen; a draft must hear of it.
  if (select.value !== before) select.dispatchEvent(new Event("change", { bubbles: true }));
}

// Words that match nothing would be lost when the form is sent: say so, and do not send.
function unmatched(select, input) {
  const id = `${input.id}-unmatched`;
  document.getElementById(id)?.remove();
  const typed = input.value.trim().toLowerCase();
  if (!typed || select.value || typed === shown(select).toLowerCase()) return false;
  const words = `Nothing in the list is called “${input.value.trim()}”: choose from the list, or clear the box`;
  const message = Object.assign(document.createElement("p"), { id, className: "govuk-error-message", textContent: words });
  input.closest(".autocomplete__wrapper").parentElement.before(message);
  return true;
}

function enhance(select) {
  const described = select.getAttribute("aria-describedby");
  const id = select.id;
  window.accessibleAutocomplete.enhanceSelectElement({
    selectElement: select,
    defaultValue: shown(select),
    source: (typed, give) => give(matching(select, typed)),
    showAllValues: true,
    // Never an answer the worker did not choose.
    autoselect: false,
    confirmOnBlur: false,
    dropdownArrow: () => "",
    inputClasses: select.classList.contains("govuk-select--error") ? "govuk-input--error" : null,
    onConfirm: (words) => { if (words !== undefined) choose(select, words); },
    tNoResults: () => "Nothing matches",
  });
  const input = document.getElementById(id);
  if (described) {
    const own = input.getAttribute("aria-describedby");
    input.setAttribute("aria-describedby", [described, own].filter(Boolean).join(" "));
  }
  // Words that are no longer an answer must not leave the last answer standing behind them.
  input.addEventListener("input", () => choose(select, input.value));
  // A press in a box that says what is chosen means to choose another.
  input.addEventListener("click", () => { if (input.value === shown(select)) input.select(); });
  input.addEventListener("blur", () => unmatched(select, input));
}

function enhanceAgain(select) {
  const wrapper = select.previousElementSibling;
  select.id = select.id.replace(/-select$/, "");
  wrapper?.remove();
  enhance(select);
}

function startLists(within) {
  for (const select of within.querySelectorAll("select[data-autocomplete]:not([id$='-select'])")) enhance(select);
}

document.addEventListener("hearth:put", ({ target }) => {
  if (target.matches("select[data-autocomplete][id$='-select']")) enhanceAgain(target);
});

// A form is sent once, however often the button is pressed while the answer is on its way.

const PATIENCE = 8000;

document.addEventListener("submit", (event) => {
  for (const select of event.target.querySelectorAll("select[data-autocomplete][id$='-select']")) {
    const input = document.getElementById(select.id.replace(/-select$/, ""));
    if (!unmatched(select, input)) continue;
    event.preventDefault();
    event.stopImmediatePropagation();
    input.focus();
    return;
  }
}, true);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-send-once]") || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, PATIENCE);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
});

// Keyboard: / goes to the search box, unless somebody is writing.

document.addEventListener("keydown", (event) => {
  const search = document.getElementById("hearth-search");
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writing || !search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// An open group of ways closes when it is left: by Escape, or by a press elsewhere.

const openGroup = () => document.querySelector(".hearth-waygroup[open]");

document.addEventListener("keydown", (event) => {
  const group = openGroup();
  if (event.key !== "Escape" || !group) return;
  group.open = false;
  group.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  const group = openGroup();
  if (group && !group.contains(event.target)) group.open = false;
});

// A whole date pasted into the first box goes into all three.

document.addEventListener("paste", (event) => {
  if (event.target.dataset?.datePart !== "day") return;
  const pasted = event.clipboardData.getData("text").trim();
  const found = /^(\d{1,2})[\s./-]+(\d{1,2}|[A-Za-z]{3,9})[\s./-]+(\d{4})$/.exec(pasted);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(pasted);
  const parts = found ? found.slice(1, 4) : iso && [iso[3], iso[2], iso[1]];
  if (!parts) return;
  event.preventDefault();
  const group = event.target.closest(".govuk-date-input");
  ["day", "month", "year"].forEach((part, place) => {
    group.querySelector(`[data-date-part=${part}]`).value = parts[place];
  });
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
});

// Paper shows what is folded away.

let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open], .hearth-waygroup)")];
  for (const details of folded) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of folded) details.open = false;
});

// A part of a page that cannot be fetched says so, and leaves the rest working.

document.addEventListener("htmx:error", ({ target }) => {
  const place = target.closest?.("[data-part]");
  if (!place) return;
  place.className = "hearth-failed";
  place.textContent = "This part could not be loaded. Open the page again to try once more.";
});

startLists(document);
document.addEventListener("hearth:added", ({ target }) => startLists(target));

const [govuk, moj] = await Promise.all([
  import(addressOf("govuk-module")),
  import(addressOf("moj-module")),
]);
govuk.initAll();
moj.initAll();
