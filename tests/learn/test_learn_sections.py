"""Markdown pages of several dialects to sections."""

import subprocess
from pathlib import Path
from random import Random

from learn.sections import read_site, sections
from learn.sources import Source

PAGE = """---
title: Pears
---
# Pears

<!-- a comment --> The pear is
a fruit.

## Keeping

!!! note "In the cellar"
    It is dark there.

It should be:

- Cool.
- Dark.

| kind | days |
|---|---|
| ripe | 3 |

::: tip
Turn them.
:::

### Code

```sh
store pear
```

## Eating {#eating}

<Tip>Wash it.</Tip>
"""
KEEPING = "In the cellar It is dark there.\nIt should be:\nCool.\nDark.\nkind\tdays\nripe\t3\nTurn them."


def test_a_section_is_a_heading_path_and_the_text_up_to_the_next_heading():
    assert list(sections(PAGE)) == [
        (("Pears",), "The pear is a fruit."),
        (("Pears", "Keeping"), KEEPING),
        (("Pears", "Keeping", "Code"), "store pear"),
        (("Pears", "Eating"), "Wash it."),
    ]


def test_a_page_without_text_has_no_sections():
    assert list(sections("<!-- nothing -->")) == []
    assert list(sections("# A heading alone")) == []


def test_sections_keep_their_place_on_the_page_where_shorter_ones_are_left_out(tmp_path: Path):
    clone = tmp_path / "fruit"
    subprocess.run(["git", "init", "-q", clone], check=True)
    body = "Pears keep longest where it is cool and dark. " * 5
    page = f"# Pears\n\nShort.\n\n## Keeping\n\n{body}\n\n## Eating\n\n{body}\n"
    for name in ("pears.md", "changelog.md"):
        (clone / name).write_text(page, "utf-8")
    author = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", clone, "add", "."], check=True)
    subprocess.run(["git", *author, "-C", clone, "commit", "-q", "-m", "pages"], check=True)
    source = Source("fruit", "garden/fruit", "HEAD", ("",), "MIT", "en")
    read = read_site(source, tmp_path, Random(1))
    assert sorted((section.page, section.place, section.heading) for section in read) == [
        ("pears.md", 1, "Keeping"),
        ("pears.md", 2, "Eating"),
    ]
    assert [section.id for section in read] == ["fruit-0", "fruit-1"]
    assert read[0].whole() == f"Pears > {read[0].heading}: {body.strip()}"
    assert read == read_site(source, tmp_path, Random(1))
