// Gives the pages that a worker asked to have kept on this telephone, where there is no signal.
//
// kept.js puts them in the store and says until when; this only gives them, and forgets them: when
// their time is over, and when somebody signs out. With signal, every page is the server's own.

const PAGES = "hearth-kept";
const LOOKS = "hearth-looks";
const NOTE = "/hearth-kept-note";
const PATIENCE = 8000; // a bar of signal that comes and goes is none

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && /logout|sign-out/.test(url.pathname)) {
    event.waitUntil(caches.delete(PAGES));
  } else if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(page(request, url));
  } else if (request.method === "GET" && url.pathname.startsWith("/static/")) {
    event.respondWith(looks(request));
  }
});

async function page(request, url) {
  const kept = await copy(url);
  try {
    const late = new Promise((_, tooLate) => { if (kept) setTimeout(tooLate, PATIENCE); });
    return await Promise.race([fetch(request), late]);
  } catch {
    return kept ?? notice();
  }
}

async function looks(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { cacheName: LOOKS, ignoreSearch: true })) ?? Response.error();
  }
}

// What is kept of a page, marked so that it knows itself for a copy; nothing once its time is over.
async function copy(url) {
  const store = await caches.open(PAGES);
  const note = await store.match(NOTE);
  if (!note) return null;
  const { at, until } = await note.json();
  if (Date.now() >= Date.parse(until)) {
    await caches.delete(PAGES);
    return null;
  }
  const found = await store.match(url.pathname);
  if (!found) return null;
  const html = (await found.text()).replace("<html ", `<html data-kept="${at}" `);
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  for (const name of ["Content-Security-Policy", "Referrer-Policy"]) {
    if (found.headers.get(name)) headers[name] = found.headers.get(name);
  }
  return new Response(html, { headers });
}

async function notice() {
  const looks = await (await caches.open(LOOKS)).keys();
  const styles = looks.map((one) => new URL(one.url).pathname).filter((path) => path.endsWith(".css"));
  const links = styles.map((path) => `<link rel="stylesheet" href="${path}">`).join("");
  const some = await (await caches.open(PAGES)).match(NOTE);
  const way = some
    ? '<p class="govuk-body"><a class="govuk-link" href="/day/">Open today’s visits, kept on this phone</a></p>'
    : '<p class="govuk-body">No visits are kept on this phone, or their time is over.</p>';
  const html = `<!DOCTYPE html><html lang="en-GB" class="govuk-template"><head><meta charset="utf-8">
<title>No signal – Hearth</title><meta name="viewport" content="width=device-width, initial-scale=1">${links}</head>
<body class="govuk-template__body"><div class="govuk-width-container"><main class="govuk-main-wrapper">
<h1 class="govuk-heading-l">There is no signal</h1><p class="govuk-body">Hearth cannot be reached from here.</p>${way}
</main></div></body></html>`;
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
