// On a phone the list of sections is folded away, so that the page begins with the section itself.
if (matchMedia("(max-width: 40.0525em)").matches) {
  for (const list of document.querySelectorAll(".assess-sections")) list.open = false;
}
