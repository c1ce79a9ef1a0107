"""Tabs of any generator to one shape: each panel under its label, the one that a reader sees first before the others.

Labels and panels stand apart in built pages, and panels that are not shown are hidden; both are text of the page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import html

from index.reading.elements import LABEL, classes, collapsed

_SETS = ("tabbed-set", "sd-tab-set", "vp-code-group")  # labels of radio buttons: Material, Zensical, Sphinx, VitePress
_LABEL_ROWS = ("tabbed-labels", "tabs")  # what holds nothing but labels
_PANEL_ROWS = ("tabbed-content", "blocks")


@dataclass(frozen=True, slots=True)
class _Tab:
    label: str
    selected: bool


@dataclass(slots=True)
class _Set:
    """A list of tabs, and those of its panels that were met."""

    tablist: html.HtmlElement
    tabs: list[html.HtmlElement]
    panels: list[html.HtmlElement] = field(default_factory=list)

    def is_whole(self) -> bool:
        return len(self.panels) == len(self.tabs)


def open_tabs(content: html.HtmlElement) -> None:
    """Rewrite every set of tabs below `content`."""
    for tabs in [element for element in content.iter("div") if not _classes(element).isdisjoint(_SETS)]:
        _of_radio_buttons(tabs)
    for group in list(_of_roles(content, [])):
        _join([_Tab(_text(tab), tab.get("aria-selected") == "true") for tab in group.tabs], group.panels)
        group.tablist.drop_tree()


def _of_radio_buttons(tabs: html.HtmlElement) -> None:
    """`input`, `label` and panel in turns, or all inputs, all labels, all panels."""
    parts = list(_parts(tabs))
    checked = [part.get("checked") is not None for part in parts if part.tag == "input"]
    labels = [part for part in parts if part.tag == "label"]
    panels = [part for part in parts if part.tag not in ("input", "label")]
    if len(labels) == len(panels) == len(checked):
        given = zip(labels, checked, strict=True)
        _join([_Tab(_text(label), selected) for label, selected in given], panels)
        for part in parts:
            if part.tag in ("input", "label"):
                part.drop_tree()


def _parts(tabs: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for child in tabs:
        rows = _classes(child)
        # In the older markup of Material's tabs each panel is a `tabbed-content` of its own.
        one_panel = "tabbed-content" in rows and not any("tabbed-block" in _classes(panel) for panel in child)
        if not rows.isdisjoint((*_LABEL_ROWS, *_PANEL_ROWS)) and not one_panel:
            yield from (part for part in child if isinstance(part.tag, str))
        elif isinstance(child.tag, str):
            yield child


def _of_roles(element: html.HtmlElement, opened: list[_Set]) -> Iterator[_Set]:
    """Tabs and panels by their roles: Docusaurus, Starlight, Docsy, sphinx-tabs. A panel's own tabs are other tabs."""
    for child in element:
        role = child.get("role")
        if role == "tablist":
            opened.append(_Set(child, [element for element in child.iter() if element.get("role") == "tab"]))
            if opened[-1].is_whole():
                opened.pop()
        elif role == "tabpanel":
            if opened:
                opened[-1].panels.append(child)
                if opened[-1].is_whole():
                    yield opened.pop()
            yield from _of_roles(child, [])
        else:
            yield from _of_roles(child, opened)


def _join(tabs: Sequence[_Tab], panels: Sequence[html.HtmlElement]) -> None:
    """A label becomes the first line of its panel, the panel of the selected tab the first one."""
    for tab, panel in zip(tabs, panels, strict=True):
        panel.attrib.pop("hidden", None)
        label = html.Element("p", {"class": LABEL})
        label.text, label.tail = tab.label, panel.text
        panel.text = None
        if panel.tag == "pre":
            panel.addprevious(label)
        else:
            panel.insert(0, label)
    first = next(
        (panel for tab, panel in zip(tabs, panels, strict=True) if tab.selected), panels[0] if panels else None
    )
    if first is not None and first is not panels[0]:
        panels[0].addprevious(first)


def _text(label: html.HtmlElement) -> str:
    return collapsed(label.text_content())


def _classes(element: html.HtmlElement) -> set[str]:
    return set(classes(element)) if isinstance(element.tag, str) else set[str]()
