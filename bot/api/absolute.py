"""Whole addresses of pages, for clients that are no page of the site (`urls=absolute`)."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, Literal, TypeVar
from urllib.parse import urljoin

Urls = Literal["relative", "absolute"]
R = TypeVar("R")


def absolute(record: R, site_url: str) -> R:
    """The record with every address in it whole: what is named `url`, or ends in `_url`, and is a path of the site."""
    changed: dict[str, Any] = {}
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if isinstance(value, tuple) and any(map(is_dataclass, value)):
            changed[field.name] = tuple(absolute(element, site_url) for element in value)
        elif isinstance(value, str) and f"_{field.name}".endswith("_url"):
            changed[field.name] = whole(value, site_url)
    return replace(record, **changed)  # type: ignore[type-var]


def whole(url: str, site_url: str) -> str:
    """The address of a path of the site."""
    return urljoin(f"{site_url.rstrip('/')}/", url.lstrip("/")) if url.startswith("/") else url
