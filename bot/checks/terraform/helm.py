"""The version that a helm_release of ALB Controller installs: its chart's, unless the release's values name another."""

from collections.abc import Callable, Iterator

from bot.checks.errors import InputError
from bot.checks.inventory.chart_values import counts_replicas, flat, names_image, stops
from bot.checks.inventory.registries import strange_chart
from bot.checks.spelling import AFTER_APPLY
from bot.checks.terraform.block import Block
from bot.checks.text.yaml_text import parse_yaml

_SETS = ("set", "set_string", "set_list", "set_sensitive", "set_wo")


def release_versions(release: Block) -> list[str | None]:
    """The chart's version and each image tag set beside it. One that differs from the chart's leaves the chart's open.

    Whether a tag is that of the controller's own container only the chart knows: a tag that is too old is told, and
    one that is new enough makes no pass of a chart that says something else.
    """
    chart = release.text("version")
    if stranger := strange_chart(release.text("repository") or release.text("chart") or ""):
        return [f"{chart or '?'} (repository: {stranger})"]
    named = {f"{name}={value}": value for name, value in _overrides(release, names_image) if value != chart}
    if not named:
        return [chart]
    return [*(value for value in named.values() if value), f"{chart or '?'} ({', '.join(named)})"]


def idle_by(release: Block) -> str:
    """The state in which nothing need run, or the value that lets nothing run, if the release has one."""
    state = release.text("status")
    if state not in (None, "", "deployed", AFTER_APPLY):
        return f"status: {state}"
    counts = (f"{name}={value}" for name, value in _overrides(release, counts_replicas) if stops(name, value))
    return next(counts, "")


def _overrides(release: Block, names: Callable[[str], bool]) -> Iterator[tuple[str, str | None]]:
    """Values that decide about what is asked for. What is only known after apply may do so."""
    for kind in (kind for kind in _SETS if kind in release.values or release.unknown.get(kind)):
        for setting in release.blocks(kind):
            name = setting.text("name")
            if name is None or name == AFTER_APPLY or names(name):
                yield name or "?", setting.text("value")
    for text in release.strings("values") if "values" in release.values or release.unknown.get("values") else []:
        if text == AFTER_APPLY:
            yield "values", text
            continue
        try:
            documents = parse_yaml(text)
        except InputError:
            yield "values", "?"
            continue
        for document in documents:
            yield from ((name, value) for name, value in flat(document) if names(name))
