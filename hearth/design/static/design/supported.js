// GOV.UK's components start only where the browser can run them. This stands in a file of its own,
// loaded first, so that the content security policy need allow no script inside a page.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
