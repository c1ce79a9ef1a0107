// Styles without a <style> or <link>, which a strict Content-Security-Policy of the page would block.

const REM = /(?<![\w.#-])(\d*\.?\d+)rem\b/g;
const MATERIAL = 1.25; // its root's size of text, in that of the reader; another site's may be any

/**
 * @param {Document | ShadowRoot} root
 * @param {string} css its sizes count in Material's rem
 * @param {number} size of text, in px
 */
export function adopt(root, css, size) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css.replace(REM, (_, number) => `${number * MATERIAL * size}px`));
  root.adoptedStyleSheets.push(sheet);
}
