"""Whether a version of ALB Controller suits the version of Kubernetes that a question gives beside it.

Source: release notes of ALB Controller, edition of 2026-09-08, verified 2026-11-26.
"""

import semver

from bot.checks.asked.upgrade_asked import kubernetes
from bot.checks.versions import alb_version

# From a version of the controller on, the least minor version of Kubernetes.
_NEEDS = {semver.Version(1, 7, 9): (1, 27), semver.Version(1, 12, 1): (1, 32)}


def needs_newer_kubernetes(controller: str, question: str) -> bool:
    """Whether a version needs a newer Kubernetes than a question gives; false if it gives none."""
    given, version = kubernetes(question), alb_version(controller)
    if given is None or version is None:
        return False
    major, minor = map(int, given.split(".")[:2])
    return (major, minor) < max((needs for least, needs in _NEEDS.items() if version >= least), default=(0, 0))
