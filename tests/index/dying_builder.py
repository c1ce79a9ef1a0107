"""Builders that are killed, each at another point: python dying_builder.py SITE OUT [OLD].

For n = 0, 1, … a process of its own builds an index of SITE in the folder OUT/n (first a copy of OLD, if given) and is
killed at its n-th point; ends after the first one that no point was left for. They are forked from a process that has
never run FAISS.
"""

import os
import shutil
import sys
from itertools import count
from pathlib import Path

from casework import FakeEncoder
from faults import faults, kill

from index import build as building


def main(site: Path, out: Path, old: Path | None) -> None:
    building.answering_encoder = lambda model: FakeEncoder()
    for at in count():
        folder = out / str(at)
        if old:
            shutil.copytree(old, folder)
        if (child := os.fork()) == 0:
            with faults(kill, at) as passed:
                building.build(site, folder, "fake")
            (out / "points").write_text("\n".join(passed), "utf-8")
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            return


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]), *([None] if len(sys.argv) == 3 else []))
