"""The version that a helm_release of ALB Controller installs: its chart's, unless the release's values name another."""

from collections.abc import Callable, Iterator

from bot.checks.errors import InputError
from bot.checks.inventory.chart_values import counts_replicas, flat, keeps_image, names_image, stops
from bot.checks.inventory.registries import strange_chart
from bot.checks.spelling import AFTER_APPLY, stands_in
from bot.checks.terraform.block import Block
from bot.checks.text.yaml_text import parse_yaml
from bot.checks.versions import alb_version

_SETS = ("set", "set_string", "set_list", "set_sensitive", "set_wo")


def release_versions(release: Block, settled: bool = False) -> list[str | None]:
    """The chart's version and each image tag set beside it. One that differs from the chart's leaves the chart's open.

    Whether a tag is that of the controller's own container only the chart knows: a tag that is too old is told, and
    one that is new enough makes no pass of a chart that says something else. `settled`: the plan leaves the release as
    it is, so what Helm says of it (`metadata`) is what runs.
    """
    chart = release.text("version")
    if stranger := strange_chart(release.text("repository") or release.text("chart") or ""):
        return [f"{chart or '?'} (repository: {stranger})"]
    about = release.blocks("metadata")[:1] if settled else []
    overrides = [*_overrides(release, names_image), *(pair for block in about for pair in _installed(block))]
    named = {
        f"{name}={value}" if value is not None else name: value
        for name, value in overrides
        if value is None or (_plain(value) != _plain(chart) and not keeps_image(name, value))
    }
    if not named:
        return [chart]
    versions = [value for value in named.values() if alb_version(value) is not None]
    return [*versions, f"{chart or '?'} ({', '.join(named)})"]


def _installed(about: Block) -> Iterator[tuple[str, str | None]]:
    """What Helm says of a release: its chart, what that runs, and its values."""
    for name in ("version", "app_version"):
        stated = about.text(name)
        if stated and stated != AFTER_APPLY and (name == "version" or stated[:1].isdigit()):
            yield f"metadata.{name}", stated
    yield from _in_values(about.text("values"), names_image)


def _plain(version: str | None) -> str:
    return (version or "").removeprefix("v")


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
            if name is None or stands_in(name) or names(name):
                yield name or "?", setting.text("value")
    for text in release.strings("values") if "values" in release.values or release.unknown.get("values") else []:
        if text == AFTER_APPLY:
            yield "values", text
        else:
            yield from _in_values(text, names)
    if release.values.get("postrender"):  # a program that may change whatever the chart makes
        yield "postrender", None


def _in_values(text: str | None, names: Callable[[str], bool]) -> Iterator[tuple[str, str | None]]:
    if text in (None, "", AFTER_APPLY):
        return
    try:
        documents = parse_yaml(str(text))
    except InputError:
        yield "values", "?"
        return
    for document in documents:
        yield from ((name, value) for name, value in flat(document) if names(name))
