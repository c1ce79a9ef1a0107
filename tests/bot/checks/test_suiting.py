"""A version of the controller beside one of Kubernetes that it does not run on."""

import pytest

from bot.checks.asked.asked import judged
from bot.checks.asked.suiting import needs_newer_kubernetes


@pytest.mark.parametrize(
    ("controller", "question", "needs"),
    [
        ("1.12.1", "with Kubernetes 1.31", True),
        ("1.12.1", "on k8s 1.32.4", False),
        ("1.13.0", "AKS 1.30 ですが", True),  # what is newer needs no less
        ("1.11.5", "with Kubernetes 1.27", False),
        ("1.7.9", "Kubernetes 1.26.3 で", True),
        ("1.6.0", "Kubernetes 1.20", False),  # of which the notes say nothing here
        ("1.12.1", "with overlay", False),
        ("1.12.1", "Kubernetes 1.31 or Kubernetes 1.33", False),
        ("latest", "Kubernetes 1.20", False),
    ],
)
def test_a_version_needs_a_minor_version(controller: str, question: str, needs: bool):
    assert needs_newer_kubernetes(controller, question) is needs


@pytest.mark.parametrize(
    ("question", "statuses"),
    [
        ("ALB Controller 1.12.1 on Kubernetes 1.30 with overlay, ok?", []),
        ("ALB Controller 1.12.1 on Kubernetes 1.33 with overlay, ok?", ["pass"]),
        ("ALB Controller 1.6.1 on Kubernetes 1.20 with overlay, ok?", ["fail"]),
    ],
)
def test_what_does_not_suit_takes_the_pass(question: str, statuses: list[str]):
    assert [str(finding.status) for finding in judged(question, "en")] == statuses
