// Rows that can be added: a group of questions asked as many times as there are answers.
//
//   <div data-add-another="visits">
//     <input type="hidden" name="visits-TOTAL_FORMS" value="1">
//     <div data-rows> <div data-row>...</div> </div>
//     <template> <div data-row>... __prefix__ ...</div> </template>
//     <button type="button" data-add>Add another visit</button>
//   </div>
//
// The server sends some empty rows, so the page works without this. A draft asks for rows with a
// `hearth:rows` event on the form.

function addRow(group) {
  const total = group.querySelector("input[name$='-TOTAL_FORMS']");
  const row = group.querySelector("template").content.cloneNode(true).firstElementChild;
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of [...element.attributes]) {
      if (attribute.value.includes("__prefix__")) {
        element.setAttribute(attribute.name, attribute.value.replaceAll("__prefix__", total.value));
      }
    }
  }
  group.querySelector("[data-rows]").append(row);
  total.value = Number(total.value) + 1;
  row.dispatchEvent(new CustomEvent("hearth:added", { bubbles: true }));
  return row;
}

for (const group of document.querySelectorAll("[data-add-another]")) {
  const button = group.querySelector("[data-add]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const row = addRow(group);
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    group.dispatchEvent(new Event("change", { bubbles: true }));
  });
  group.closest("form").addEventListener("hearth:rows", ({ detail }) => {
    const total = group.querySelector("input[name$='-TOTAL_FORMS']");
    // A draft from elsewhere must not be able to fill the page without end.
    while (total.name === detail.name && Number(total.value) < Math.min(detail.total, 100)) addRow(group);
  });
}
