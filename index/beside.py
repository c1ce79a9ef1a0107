"""What belongs to a site lies beside its folder: `site.index`, `site.weights.json`, `site.questions.jsonl`."""

from pathlib import Path

WEIGHTS, QUESTIONS = "weights.json", "questions.jsonl"


def beside(site: Path, what: str) -> Path:
    """The place of `what` for the site in this folder."""
    named = site if site.name else site.resolve()  # "." has no name of its own
    return named.with_name(f"{named.name}.{what}")
