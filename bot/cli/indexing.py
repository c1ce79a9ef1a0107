"""`kb index`: a built site's index, in a folder or published to an object store or a database."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.command import INDEX, command
from bot.cli.command_help import terminal_lang
from bot.cli.sites import named_sites
from bot.language import say
from bot.settings import Settings, read_settings
from index.errors import KbError
from index.remote.address import is_address, refused, shown

if TYPE_CHECKING:
    from index.remote.bucket import Pointer
    from index.remote.protocol import IndexStore


@command("index")
@click.argument("site", type=click.Path(path_type=Path), required=False)
@INDEX
@click.option("--to")
@click.option("--markdown", is_flag=True)
def build_index(site: Path | None, index: str | None, to: str | None, *, markdown: bool) -> None:
    """Index a built site: SITE, or the one of KB_SITE. Only text that changed is embedded again."""
    settings = read_settings(site=site, index=index)
    if settings.sites and (site, index, to) == (None, None, None):
        return _all_indexed(settings, settings.sites, markdown=markdown)
    if to is not None and (not is_address(to) or refused(to)):
        raise KbError(say(terminal_lang(), "errors", "no_address", address=shown(to)))
    _indexed(settings, to or settings.index_address)
    if markdown:
        _write_markdown(settings.site)


def _all_indexed(settings: Settings, file: Path, *, markdown: bool) -> None:
    """Index each site of KB_SITES; one that cannot be indexed is told of at the end, and does not stop the others."""
    failed: list[str] = []
    for named in named_sites(settings, file):
        try:
            _indexed(named.settings, named.settings.index_address)
            if markdown:
                _write_markdown(named.settings.site)
        except KbError as error:
            failed.append(f"{named.name}: {error}")
    if failed:
        raise KbError("\n".join(failed))


def _indexed(settings: Settings, address: str | None) -> None:
    if address:
        _published(settings, address)
    else:
        click.echo(indexed(settings))


def _write_markdown(site: Path) -> None:
    from index.alternates.write import write_markdown
    from index.reading.site import read_site

    files = write_markdown(site, read_site(site))
    click.echo(say(terminal_lang(), "terminal", "markdown", site=site, files=files))


def indexed(settings: Settings) -> str:
    """Index the site with a progress bar; one line about it."""
    from index.build import build

    _require_site(settings)
    warnings: list[str] = []
    with click.progressbar(length=1, label=say(terminal_lang(), "terminal", "embedding"), file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(max(done, int(not total)) - bar.pos)

        manifest, embedded = build(settings.site, settings.build_folder, settings.model, progress, warnings.append)
    for warning in warnings:
        click.echo(warning, err=True)
    if manifest.versions:
        first, *others = (_version(version) for version in manifest.versions)
        versions = {
            "count": len(others) + 1,
            "names": ", ".join((first, *others)),
            "first": manifest.versions[0]["name"],
        }
        click.echo(say(terminal_lang(), "terminal", "versions", **versions))
    figures = {"sections": manifest.sections, "langs": ", ".join(manifest.langs), "texts": manifest.rows}
    return say(terminal_lang(), "terminal", "indexed", folder=settings.build_folder, embedded=embedded, **figures)


def _version(version: Mapping[str, Any]) -> str:
    return f"{version['name']} ({', '.join(version['aliases'])})" if version["aliases"] else str(version["name"])


def _published(settings: Settings, address: str) -> None:
    """Index the site and publish that, unless another builder does so meanwhile."""
    from index.postgres.choose import store_at
    from index.remote.upload import begin, publish
    from index.remote.waiting import wait_for

    _require_site(settings)
    bucket = store_at(address, create=True)
    before = wait_for(begin(bucket))
    _reuse(settings, bucket, before)
    click.echo(indexed(settings))
    done = wait_for(publish(bucket, settings.build_folder, before))
    key = "published" if done.bytes_sent else "published_before"
    figures = {"generation": done.generation, "sent": f"{done.bytes_sent:,}", "removed": len(done.removed)}
    click.echo(say(terminal_lang(), "terminal", key, address=bucket.shown, **figures))


def _reuse(settings: Settings, bucket: "IndexStore", before: "Pointer | None") -> None:
    """Where nothing is built yet, begin with what is published: only texts that changed are embedded."""
    from index.encoder.choose import answering_encoder
    from index.remote.pull import Bounds, pull, reader_with
    from index.remote.trouble import RemoteError
    from index.remote.waiting import wait_for
    from index.storage.store import read_manifest

    try:
        read_manifest(settings.build_folder)
        return
    except KbError:
        if before is None:
            return
    reader, bounds = reader_with(answering_encoder(settings.model)), Bounds(int(settings.index_largest_gb * (1 << 30)))
    try:
        wait_for(pull(bucket, before, settings.build_folder, reader, bounds))
    except RemoteError as error:  # all is embedded anew, and what is broken there is replaced
        click.echo(f"kb: {say(terminal_lang(), 'terminal', 'not_reused', why=error)}", err=True)


def _require_site(settings: Settings) -> None:
    if not settings.site.is_dir():
        raise KbError(say(terminal_lang(), "errors", "no_site", site=settings.site))
