// Two versions of one form: both shown side by side, with a choice for each question.
//
// drafts.js sends the form a `hearth:clash` event with the names that differ, my fields, their
// draft ({fields, by, at, version}), and `settle`, to be called with the fields taken from theirs.

function make(tag, className, words) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (words !== undefined) element.textContent = words;
  return element;
}

// The question a field answers, as the page asks it. Boxes of one date are one question.
function questionOf(form, name) {
  const element = [...form.elements].find((e) => e.name === name);
  const group = element?.closest("fieldset") ?? element?.closest(".govuk-form-group");
  const words = group?.querySelector("legend, label")?.textContent.trim() ?? name;
  const part = element?.closest(".hearth-part")?.querySelector(".hearth-part__name");
  return { id: group ?? name, words: part ? `${part.textContent.trim()}: ${words}` : words };
}

function inWords(form, name, answers) {
  const elements = [...form.elements].filter((e) => e.name === name);
  return (answers ?? []).map((answer) => {
    const element = elements.find((e) => e.type !== "radio" && e.type !== "checkbox" || e.value === answer);
    if (element?.type === "radio" || element?.type === "checkbox") {
      return element.labels[0]?.textContent.trim() ?? answer;
    }
    const option = [...(element?.options ?? [])].find((o) => o.value === answer);
    return option?.textContent.trim() ?? answer;
  }).join(", ");
}

function questionsOf(form, { names, mine, theirs }) {
  const questions = new Map();
  for (const name of names) {
    const { id, words } = questionOf(form, name);
    if (!questions.has(id)) questions.set(id, { words, names: [], mine: [], theirs: [] });
    const question = questions.get(id);
    question.names.push(name);
    question.mine.push(inWords(form, name, mine[name]));
    question.theirs.push(inWords(form, name, theirs.fields[name]));
  }
  return [...questions.values()];
}

function side(place, value, words, shown) {
  const item = make("div");
  const radio = make("div", "govuk-radios__item");
  const input = make("input", "govuk-radios__input");
  Object.assign(input, { type: "radio", name: `hearth-clash-${place}`, value, id: `hearth-clash-${place}-${value}` });
  const label = make("label", "govuk-label govuk-radios__label", words);
  label.htmlFor = input.id;
  radio.append(input, label);
  item.append(radio, make("div", "hearth-clash__text", shown.filter(Boolean).join(" ") || "(nothing)"));
  return item;
}

function choice(question, place, by) {
  const group = make("fieldset", "govuk-fieldset hearth-clash__field");
  group.append(make("legend", "govuk-fieldset__legend govuk-fieldset__legend--s", question.words));
  const sides = make("div", "hearth-clash__texts govuk-radios govuk-radios--small");
  sides.append(
    side(place, "mine", "Keep mine", question.mine),
    side(place, "theirs", by ? `Take what ${by} wrote` : "Take theirs", question.theirs),
  );
  group.append(sides);
  return group;
}

function settled(panel, questions, theirs) {
  const chosen = questions.map((_, place) => panel.querySelector(`[name=hearth-clash-${place}]:checked`)?.value);
  const open = chosen.indexOf(undefined);
  if (open >= 0) {
    panel.querySelector(`#hearth-clash-${open}-mine`).focus();
    return null;
  }
  const taken = {};
  questions.forEach((question, place) => {
    if (chosen[place] === "theirs") for (const name of question.names) taken[name] = theirs.fields[name] ?? [];
  });
  return taken;
}

function ask(form, detail) {
  const { theirs, settle } = detail;
  document.getElementById("hearth-clash")?.remove();
  const panel = make("section", "hearth-clash");
  panel.id = "hearth-clash";
  panel.tabIndex = -1;
  panel.setAttribute("aria-labelledby", "hearth-clash-title");
  const who = theirs.by || "In another window you have";
  const title = make("h2", "govuk-heading-m", `${who} changed this too`);
  title.id = "hearth-clash-title";
  panel.append(title, make("p", "govuk-body", "Nothing is lost. Choose which words to keep for each question."));
  const questions = questionsOf(form, detail);
  questions.forEach((question, place) => panel.append(choice(question, place, theirs.by)));
  const button = make("button", "govuk-button", "Use these");
  button.type = "button";
  button.addEventListener("click", () => {
    const taken = settled(panel, questions, theirs);
    if (!taken) return;
    panel.remove();
    settle(taken);
  });
  panel.append(button);
  form.before(panel);
  panel.focus();
}

for (const form of document.querySelectorAll("form[data-draft-key]")) {
  form.addEventListener("hearth:clash", ({ detail }) => ask(form, detail));
}
