"""`make mutants`. MODULE (all): one module, or the beginning of several; SAMPLE (10): changes of each module."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mutants.check import StaleError, Tried, check, chosen, read

ROOT = Path(__file__).parents[2]
LEAST = 0.85  # of the mutants, noticed


def main(module: str, sample: int) -> int:
    """Exit code: 0 as it should be; 1 too many survive, or one without a reason; 2 the list does not fit the code."""
    listed = read(Path(__file__).with_name("mutants.toml"))
    modules = [file for file in listed.tests if file.startswith(module)]
    try:
        picked = chosen(listed, ROOT, sample, modules)
        tried = []
        for trial in check(listed, ROOT, picked):
            tried.append(trial)
            print(f"{trial.outcome:9} {trial.mutant}", flush=True)  # noqa: T201
    except StaleError as error:
        print(f"The list of mutants does not fit the code any more:\n{error}", file=sys.stderr)  # noqa: T201
        return 2
    print(report(tried))  # noqa: T201
    return 0 if accepted(tried, 0 if module else LEAST) else 1


def accepted(tried: Sequence[Tried], least: float = LEAST) -> bool:
    """Enough are noticed, each survivor has its reason, and no reason is a wrong one."""
    return bool(tried) and _share(tried) >= least and all(trial.survived == bool(trial.reason) for trial in tried)


def report(tried: Sequence[Tried]) -> str:
    """A line for each module, then the survivors with their reasons."""
    lines = [""]
    for file in dict.fromkeys(trial.mutant.file for trial in tried):
        own = [trial for trial in tried if trial.mutant.file == file]
        lines.append(f"{file:32} {_killed(own):3} of {len(own):3}  {_share(own):4.0%}")
    lines.append(f"{'all':32} {_killed(tried):3} of {len(tried):3}  {_share(tried):4.0%}")
    lines += [
        f"\nsurvived: {trial.mutant}\n    {trial.reason or 'no test notices it'}" for trial in tried if trial.survived
    ]
    lines += [
        f"\nnoticed, though it is listed: {trial.mutant}" for trial in tried if trial.reason and not trial.survived
    ]
    return "\n".join(lines)


def _killed(tried: Sequence[Tried]) -> int:
    return sum(not trial.survived for trial in tried)


def _share(tried: Sequence[Tried]) -> float:
    return _killed(tried) / len(tried) if tried else 0.0


if __name__ == "__main__":
    sys.exit(main(os.environ.get("MODULE", ""), int(os.environ.get("SAMPLE", "10"))))
