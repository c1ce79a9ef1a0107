"""`kb serve` with Slack switched on, and the stand-in that it talks to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from standin import SECRET, Slack, wait_for

SITE = "https://kb.example.com/"


@pytest.fixture(scope="session")
def standin() -> Iterator[Slack]:
    slack = Slack()
    yield slack
    slack.stop()


@pytest.fixture
def slack(standin: Slack) -> Slack:
    """The stand-in, with nothing recorded yet and its usual answers."""
    standin.forget()
    return standin


@pytest.fixture(scope="session")
def addresses(standin: Slack) -> dict[str, str]:
    """The settings that send the service to the stand-in instead of to Slack."""
    return {"slack_api_url": f"{standin.url}/api/", "slack_hooks_url": f"{standin.url}/hooks/", "site_url": SITE}


@pytest.fixture(scope="session")
def chat_service(serving, addresses: dict[str, str]):
    with serving(slack_signing_secret=SECRET, slack_bot_token="xoxb-test", **addresses) as running:
        yield running


@pytest.fixture(scope="session")
def chat(chat_service) -> str:
    """The address of a service that Slack reaches over HTTP, with a bot token."""
    return chat_service.url


@pytest.fixture
def chat_log(chat_service) -> Path:
    return chat_service.log


@pytest.fixture(scope="module")
def other_worker(serving, addresses: dict[str, str]) -> Iterator[str]:
    """A second process over the same store."""
    with serving(slack_signing_secret=SECRET, slack_bot_token="xoxb-test", **addresses) as running:
        yield running.url


@pytest.fixture(scope="module")
def tokenless(serving, addresses: dict[str, str]) -> Iterator[str]:
    """A service with a signing secret only."""
    with serving(slack_signing_secret=SECRET, **addresses) as running:
        yield running.url


@pytest.fixture(scope="module")
def dialled(serving, addresses: dict[str, str], standin: Slack) -> Iterator[Slack]:
    """The stand-in once a service in Socket Mode, without a signing secret, has called it."""
    with serving(slack_app_token="xapp-test", slack_bot_token="xoxb-test", **addresses):
        wait_for(lambda: standin.lines, 1, 20)
        yield standin


@pytest.fixture
def line(dialled: Slack) -> Slack:
    dialled.forget()
    return dialled


@pytest.fixture
def lonely(serving) -> Iterator[str]:
    """A service in Socket Mode whose Slack refuses connections."""
    with serving(slack_app_token="xapp-test", slack_api_url="http://127.0.0.1:9/api/") as running:
        yield running.url
