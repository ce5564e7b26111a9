// Visits written where there is no signal.
//
// On "Your visits" a worker may have the day's visits kept on this telephone: the list, and the form
// of each. keeper.js gives them when there is no signal. What is written is kept by drafts.js as it
// is typed; a visit that is saved waits here, and is sent when there is signal:
//
//   <form data-visit="/visits/12/send/">       where a visit is sent
//   POST, as the form itself would, with draft_version: the version of the draft last seen
//   200 {state: "recorded", words, page}       it is on record; also when it was already
//   409 {state: "clash" | "conflict", ...}     a colleague wrote too: `page` shows both texts
//   422 {state: "lacking", ...}                something is missing: `page` asks for it
//   403, 404                                   refused: it waits, and what was written is shown
//   anything else, or nothing                  it waits
//
// Nothing is kept unless it is asked for. It is forgotten at the time the server said, when the
// worker signs out, and when another signs in.

import { clock } from "./drafts.js";

const PAGES = "hearth-kept";
const LOOKS = "hearth-looks";
const NOTE = "/hearth-kept-note";
const DAY = "/day/";
const WAITING = "hearth-visit:";
const KEEPS = "hearth-keeps";
const RETRY = 15000;
const QUICK = 5000;

const user = document.body.dataset.user;
const copiedAt = document.documentElement.dataset.kept;
const keeper = document.getElementById("hearth-kept")?.dataset.keeper;
const able = "serviceWorker" in navigator && "caches" in window;

const today = () => new Date().toDateString();
const choice = {
  get: () => { try { return JSON.parse(localStorage.getItem(KEEPS)); } catch { return null; } },
  set: (value) => { try { localStorage.setItem(KEEPS, JSON.stringify(value)); } catch { /* not kept */ } },
  drop: () => { try { localStorage.removeItem(KEEPS); } catch { /* nothing was kept */ } },
};

function say(words, link) {
  let place = document.getElementById("hearth-signal");
  if (!place) {
    place = Object.assign(document.createElement("div"), { id: "hearth-signal", className: "hearth-signal", tabIndex: -1 });
    place.setAttribute("role", "status");
    document.querySelector("main")?.prepend(place);
  }
  const line = Object.assign(document.createElement("p"), { className: "govuk-body", textContent: words });
  if (link) {
    line.append(" ", Object.assign(document.createElement("a"), { className: "govuk-link", href: link.href, textContent: link.text }));
  }
  place.replaceChildren(line);
  return place;
}

// Keeping the day

async function forget() {
  if (able) await caches.delete(PAGES);
}

async function fetched(address) {
  const answer = await fetch(`${address}?kept=yes`, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(address);
  return answer;
}

async function keep() {
  const list = await fetched(DAY);
  const html = new DOMParser().parseFromString(await list.clone().text(), "text/html");
  const until = html.querySelector("[data-kept-until]").dataset.keptUntil;
  const forms = [...html.querySelectorAll("a[data-keeps]")].map((link) => link.getAttribute("href"));
  const answers = await Promise.all(forms.map((address) => fetched(address).catch(() => null)));
  const looks = [...document.querySelectorAll("link[rel=stylesheet], link[rel=modulepreload], link[rel=icon], script[src]")];
  const form = answers.find(Boolean);
  const more = form ? new DOMParser().parseFromString(await form.clone().text(), "text/html").querySelectorAll("link[rel=stylesheet]") : [];
  const addresses = new Set([...looks, ...more].map((one) => one.getAttribute("href") ?? one.getAttribute("src")));
  await (await caches.open(LOOKS)).addAll([...addresses]);
  await forget();
  const store = await caches.open(PAGES);
  await store.put(DAY, list);
  for (const [place, address] of forms.entries()) if (answers[place]) await store.put(address, answers[place]);
  await store.put(NOTE, new Response(JSON.stringify({ user, until, at: new Date().toISOString() })));
  return { until, kept: answers.filter(Boolean).length };
}

async function keepToday(control) {
  const words = control?.querySelector("[data-keep-says]");
  try {
    await navigator.serviceWorker.register(keeper, { scope: "/" });
    await navigator.serviceWorker.ready;
    choice.set({ user, day: today() });
    const { until, kept } = await keep();
    if (words) words.textContent = `Kept on this phone until ${clock(until)}: the list and ${kept} visit${kept === 1 ? "" : "s"}. They open here without signal.`;
    show(control, true);
  } catch {
    if (words) words.textContent = "These visits could not be kept on this phone. Try again where there is signal.";
  }
}

function show(control, isKept) {
  if (!control) return;
  control.hidden = false;
  control.querySelector("[data-keep-start]").hidden = isKept;
  control.querySelector("[data-keep-stop]").hidden = !isKept;
}

function startKeeping() {
  const control = document.querySelector("[data-keep]");
  const chosen = choice.get();
  const isChosen = chosen?.user === user && chosen.day === today();
  show(control, isChosen);
  control?.querySelector("[data-keep-start]").addEventListener("click", () => keepToday(control));
  control?.querySelector("[data-keep-stop]").addEventListener("click", async () => {
    choice.drop();
    await forget();
    control.querySelector("[data-keep-says]").textContent = "Nothing is kept on this phone now.";
    show(control, false);
    control.querySelector("[data-keep-start]").focus();
  });
  if (chosen && !isChosen) { choice.drop(); forget(); }
  // The list as it now stands; and, signed in again, the pages that signing out took away.
  if (isChosen) caches.match(NOTE).then((kept) => { if (control || !kept) keepToday(control); });
}

// What waits to be sent

function waiting() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(`${WAITING}${user}:`));
  } catch {
    return [];
  }
}

function forgetOthers() {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(WAITING) && !name.startsWith(`${WAITING}${user}:`)) localStorage.removeItem(name);
    }
  } catch { /* nothing was kept */ }
}

function stored(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

async function reachable() {
  if (!navigator.onLine) return false;
  try {
    await fetch("/health/", { cache: "no-store", signal: AbortSignal.timeout(QUICK) });
    return true;
  } catch {
    return false;
  }
}

// Signing in again changes the token, and somebody else may have signed in.
async function token() {
  const page = await fetch(DAY, { credentials: "same-origin", headers: { Accept: "text/html" } });
  const html = new DOMParser().parseFromString(await page.text(), "text/html");
  return html.body.dataset.user === user ? html.querySelector("[name=csrfmiddlewaretoken]")?.value : null;
}

let sending = false;
let again;

async function sendAll() {
  if (sending || !user || !waiting().length) return;
  sending = true;
  clearTimeout(again);
  try {
    const csrf = (await reachable()) && (await token());
    if (csrf) for (const name of waiting()) await send(name, csrf);
    else if (csrf === null) say("Sign in again to send what is on this phone.", { href: DAY, text: "Sign in" });
  } catch { /* it waits */ }
  sending = false;
  if (waiting().length) again = setTimeout(sendAll, RETRY);
}

// A record closed to this worker meanwhile takes nothing from them, and their words must not be lost.
function refused(visit) {
  const place = say("Hearth does not take this visit from you any more. What you wrote is kept on this phone: tell your manager.");
  const words = Object.assign(document.createElement("details"), { className: "govuk-details" });
  const title = Object.assign(document.createElement("summary"), { className: "govuk-details__summary", textContent: "What you wrote" });
  words.append(title);
  for (const [, text] of visit.fields.filter(([, each]) => String(each).includes(" "))) {
    words.append(Object.assign(document.createElement("p"), { className: "govuk-body", textContent: text }));
  }
  place.append(words);
}

async function send(name, csrf) {
  const visit = stored(name);
  if (!visit) return;
  const answer = await fetch(visit.address, {
    method: "POST", credentials: "same-origin", body: new URLSearchParams(visit.fields),
    headers: { "X-CSRFToken": csrf, Accept: "application/json" },
  });
  if ([403, 404].includes(answer.status)) refused(visit);
  if (![200, 409, 422].includes(answer.status)) return;
  const { state, words, page } = await answer.json();
  localStorage.removeItem(name);
  if (state === "recorded" || state === "conflict") localStorage.removeItem(`hearth-draft:${user}:${visit.draft}`);
  say(`${words}.`, { href: page, text: state === "recorded" ? "Open the visit" : "Open it" });
}

// The form of a visit

function whatIsMissing(form) {
  const made = form.querySelector("[name=outcome]:checked")?.value !== "attempted";
  if (made && !form.querySelector("[name=account]").value.trim()) return form.querySelector("[name=account]");
  const sights = new Set([...form.querySelectorAll("[name$='-sight']")].map((one) => one.name));
  const open = made && [...sights].find((name) => !form.querySelector(`[name='${name}']:checked`));
  return open ? form.querySelector(`[name='${open}']`) : null;
}

function hold(form) {
  form.dispatchEvent(new CustomEvent("hearth:stop"));
  const draft = form.dataset.draftKey;
  const version = String(stored(`hearth-draft:${user}:${draft}`)?.version ?? form.dataset.draftVersion ?? 0);
  const fields = [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "draft_version"].includes(name));
  const visit = { address: form.dataset.visit, draft, fields: [...fields, ["draft_version", version]] };
  try {
    localStorage.setItem(`${WAITING}${user}:${form.dataset.visit}`, JSON.stringify(visit));
  } catch {
    say("This phone cannot keep the visit. Leave this page open, and press the button again where there is signal.").focus();
    return;
  }
  form.querySelector(".hearth-buttons").hidden = true;
  const place = say(`Saved on this phone at ${clock(Date.now())}. It is sent when there is signal: leave Hearth open, or open it again then.`);
  place.focus();
}

let passing = false;

async function saved(event) {
  const form = event.target;
  if (!form.matches?.("form[data-visit]") || !user || passing || event.defaultPrevented) return;
  if (document.getElementById("hearth-clash")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!copiedAt && (await reachable())) {
    passing = true;
    form.requestSubmit(event.submitter);
    passing = false;
    return;
  }
  const missing = whatIsMissing(form);
  if (missing) {
    missing.focus();
    say("Say what happened, and of each child whether they were seen, before you save.");
    return;
  }
  hold(form);
  sendAll();
}

// A copy was made earlier in the day: a visit is written at the time it is written.
function setTheTime(form) {
  const now = new Date();
  // By the 24-hour clock, 09:05: what 9:05 means must be asked.
  const time = now.toTimeString().slice(0, 5);
  const boxes = { day: now.getDate(), month: now.getMonth() + 1, year: now.getFullYear(), time };
  for (const [part, value] of Object.entries(boxes)) {
    const box = form.querySelector(`[name=happened_at_${part}]`);
    if (box) box.value = value;
  }
}

function startCopy() {
  say(`No signal. This page was kept on this phone at ${clock(copiedAt)}.`);
  const form = document.querySelector("form[data-visit]");
  if (!form) return;
  let typed = false;
  try { typed = localStorage.getItem(`hearth-draft:${user}:${form.dataset.draftKey}`) !== null; } catch { /* none */ }
  if (!typed) setTheTime(form);
  if (stored(`${WAITING}${user}:${form.dataset.visit}`)) {
    form.querySelector(".hearth-buttons").hidden = true;
    say("This visit is saved on this phone, and is sent when there is signal.");
  }
}

document.addEventListener("submit", (event) => {
  if (/logout|sign-out/.test(event.target.action ?? "")) { choice.drop(); forget(); }
}, true);

if (copiedAt) {
  startCopy();
} else if (!user) {
  forget();
} else {
  forgetOthers();
  if (able) startKeeping();
}
if (user) {
  document.addEventListener("submit", saved, true);
  addEventListener("online", sendAll);
  sendAll();
}
