"""The settings of the shell in which the tests were started are not theirs: each test sets what it needs."""

import re
from collections.abc import MutableMapping

FOREIGN = re.compile(
    "|".join((
        r"KB_\w+|PORT|HOST|WEB_CONCURRENCY|FORWARDED_ALLOW_IPS",  # of the service, and of what serves
        r"\w+_PROXY",  # which would be sent what goes to this machine
        r"NO_COLOR|FORCE_COLOR|CLICOLOR\w*|COLUMNS|LINES",  # of what is shown
        r"FORCE_HYPERLINK|TERM_PROGRAM\w*|VTE_VERSION|WT_SESSION|KONSOLE_VERSION",
        r"PG[A-Z]+|AWS_\w+|AZURE_\w+|GOOGLE_\w+",  # of stores
        r"GIT_\w+|MAKEFLAGS|MFLAGS|MAKELEVEL|SOURCE_DATE_EPOCH|PYTHONWARNINGS",  # of who starts the tests
    )),
    re.IGNORECASE,
)  # fmt: skip
PLAIN = ("C", "POSIX", "C.UTF-8")


def forget(environment: MutableMapping[str, str]) -> None:
    """Take out what is foreign, and every language but the one of whoever has chosen none."""
    for name in list(filter(FOREIGN.fullmatch, environment)):
        del environment[name]
    environment.pop("LANGUAGE", None)
    for name in [name for name in environment if name == "LANG" or name.startswith("LC_")]:
        if environment[name] not in PLAIN:
            environment[name] = "C.UTF-8"
