"""deploy/nginx/kb.conf as it runs in a test: before copies at addresses of their own, not at names of Docker."""

import re
from collections.abc import Sequence
from pathlib import Path


def placed(root: Path, port: int, copies: Sequence[str]) -> str:
    """The delivered file, listening at a port of this machine."""
    conf = (root / "deploy/nginx/kb.conf").read_text("utf-8")
    conf, named = re.subn(r"^ *resolver [^\n]*\n", "", conf, flags=re.MULTILINE)
    (line,) = re.findall(r"^ *server kb:8000 resolve [^;]*;", conf, re.MULTILINE)
    conf = conf.replace(line, "\n".join(line.replace("kb:8000 resolve", copy) for copy in copies))
    conf, listens = re.subn(r"listen 8080;", f"listen 127.0.0.1:{port};", conf)
    assert (named, listens) == (1, 1)
    return conf
