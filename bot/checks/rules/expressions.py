"""A finding that is open because a text stands in place of a value, such as an expression of a template."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.checks.findings import Doubt, Gap, Status, Verdict
from bot.checks.inventory.inventory import Item, key_of
from bot.checks.printable import printable
from bot.checks.spelling import UNTOLD, stands_in

EXPRESSION, DATA_SOURCE = "expression", "data-source"
_MOST = 500  # values of a part that are looked at
_LONGEST = 80


def expressed(verdict: Verdict, origin: Item | None) -> Verdict:
    """The verdict with the expression that it waits for, if one stands where its value should."""
    if verdict.status is not Status.UNKNOWN or verdict.gap is not Gap.DATA or verdict.doubt is not None:
        return verdict
    expression = verdict.observed if stands_in(verdict.observed or "") else next(_texts(_part(verdict, origin)), None)
    if expression is None:
        return verdict
    if origin is not None and origin.replaced and expression == UNTOLD:
        return replace(verdict, doubt=Doubt(DATA_SOURCE, printable(origin.name), verdict.pointer))
    return replace(verdict, doubt=Doubt(EXPRESSION, printable(expression, _LONGEST), verdict.pointer))


def _part(verdict: Verdict, origin: Item | None) -> Any:
    """What the input has where the verdict looked."""
    here = None if origin is None else origin.value
    *steps, last = verdict.pointer.split("/")[2:] or [""]
    for step in steps:
        here = key_of(here, step.lower())
    # The plugin and its mode decide together which network it is.
    names = ("networkplugin", "networkpluginmode") if last == "networkPlugin" else (last.lower(),)
    return [key_of(here, name) for name in names] if last else here


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value that stand for another one."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST:
        here, seen = waiting.pop(0), seen + 1
        if isinstance(here, str) and stands_in(here):
            yield here
        elif isinstance(here, dict):
            waiting += here.values()
        elif isinstance(here, list):
            waiting += here
