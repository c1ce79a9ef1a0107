
"use strict";
// The keys of the terminal press the page's buttons: a digit, t and a digit, s, q.
let before = "";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  const key = before + event.key.toLowerCase();
  before = key === "t" ? key : "";
  const button = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
  if (!button) return;
  event.preventDefault();
  button.click();
});
// What was pressed is pressed once.
let sent = false;
document.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
});
addEventListener("pageshow", () => (sent = false)); // also from the browser's memory
