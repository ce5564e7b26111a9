// Starts the components on a page. The modules' addresses come from the page itself, because a
// served file's name carries a fingerprint that a script cannot know.
const addressOf = (id) => document.getElementById(id).href;

const [govuk, moj] = await Promise.all([
  import(addressOf("govuk-module")),
  import(addressOf("moj-module")),
]);
govuk.initAll();
moj.initAll();
