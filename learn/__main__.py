"""Teach the reader: `python -m learn examples SOURCES OUT`, then `python -m learn train OUT`."""

import sys
from pathlib import Path

import click

from index.errors import KbError

ROOT = Path(__file__).parents[1]
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def learn() -> None:
    """Teach the reader, which says whether a section answers a whole question (learn/README.md)."""


@learn.command()
@click.argument("sources", type=FOLDER)
@click.argument("out", type=FOLDER)
@click.option("--index", type=FOLDER, default=Path("build/site.index"), show_default=True, help="This site's index.")
def examples(sources: Path, out: Path, index: Path) -> None:
    """Write into OUT the examples made from the clones in SOURCES and from this site."""
    from learn.sources import read_sources, require_clones

    require_clones(read_sources(), sources)
    from index.encoder import packaged
    from index.encoder.transformer import unigram_tokenizer
    from learn.examples import all_examples, as_arrays

    weights = packaged.load()
    tokenizer = unigram_tokenizer(weights)

    def tokens(text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)

    listed = list(all_examples(sources, index, ROOT, tokens))
    as_arrays(listed, tokenizer, weights.special[2]).save(out)
    click.echo(f"{out}: {len(listed):,} examples")


@learn.command()
@click.argument("out", type=FOLDER)
def train(out: Path) -> None:
    """Train teacher and student on the examples in OUT; write the student and what its folds read there."""
    from index.encoder import packaged
    from learn.examples import Arrays
    from learn.train import train

    train(Arrays.load(out), packaged.load(), out, click.echo)


if __name__ == "__main__":
    try:
        learn(prog_name="python -m learn")
    except KbError as error:
        click.echo(f"learn: {error}", err=True)
        sys.exit(2)
