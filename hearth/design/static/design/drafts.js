// Drafts: nothing typed is ever lost.
//
// The page
//   <body data-user="7">                      whose drafts this browser may hold
//   <form data-draft-key="contact.new"        the draft's name: letters, digits, dots, dashes
//         data-draft-url="/drafts/save/"      where it is saved
//         data-draft-about="[12, 15]"         ids of the people it is about, as JSON
//         data-draft-version="3"              the version the page came with; 0 when none is kept
//         data-draft-asked="2026-04-14T16:20:00+01:00"  when the server looked for it
//         data-draft-posted                   only when the page shows what was just sent
//         data-draft-unseen>                  only when it was sent over words not seen: choose
//   <input name="draft_version">              sent with the form: the version last seen
//   <p data-draft-status role="status">       where its state is said
//   <script type="application/json" id="draft-contact.new">
//     {"version": 3, "fields": {"reason": ["..."]}, "at": "2026-04-14T16:20:00+01:00", "by": "Jo"}
//   <meta name="draft-done" content="KEY">    on the page after: it was recorded, forget it
//
// What is sent: POST, JSON, with X-CSRFToken
//   {"key", "version", "fields": {name: [answers]}, "about": [ids]}, or, to throw it away,
//   {"key", "version", "discard": true, "about"}
// `version` is the one last seen, so that the server can tell when another window or worker has
// saved since. Passwords, files, hidden fields and the CSRF token are never kept.
//
// What is answered
//   200 {"version", "at"}                     saved
//   409 {"version", "fields", "by", "at"}     somebody else's is newer: the worker chooses
//   410                                       already sent or thrown away: not saved again, and said
//   401, 403, or a page instead of JSON       signed out: kept here until signed in again
//   another 4xx                               kept here
//   anything else, or nothing                 kept here and tried again
//
// Without this script the form is an ordinary form.

const STORE = "hearth-draft:";
const QUIET = 1500; // after the last keystroke: with the request itself, within 2 seconds
const LONGEST = 4000; // while typing goes on: with the request itself, within 5 seconds
const RETRY = 15000;
const QUICK = 5000;
const LONGEST_ANSWER = 30000;
const COMMITTING = 5000; // a draft may be seen by others only so long after the time it bears
const NEVER = new Set(["password", "file", "submit", "button", "reset", "image"]);
const ROWS = "-TOTAL_FORMS";

const user = document.body.dataset.user;

// What this browser holds. A full or forbidden store must never stop anybody typing.

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(`${STORE}${user}:${key}`));
  } catch {
    return null;
  }
}

function store(key, draft) {
  try {
    localStorage.setItem(`${STORE}${user}:${key}`, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

function forget(key) {
  try {
    localStorage.removeItem(`${STORE}${user}:${key}`);
  } catch { /* nothing was kept */ }
}

// On a shared computer, whoever signs in must not find the last worker's words.
function forgetOthers() {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(STORE) && !name.startsWith(`${STORE}${user}:`)) localStorage.removeItem(name);
    }
  } catch { /* nothing was kept */ }
}

// What the form holds, and putting it back.

function kept(element) {
  if (!element.name || NEVER.has(element.type) || element.name === "csrfmiddlewaretoken") return false;
  if (element.closest("[data-draft-skip]")) return false;
  return element.type !== "hidden" || element.name.endsWith(ROWS);
}

function read(form) {
  const fields = {};
  for (const element of form.elements) {
    if (!kept(element)) continue;
    const answers = (fields[element.name] ??= []);
    if (element.type === "checkbox" || element.type === "radio") {
      if (element.checked) answers.push(element.value);
    } else if (element.type === "select-multiple") {
      answers.push(...[...element.selectedOptions].map((option) => option.value));
    } else {
      answers.push(element.value);
    }
  }
  return fields;
}

function put(element, answers, place) {
  if (element.type === "checkbox" || element.type === "radio") {
    element.checked = answers.includes(element.value);
  } else if (element.type === "select-multiple") {
    for (const option of element.options) option.selected = answers.includes(option.value);
  } else {
    element.value = answers[place] ?? "";
  }
  element.dispatchEvent(new CustomEvent("hearth:put", { bubbles: true }));
}

function write(form, fields) {
  for (const [name, answers] of Object.entries(fields)) {
    if (name.endsWith(ROWS)) {
      form.dispatchEvent(new CustomEvent("hearth:rows", { detail: { name, total: Number(answers[0]) } }));
    }
  }
  const places = {};
  for (const element of form.elements) {
    if (!kept(element) || element.type === "hidden" || !(element.name in fields)) continue;
    const place = (places[element.name] ??= 0);
    put(element, fields[element.name], place);
    places[element.name] += 1;
  }
}

const text = (answers) => JSON.stringify((answers ?? []).map((a) => a.replace(/\r\n?/g, "\n")));
const differing = (mine, theirs) =>
  [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].filter((name) => {
    const empty = (answers) => !(answers ?? []).some((answer) => answer !== "");
    if (empty(mine[name]) && empty(theirs[name])) return false;
    return text(mine[name]) !== text(theirs[name]);
  });

// Words

export function clock(when) {
  const moment = new Date(when);
  const minutes = String(moment.getMinutes()).padStart(2, "0");
  return `${moment.getHours() % 12 || 12}:${minutes}${moment.getHours() < 12 ? "am" : "pm"}`;
}

function ago(when) {
  const minutes = Math.round((Date.now() - new Date(when)) / 60000);
  const many = (n, thing) => `${n} ${thing}${n === 1 ? "" : "s"} ago`;
  if (minutes < 1) return "less than a minute ago";
  if (minutes < 60) return many(minutes, "minute");
  if (minutes < 60 * 24) return many(Math.floor(minutes / 60), "hour");
  return many(Math.floor(minutes / 60 / 24), "day");
}

// One form's draft.

class Draft {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.draftKey;
    this.url = form.dataset.draftUrl;
    this.about = JSON.parse(form.dataset.draftAbout || "[]");
    this.version = Number(form.dataset.draftVersion || 0);
    this.status = form.querySelector("[data-draft-status]");
    this.dirty = this.sending = this.stopped = this.clashing = this.signedOut = false;
  }

  start() {
    this.restore();
    const typed = () => this.typed();
    this.form.addEventListener("input", typed);
    this.form.addEventListener("change", typed);
    this.form.addEventListener("submit", (event) => this.submitted(event));
    // kept.js sends the form itself, when there is signal.
    this.form.addEventListener("hearth:stop", () => { this.typed(); this.stopped = true; clearTimeout(this.timer); });
    addEventListener("online", () => this.send());
    addEventListener("focus", () => this.signedOut && this.send());
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.flush();
      else if (this.dirty) this.send();
    });
    // Back from the next page: the form is being written again.
    addEventListener("pageshow", (event) => { if (event.persisted) this.stopped = false; });
  }

  say(words, state) {
    if (!this.status || this.status.textContent === words) return;
    this.status.textContent = words;
    this.status.dataset.state = state;
  }

  // Bringing back

  restore() {
    const page = document.getElementById(`draft-${this.key}`);
    const server = page ? JSON.parse(page.textContent) : null;
    const local = stored(this.key);
    const now = read(this.form);
    if (server) this.version = server.version;
    if ("draftUnseen" in this.form.dataset && server) return this.clash(server);
    if ("draftPosted" in this.form.dataset) return this.keep(now);
    const unsent = local && !local.sent;
    // Saved while this page was being made: the page came without it, and the server has it.
    const later = local && !unsent && new Date(local.at) > new Date(this.form.dataset.draftAsked) - COMMITTING;
    // What the server had and has no more was sent or thrown away elsewhere.
    if (local && !unsent && local.version && !server && !later) return forget(this.key);
    if (unsent && server && server.version !== local.version && differing(local.fields, server.fields).length) {
      write(this.form, local.fields);
      return this.clash(server);
    }
    const newest = local && (!server || unsent || new Date(local.at) > new Date(server.at)) ? local : server;
    if (newest === local && later) this.version = local.version;
    if (!newest || !differing(now, newest.fields).length) return undefined;
    write(this.form, newest.fields);
    this.note(newest);
    if (newest === local && unsent) this.keep(local.fields);
    return undefined;
  }

  note(draft) {
    const note = Object.assign(document.createElement("div"), { className: "hearth-draft-note" });
    note.setAttribute("role", "status");
    const by = draft.by ? ` by ${draft.by}` : "";
    const words = Object.assign(document.createElement("p"), { className: "govuk-body" });
    words.textContent = `This form has a draft in it, written ${ago(draft.at)}${by}.`;
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "govuk-button govuk-button--secondary", textContent: "Discard the draft",
    });
    note.append(words);
    button.addEventListener("click", () => this.discard());
    note.append(button);
    this.form.before(note);
  }

  async discard() {
    this.stopped = true;
    forget(this.key);
    try {
      await this.post({ key: this.key, version: this.version, discard: true, about: this.about });
    } catch { /* the page will show what the server still holds */ }
    location.assign(location.href.split("#")[0]);
  }

  // Keeping

  typed() {
    this.keep(read(this.form));
  }

  keep(fields) {
    const safe = store(this.key, {
      fields, version: this.version, at: new Date().toISOString(), sent: false,
    });
    if (!safe) this.say("This browser cannot keep drafts: send the form before you leave it", "kept");
    this.dirty = true;
    this.since ??= Date.now();
    const wait = Math.max(0, Math.min(QUIET, this.since + LONGEST - Date.now()));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  body() {
    return { key: this.key, version: this.version, fields: read(this.form), about: this.about };
  }

  post(body, options = {}) {
    const token = this.form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    return fetch(this.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify(body),
      credentials: "same-origin",
      ...options,
    });
  }

  async send() {
    if (!this.url || !this.dirty || this.sending || this.stopped || this.clashing) return;
    clearTimeout(this.timer);
    this.sending = true;
    this.dirty = false;
    this.since = undefined;
    const body = this.body();
    try {
      if (this.signedOut) await this.freshToken();
      await this.answered(await this.post(body), body);
    } catch {
      this.later("Saved on this device only: no connection");
    }
    this.sending = false;
    if (this.dirty && !this.retry) this.keep(read(this.form));
  }

  async answered(answer, sent) {
    const json = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : null;
    if (answer.ok && json) return this.saved(json, sent);
    if (answer.status === 409 && json?.fields) return this.clash(json);
    if (answer.status === 410) return this.ended();
    if (answer.status === 401 || answer.status === 403 || answer.ok) {
      this.signedOut = true;
      return this.later("You are signed out: what you typed is kept. Sign in in another tab, then it saves", "signed-out");
    }
    // Refused for what it is: sending the same again will not help.
    if (answer.status < 500) return this.say("Saved on this device only: Hearth cannot keep this draft", "kept");
    return this.later("Saved on this device only: Hearth did not answer");
  }

  // It was sent from another window. What is typed here since is in nothing: it must not go unseen.
  ended() {
    this.stopped = true;
    this.say("Not saved: this form was sent or discarded in another window", "kept");
    if (document.getElementById("hearth-ended")) return;
    const note = Object.assign(document.createElement("div"), { id: "hearth-ended", className: "hearth-draft-note" });
    note.setAttribute("role", "alert");
    const words = Object.assign(document.createElement("p"), {
      className: "govuk-body",
      textContent: "This form was sent or discarded in another window. What you have typed here since then is not in it. It stays on this page: copy what is missing before you leave. ",
    });
    const link = Object.assign(document.createElement("a"), {
      className: "govuk-link", href: location.href.split("#")[0], target: "_blank", rel: "noopener",
      textContent: "See how it stands now, in a new tab",
    });
    words.append(link);
    note.append(words);
    this.form.before(note);
    note.scrollIntoView({ block: "nearest" });
  }

  saved(json, sent) {
    this.signedOut = false;
    this.version = json.version;
    const at = json.at ?? new Date().toISOString();
    store(this.key, { fields: this.dirty ? read(this.form) : sent.fields, version: this.version, at, sent: !this.dirty });
    this.say(`Draft saved ${clock(at)}`, "saved");
  }

  later(words, state = "kept") {
    this.dirty = true;
    this.say(words, state);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => { this.retry = undefined; this.send(); }, RETRY);
  }

  // Signing in again changes the token, so the one this page came with would be refused: both for
  // the draft and for the form itself.
  async freshToken() {
    const page = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    if (fresh.body.dataset.user !== user) return;
    const token = fresh.querySelector("main [name=csrfmiddlewaretoken]")?.value;
    const own = this.form.querySelector("[name=csrfmiddlewaretoken]");
    if (token && own) own.value = token;
  }

  // The page may be gone before an answer comes: this request outlives it (up to 64 kB; beyond
  // that, what is kept on this device is sent when the page is next opened).
  flush() {
    if (!this.url || !this.dirty || this.stopped || this.clashing) return;
    const body = this.body();
    this.post(body, { keepalive: true })
      .then((answer) => this.answered(answer, body))
      .catch(() => {});
    this.dirty = false;
    clearTimeout(this.timer);
  }

  submitted(event) {
    if (this.clashing) {
      event.preventDefault();
      event.stopImmediatePropagation();
      document.getElementById("hearth-clash").focus();
      return;
    }
    const version = this.form.querySelector("[name=draft_version]");
    if (version) version.value = this.version;
    store(this.key, { fields: read(this.form), version: this.version, at: new Date().toISOString(), sent: !this.dirty });
    // Where the last save had no answer, the form itself would be swapped for an error page.
    if ((this.retry || !navigator.onLine) && !this.checked) return this.check(event);
    this.checked = false;
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.retry);
    this.retry = undefined;
    // It may never leave this page: a stopped answer, or one that is no page.
    setTimeout(() => { this.stopped = false; }, LONGEST_ANSWER);
    return undefined;
  }

  // Whether there is a connection, before the form is sent and the page is gone.
  async check(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    try {
      await fetch("/health/", { cache: "no-store", signal: AbortSignal.timeout(QUICK) });
      this.checked = true;
    } catch {
      return this.later("Not sent: there is no connection. All you typed is kept on this device. Press the button again when there is one");
    }
    return this.form.requestSubmit(submitter);
  }

  // Two versions: both shown, a choice for each question

  clash(theirs) {
    const mine = read(this.form);
    const names = differing(mine, theirs.fields).filter((name) => !name.endsWith(ROWS));
    if (!names.length) {
      this.version = theirs.version;
      return;
    }
    this.clashing = true;
    this.say(`Changed ${theirs.by ? `by ${theirs.by}` : "in another window"} too: choose which words to keep`, "kept");
    const settle = (taken) => this.settle(taken, theirs.version);
    // clash.js shows both and asks.
    this.form.dispatchEvent(new CustomEvent("hearth:clash", { detail: { names, mine, theirs, settle } }));
  }

  settle(taken, version) {
    write(this.form, taken);
    this.version = version;
    this.clashing = false;
    this.typed();
    this.form.querySelector("button[type=submit]")?.focus();
  }
}

if (user) forgetOthers();
for (const meta of document.querySelectorAll('meta[name="draft-done"]')) forget(meta.content);
for (const form of document.querySelectorAll("form[data-draft-key]")) new Draft(form).start();
