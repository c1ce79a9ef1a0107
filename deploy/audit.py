"""pip-audit over the lock: `python -m deploy.audit`. What could not be asked is "not run", never green.

Exit codes: 0 no advisory, 1 advisories, 3 not run.
"""

import json
import os
import subprocess
import sys
import tempfile

import click

from deploy.lock import FILE, read_lock

SOURCE = "https://api.osv.dev/v1/query"  # KB_AUDIT_SOURCE names another one that speaks OSV
CLEAN, FLAWED, NOT_RUN = 0, 1, 3


def audit(source: str) -> tuple[int, str]:
    """Exit code and one text: every package of the lock that this platform installs, asked for at `source`."""
    with tempfile.TemporaryDirectory() as cache:
        options = ["--strict", "--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
        options += ["-s", "osv", "--osv-url", source, "--cache-dir", cache, "--requirement", str(FILE)]
        done = subprocess.run(
            [sys.executable, "-m", "pip_audit", *options],
            capture_output=True,
            text=True,
            check=False,
        )
    try:
        answered = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        why = done.stderr.strip().splitlines() or ["no output"]
        return NOT_RUN, f"audit: not run ({why[-1]})"
    asked = {package["name"] for package in answered if "vulns" in package}
    if missing := {entry.name for entry in read_lock() if entry.here} - asked:
        return NOT_RUN, f"audit: not run (no answer for {', '.join(sorted(missing))})"
    advisories = [
        f"{package['name']} {package['version']}: {flaw['id']}" for package in answered for flaw in package["vulns"]
    ]
    if advisories:
        return FLAWED, "\n".join(["audit: advisories", *advisories])
    if done.returncode != 0:
        return NOT_RUN, f"audit: not run (pip-audit ended with {done.returncode})"
    return CLEAN, f"audit: no advisory for {len(asked)} packages"


if __name__ == "__main__":
    code, message = audit(os.environ.get("KB_AUDIT_SOURCE", SOURCE))
    click.echo(message, err=code != CLEAN)
    sys.exit(code)
