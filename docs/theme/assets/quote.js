// From a citation to its words on the page: links that name the words, and marks on the page that such a link opened.

import { article, onPage, textNodes } from "./page-text.js";

const KEPT = "kb-quote";
// In widths: a kana or Han character is two wide.
const TELLING = 24; // words that are hardly found twice on a page
const SHORT = 300; // a block that a URL can hold as a whole

// The part of a URL, after its #id, that makes a browser find and mark a quote: ":~:text=…". The browser matches within
// one block and takes the first place on the page, so it gets a short block whole, else the sentences at both its ends.
export function fragment(quote) {
  const blocks = quote.split(/[\n\t]+/).map((block) => block.trim()).filter(Boolean);
  const longest = Math.max(...blocks.map(width));
  const first = blocks.find((block) => width(block) >= Math.min(TELLING, longest)) ?? "";
  const ends = [sentences(first), sentences(first, true)];
  const apart = width(first) > SHORT && ends.join("").length < first.length;
  const encoded = (apart ? ends : [first]).map((part) => encodeURIComponent(part).replace(/-/g, "%2D"));
  return first && `:~:text=${encoded.join()}`;
}

const width = (text) => text.length + (text.match(/[\u3041-\u30ff\u3400-\u9fff]/g)?.length ?? 0);

// The first (or last) sentences of a block, as many as it takes to tell.
function sentences(block, fromEnd = false) {
  const all = [...new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(block)].map(({ segment }) => segment);
  if (fromEnd) all.reverse();
  let text = "";
  for (const sentence of all) {
    text = fromEnd ? sentence + text : text + sentence;
    if (width(text) >= TELLING) break;
  }
  return text.trim();
}

// Called when the reader follows a citation: the words travel beside the URL, because a text fragment is lost when
// a page is not loaded anew and says nothing to browsers without them.
export function remember(url, quote) {
  const { pathname, hash } = new URL(url, location.href);
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ pathname, id: id(hash), quote }));
  } catch {
    // No storage, no marks: the link itself still works.
  }
}

// Marks the remembered words if this is their page and section, shows them, and forgets them.
export function arrive() {
  const kept = recall();
  if (!kept || !mark(kept)) return; // instant navigation changes the URL first and the page later
  sessionStorage.removeItem(KEPT);
  marked = kept;
}

let marked = null;

// Instant navigation may bring the same page once more when only the section changes; marks are lost with the old one.
function bind() {
  if (marked && !mark(marked)) marked = null;
  arrive();
}

function mark({ pathname, id: section, quote }) {
  if (pathname !== location.pathname || section !== id(location.hash)) return false;
  const heading = document.getElementById(section);
  const ranges = find(quote, article() ?? document.body, heading);
  if (!ranges.length) return false;
  if (globalThis.Highlight) CSS.highlights.set("kb-quote", new Highlight(...ranges));
  show(ranges[0], heading);
  return true;
}

function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT));
  } catch {
    return null;
  }
}

const id = (hash) => decodeURIComponent(hash.slice(1).split(":~:")[0]);

// The first place after the heading that has these words; white space does not count. One range per text node, so that
// nothing between them that is not text (a permalink, a button) is marked.
export function find(quote, root, heading) {
  const wanted = quote.replace(/\s/g, "");
  const after = (node) => !heading || heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
  const places = [];
  let text = "";
  for (const node of textNodes(root).filter((node) => after(node) && !heading?.contains(node)))
    for (let at = 0; at < node.length; at++)
      if (/\S/.test(node.data[at])) {
        text += node.data[at];
        places.push([node, at]);
      }
  const from = wanted ? text.indexOf(wanted) : -1;
  const ranges = [];
  for (const [node, at] of from < 0 ? [] : places.slice(from, from + wanted.length)) {
    if (ranges.at(-1)?.endContainer !== node) {
      ranges.push(new Range());
      ranges.at(-1).setStart(node, at);
    }
    ranges.at(-1).setEnd(node, at + 1);
  }
  return ranges;
}

// The heading tells where one is; only if the words are too far below it, they come to the middle instead.
function show(range, heading) {
  const block = range.startContainer.parentElement;
  block.closest("details")?.setAttribute("open", "");
  const far = heading && range.getBoundingClientRect().bottom - heading.getBoundingClientRect().top > innerHeight * 0.8;
  requestAnimationFrame(() => (far || !heading ? block.scrollIntoView({ block: "center" }) : heading.scrollIntoView()));
}

// A text fragment is for other tabs and other people. A link followed here must not have one: instant navigation would
// leave an entry too many in the history, and the first such words of the page would be shown instead of the section's.
// Within the page the browser follows it, and a link to where one is only scrolls: instant navigation would restore an
// older place.
function plain(event) {
  const link = event.target.closest?.("a[href*=':~:']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
  const { href } = link;
  link.href = href.split(":~:")[0];
  if (link.pathname === location.pathname) link.target = "_self"; // instant navigation leaves such links alone
  if (link.href === location.href) {
    event.preventDefault();
    document.getElementById(id(link.hash))?.scrollIntoView();
  }
  setTimeout(() => {
    link.href = href;
    link.removeAttribute("target");
  });
}

onPage(bind);
addEventListener("click", plain, true);
addEventListener("hashchange", arrive);
addEventListener("click", () => setTimeout(arrive)); // a link to where one already is changes nothing in the URL
