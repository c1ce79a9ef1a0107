"""Names and ids that may stand in a command."""

import re

from bot.checks.printable import printable
from bot.checks.spelling import id_part, resource_id, stands_in

_ID = re.compile(r"/?subscriptions/[^/]+/.*[^/]/providers/[^/]+/.+", re.IGNORECASE)
_PLAIN = re.compile(r"[\w/(][\w./() -]*")  # what Azure allows in names and ids, and no option of a command
_SUBSCRIPTION = re.compile(r"[0-9a-fA-F-]{1,36}")


def plain(value: object) -> str | None:
    """A name that commands can take: what was sent is not trusted to be one, and may only stand for one."""
    if not isinstance(value, str) or _PLAIN.fullmatch(value) is None or printable(value) != value:
        return None
    return None if stands_in(value) else value


def plain_id(value: object) -> str | None:
    """An id that Azure knows: addresses of Terraform, ends of ids, and ids with hidden names are none."""
    text = plain(value)
    return text if text is not None and _ID.fullmatch(text) and resource_id(text) else None


def subscription_of(resource: str | None) -> str | None:
    """Of an id; None for what is none."""
    subscription = id_part(resource, "subscriptions")
    return subscription if subscription and _SUBSCRIPTION.fullmatch(subscription) else None
