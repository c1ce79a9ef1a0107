"""What a cluster or node pool says of how it is."""

from bot.checks.inventory.inventory import key_of


def is_stopped(value: object) -> bool:
    """Whether nothing runs in it, until somebody starts it."""
    power = key_of(value, "powerstate")
    return str(key_of(power, "code") if isinstance(power, dict) else power or "").casefold() == "stopped"


def is_deleting(value: object) -> bool:
    """Whether it is on its way out."""
    return provisioning_state(value).casefold() == "deleting"


def provisioning_state(value: object) -> str:
    """What became of the last operation on it; empty where nothing is said of that."""
    return str(key_of(value, "provisioningstate") or "").strip()
