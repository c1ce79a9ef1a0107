// In the reader's language: that the page is there in it. It lies over the page's lower edge, so nothing moves.

import { asset, lang } from "../scripts/ask-api.js";
import { element, iconButton } from "../scripts/element.js";
import { chosen } from "../scripts/language-choice.js";
import { styled } from "../scripts/style-sheet.js";

/**
 * To who prefers another language of the site.
 * @param {() => void} bind gives the link its address
 */
export async function offer(bind) {
  const twins = [...document.querySelectorAll("head link[hreflang]")].map((link) => link.getAttribute("hreflang"));
  const preferred = navigator.languages.map((tag) => tag.split("-")[0]).find((language) => twins.includes(language));
  if (!preferred || preferred === lang) return;
  const [response] = await Promise.all([fetch(asset(`words/${preferred}.json`)), styled("language-hint.css")]);
  /** @type {import("../scripts/types.d.ts").Words} */
  const words = await response.json();
  const ariaLabel = Object.entries(words.languages).find(([language]) => language === preferred)?.[1];
  const link = element("a", { hreflang: preferred, textContent: words.page.in_this_language });
  const close = iconButton("close", words.close, () => {
    chosen(lang);
    hint.remove();
  });
  const hint = element("aside", { className: "kb-hint", lang: preferred, ariaLabel }, link, close);
  document.querySelector(".md-header")?.after(hint); // early for the keyboard
  bind();
}
