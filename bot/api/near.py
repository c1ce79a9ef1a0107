"""Addresses that are right but for the case of their letters."""

import os
from pathlib import Path


def spelled(folder: Path, path: str) -> str | None:
    """The path below `folder` as it is written there; None if there is none, or more than one that differs in case."""
    place, written = folder, []
    for part in path.split("/"):
        try:
            names = [entry.name for entry in os.scandir(place) if entry.name.lower() == part.lower()]
        except OSError:  # not a folder
            return None
        if len(names) != 1:
            return None
        written.append(names[0])
        place = place / names[0]
    return "/".join(written)
