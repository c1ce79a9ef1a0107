"""What can be said of a page's layout without a picture of it: each is a script that returns what breaks the rule."""

# Elements that reach beyond the right edge, other than inside something that scrolls or clips by itself.
STICKS_OUT = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const box = element.getBoundingClientRect();
  if (!box.width || box.right <= innerWidth + 1 || !element.checkVisibility({visibilityProperty: true})) return false;
  for (let outer = element.parentElement; outer !== document.body; outer = outer.parentElement)
    if (getComputedStyle(outer).overflowX !== "visible") return false;
  return !element.closest("[data-md-component=sidebar], .md-search__inner, .md-select__inner, .md-tooltip");
}).map((element) => element.outerHTML.slice(0, 80))"""

# How much a colour stands out from what is behind an element: WCAG 2.2, relative luminance,
# https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
_CONTRAST = """
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const over = (colors, opacity) => {  // painted from the back to the front, the last one with an opacity
    colors.forEach((color, i) => {
      canvas.globalAlpha = i === colors.length - 1 ? opacity : 1;
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    });
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb) => rgb.map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (element, color, own = 1) => {
    const behind = [];
    let opacity = Number(own);
    for (let outer = element; outer; outer = outer.parentElement) {
      behind.unshift(getComputedStyle(outer).backgroundColor);
      opacity *= getComputedStyle(outer).opacity;
    }
    const back = luminance(over(["#fff", ...behind], 1));
    const front = luminance(over(["#fff", ...behind, color], opacity));
    return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
  };"""

# Texts with less contrast than asked for.
FAINT = f"""(least) => {{{_CONTRAST}
  const faint = [];
  for (const element of document.querySelectorAll("article *, header *, .md-tabs *, nav *, footer *")) {{
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility({{opacityProperty: true, visibilityProperty: true}})) continue;
    const ratio = contrast(element, getComputedStyle(element).color);
    const name = `${{element.tagName}} ${{element.className}} ${{element.textContent.trim().slice(0, 30)}}`;
    if (ratio < least) faint.push(`${{ratio.toFixed(2)}} ${{name}}`);
  }}
  return [...new Set(faint)];
}}"""

# What says in a box what belongs into it, and icons that are painted in the colour of their button.
FAINT_BOXES = f"""(least) => {{{_CONTRAST}
  return [...document.querySelectorAll("input[placeholder], textarea[placeholder]")].flatMap((box) => {{
    const {{color, opacity}} = getComputedStyle(box, "::placeholder");
    const ratio = contrast(box, color, opacity);
    return box.checkVisibility() && ratio < least ? [`${{ratio.toFixed(2)}} ${{box.placeholder}}`] : [];
  }});
}}"""
FAINT_ICONS = f"""(least) => {{{_CONTRAST}
  return [...document.querySelectorAll(".md-code__button, .kb-tool, .md-header__button")].flatMap((button) => {{
    const ratio = contrast(button, getComputedStyle(button).color);
    const faint = button.checkVisibility() && ratio < least;
    return faint ? [`${{ratio.toFixed(2)}} ${{button.outerHTML.slice(0, 60)}}`] : [];
  }});
}}"""

# What shows by no ring that it has the focus, or by a faint one; of what has no size, its label is looked at.
UNRINGED = f"""([where, least]) => {{{_CONTRAST}
  return [...document.querySelectorAll(where)].flatMap((element) => {{
    element.focus();
    if (document.activeElement !== element) return [];
    const sized = element.getBoundingClientRect().width > 0;
    const seen = sized ? element : element.parentElement.querySelector("label:not([hidden])");
    const {{outlineStyle, outlineWidth, outlineColor}} = getComputedStyle(seen);
    const drawn = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && seen.getBoundingClientRect().width >= 20;
    const behind = seen.closest(".kb-corner") ? document.querySelector(".md-header") : seen.parentElement;
    const ratio = drawn ? contrast(behind, outlineColor) : 0;
    return ratio < least ? [`${{ratio.toFixed(2)}} ${{element.outerHTML.slice(0, 80)}}`] : [];
  }});
}}"""

# Texts that something else is painted over, as seen by one who scrolls through the page. From below the header and
# other bars that stay, they come out again.
COVERED = """(stays) => {
  const covered = [];
  const header = document.querySelector(".md-header").getBoundingClientRect().bottom;
  const texts = [];
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const shown = parent.checkVisibility({opacityProperty: true, visibilityProperty: true});
    if (walker.currentNode.data.trim() && shown && !parent.closest(".kb-unseen")) texts.push(walker.currentNode);
  }
  const step = innerHeight - header;
  for (let top = 0; top < document.documentElement.scrollHeight; top += step) {
    scrollTo({top, behavior: "instant"});
    for (const text of texts) {
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const {left, right, top: above, bottom, width} of range.getClientRects()) {
        const y = (above + bottom) / 2;
        if (width < 3 || y <= header || y >= innerHeight - 1) continue;
        for (const x of [left + 1, (left + right) / 2, right - 1]) {
          const there = document.elementFromPoint(x, y);
          const own = text.parentElement;
          if (there?.closest(stays)) continue;
          if (there && !there.contains(own) && !own.contains(there) && !scrolledAway(own, x, y))
            covered.push(`${text.data.trim().slice(0, 30)} < ${there.outerHTML.slice(0, 60)}`);
        }
      }
    }
  }
  scrollTo({top: 0, behavior: "instant"});
  return [...new Set(covered)];

  function scrolledAway(element, x, y) {  // in a box of its own, such as a wide table
    for (let outer = element; outer && outer !== document.body; outer = outer.parentElement) {
      const box = outer.getBoundingClientRect();
      const clips = getComputedStyle(outer).overflow !== "visible";
      if (clips && (x < box.left || x > box.right || y < box.top || y > box.bottom)) return true;
    }
    return false;
  }
}"""

# Texts that do not fit into their own boxes and cannot be scrolled to. What is cut on purpose has a name here.
CUT = """(meant) => [...document.querySelectorAll("article *, .md-header__title *, .md-tabs *, .kb-corner *")]
  .filter((element) => {
    const {overflowX, overflowY, clipPath} = getComputedStyle(element);
    const shown = element.checkVisibility({visibilityProperty: true}) && clipPath === "none";
    if (!shown || !element.textContent.trim() || element.closest(meant)) return false;
    const hides = (overflow) => ["hidden", "clip"].includes(overflow);
    return (hides(overflowX) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1) ||
      (hides(overflowY) && element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 1);
  }).map((element) => `${element.className} ${element.textContent.trim().slice(0, 40)}`)"""

# What is pressed, if it is lower or narrower than WCAG 2.5.8 asks for; links in a sentence may be as they are, but in
# an answer not one that is all of its line.
SMALL = """(least) => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]")]
  .filter((element) => {
    const {width, height} = element.getBoundingClientRect();
    if (!width || !element.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
    const inline = getComputedStyle(element).display === "inline";
    const line = inline && element.closest("p, li, td, dd, blockquote, h1, h2, h3");
    const inText = line && (line.textContent.trim() !== element.textContent.trim() || !element.closest(".kb-answer"));
    return !inText && !element.closest(".kb-unseen") && (width < least || height < least);
  }).map((element) => {
    const {width, height} = element.getBoundingClientRect();
    return `${Math.round(width)}x${Math.round(height)} ${element.outerHTML.slice(0, 80)}`;
  })"""

# What can be scrolled by itself, but by no key. What is folded is looked at once it opens.
UNREACHED = """() => [...document.querySelectorAll("article *")].filter((element) => {
  const {overflowX, overflowY} = getComputedStyle(element);
  const scrolls = (overflow) => ["auto", "scroll"].includes(overflow);
  const wide = scrolls(overflowX) && element.scrollWidth > element.clientWidth + 1;
  const high = scrolls(overflowY) && element.scrollHeight > element.clientHeight + 1;
  return (wide || high) && element.tabIndex < 0 && element.checkVisibility();
}).map((element) => element.outerHTML.slice(0, 80))"""
