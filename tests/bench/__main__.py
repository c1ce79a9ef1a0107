"""`make bench`. From the environment: ROUNDS (3), OUT (build/bench.json), PAGE (docs: writes the pages)."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import sizes
from bench.page import table, write_pages
from bench.peers import install_txtai
from bench.services import NAMES, ROOT, Amount, ask_command, measure, measure_encoder, services
from bench.targets import medians, ratios, targets
from index.processors import processors

FIRST_LOOK = Amount(one_client=8, eight_clients=48, repeated=8)


def run(
    folder: Path,
    site: Path,
    index: Path,
    rounds: int,
    amount: Amount,
    names: tuple[str, ...] = NAMES,
    rate: float | None = None,
) -> dict[str, Any]:
    """All rounds of all services; `folder` takes the others' model, index and packages (600 MB).

    `rate`: questions a second of the equal load; None: what the slowest of them can bear.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = services(folder, site, index)
    _prepare("plain", folder, known["plain"].environment, str(index))
    away = {}
    if "txtai" in names:
        if why := install_txtai(folder / "txtai-packages"):
            away["txtai"] = why
        else:
            _prepare("txtai", folder, known["txtai"].environment)
    compared = [known[name] for name in names if name not in away]

    # A first look brings every file into the system's cache, and finds a load that the slowest of them can bear.
    if rate is None:
        rate = round(min(measure(service, FIRST_LOOK, 0)["eight_clients_per_s"] for service in compared) / 2, 1)
    measured: dict[str, list[dict[str, float]]] = {service.name: [] for service in compared}
    for number in range(rounds):
        # Another one begins each time.
        for service in (*compared[number % len(compared) :], *compared[: number % len(compared)]):
            figures = measure(service, amount, rate) | measure_encoder(service, folder, amount)
            if service.name == "ours":
                figures["ask_command_s"] = ask_command(service)
            measured[service.name].append(figures)
            print(f"round {number + 1} of {rounds}: {service.name}", file=sys.stderr)  # noqa: T201

    installed = {
        "ours": sizes.installed_mb(sizes.serving_set(ROOT)),
        "plain": sizes.installed_mb(sizes.PLAIN),
        "txtai": sizes.installed_mb(sizes.TXTAI, folder / "txtai-packages"),
    }
    figures = {name: medians(each) | {"installed_mb": installed[name]} for name, each in measured.items()}
    others = {name: ratios(figures["ours"], figures[name]) for name in figures if name != "ours"}
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "processors": processors(),
        "load_average": round(os.getloadavg()[0], 1),
        "rounds": rounds,
        "load_per_s": rate,
        "figures": figures,
        "times_better": others,
        "targets": targets(figures["ours"], others),
        "not_run": away,
        "measured": measured,
    }


def _prepare(name: str, folder: Path, environment: dict[str, str], *more: str) -> None:
    """In a process of its own: torch shall not lie in the memory of the one that measures."""
    command = [sys.executable, "-m", "bench.peers", name, str(folder), *more]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])


if __name__ == "__main__":
    site = ROOT / "build/site"
    report = run(ROOT / "build/bench", site, site.with_name("site.index"), int(os.environ.get("ROUNDS", "3")), Amount())
    out = ROOT / os.environ.get("OUT", "build/bench.json")
    out.write_text(json.dumps(report, indent=2) + "\n")
    print(table(report, "en"))  # noqa: T201
    if page := os.environ.get("PAGE"):
        write_pages(report, ROOT / page)
