// The entry of what Material's search box lacks; the rest is loaded when the box is used.

/** @type {HTMLInputElement | null} */
const box = document.querySelector(".md-search__input");
const list = document.querySelector(".md-search-result > ol");
if (box && list) {
  box.closest("[role=dialog]")?.setAttribute("aria-label", box.ariaLabel ?? ""); // Material gives the dialog no name
  const start = async () => (await import("./search-box.js")).equip(box, list);
  if (document.activeElement === box) start();
  else box.addEventListener("focus", start, { once: true });
}
