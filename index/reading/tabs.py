"""Tabs of any generator to one shape: each panel under its label, the one that a reader sees first before the others.

Labels and panels stand apart in built pages, and panels that are not shown are hidden; both are text of the page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import html

from index.reading.elements import LABEL, classes, collapsed

_SETS = ("tabbed-set", "sd-tab-set", "vp-code-group")  # labels of radio buttons: Material, Zensical, Sphinx, VitePress
_LABEL_ROWS = ("tabbed-labels", "tabs")  # what holds nothing but labels
_PANEL_ROWS = ("tabbed-content", "blocks")


@dataclass(frozen=True, slots=True)
class _Tab:
    label: str
    selected: bool


def open_tabs(content: html.HtmlElement) -> None:
    """Rewrite every set of tabs below `content`."""
    for tabs in [one for one in content.iter("div") if not _classes(one).isdisjoint(_SETS)]:
        _of_radio_buttons(tabs)
    for tabs in [one for one in content.iter() if one.get("role") == "tablist"]:
        _of_roles(tabs, content)


def _of_radio_buttons(tabs: html.HtmlElement) -> None:
    """`input`, `label` and panel in turns, or all inputs, all labels, all panels."""
    parts = list(_parts(tabs))
    checked = [one.get("checked") is not None for one in parts if one.tag == "input"]
    labels = [one for one in parts if one.tag == "label"]
    panels = [one for one in parts if one.tag not in ("input", "label")]
    if len(labels) == len(panels) == len(checked):
        given = zip(labels, checked, strict=True)
        _join([_Tab(_text(label), selected) for label, selected in given], panels)
        for one in parts:
            if one.tag in ("input", "label"):
                one.drop_tree()


def _parts(tabs: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for child in tabs:
        rows = _classes(child)
        # In the older markup of Material's tabs each panel is a `tabbed-content` of its own.
        one_panel = "tabbed-content" in rows and not any("tabbed-block" in _classes(panel) for panel in child)
        if not rows.isdisjoint((*_LABEL_ROWS, *_PANEL_ROWS)) and not one_panel:
            yield from (part for part in child if isinstance(part.tag, str))
        elif isinstance(child.tag, str):
            yield child


def _of_roles(tablist: html.HtmlElement, content: html.HtmlElement) -> None:
    """Tabs and panels by their roles: Docusaurus, Starlight, Docsy, sphinx-tabs."""
    tabs = [one for one in tablist.iter() if one.get("role") == "tab"]
    if panels := _panels(tablist, len(tabs), content):
        _join([_Tab(_text(tab), tab.get("aria-selected") == "true") for tab in tabs], panels)
        tablist.drop_tree()


def _panels(tablist: html.HtmlElement, count: int, content: html.HtmlElement) -> Sequence[html.HtmlElement]:
    """As many panels as there are tabs, in the nearest element around both; those in a panel belong to other tabs."""
    around = tablist.getparent()
    for _ in range(3):
        if around is None:
            break
        found = list(_outermost(around, tablist))
        if len(found) == count:
            return found
        if found or around is content:
            break
        around = around.getparent()
    return ()


def _outermost(element: html.HtmlElement, but: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for child in element:
        if child.get("role") == "tabpanel":
            yield child
        elif child is not but:
            yield from _outermost(child, but)


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
