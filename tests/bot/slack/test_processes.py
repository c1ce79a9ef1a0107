"""What needs real processes: deliveries to two of them, a crowd, and the end of one that still owes a reply."""

import signal
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from deliver import command, post_command, post_event, signed_headers, unique
from processes import now
from standin import TOKEN, Slack, standing_in, until
from test_commands import KUBENET, shown
from test_events import mention

CROWD, DIFFERENT = 100, 20  # commands, and questions in them
# A question that says "slow" waits until the file GATE is there. The file ENDING is there once nothing but replies owed
# keeps the process from ending.
GATED = """
import contextlib, pathlib, time, bot.answering.ask, bot.slack.socket
ask, connected = bot.answering.ask.Bot.ask, bot.slack.socket.connected
def gated(self, question, *more):
    while "slow" in question and not pathlib.Path({gate!r}).exists(): time.sleep(0.2)
    return ask(self, question, *more)
@contextlib.asynccontextmanager
async def watched(*given):
    async with connected(*given): yield
    pathlib.Path({ending!r}).touch()
bot.answering.ask.Bot.ask, bot.slack.socket.connected = gated, watched
"""


@dataclass(frozen=True)
class Delivered:
    """What came of deliveries to two processes over one store, after both have ended and owe nothing any more."""

    slack: Slack
    crowd: list[str]  # response URLs
    crowd_statuses: list[int]
    again: str  # the response URL of a command delivered three times
    replayed: str
    replay_statuses: list[int]

    def replies(self, url: str) -> int:
        return sum(self.slack.url + path == url for path, _ in self.slack.replies)


@pytest.fixture(scope="module")
def delivered(process, connecting_anew) -> Iterator[Delivered]:
    with standing_in() as slack:
        crowd = [slack.response_url for _ in range(CROWD)]
        again, replayed = slack.response_url, slack.response_url
        with (
            process(slack, slack_bot_token=TOKEN, max_waiting=CROWD) as former,
            process(slack, slack_bot_token=TOKEN) as two,
            connecting_anew(former.url) as first,
            connecting_anew(two.url) as second,
        ):
            fields, event_id, started = command(KUBENET, again), unique("Ev-workers"), now()
            for n, http in enumerate((first, second, first)):  # signed anew each time
                assert post_command(http, fields, started + n) == (200, "")
                assert post_event(http, mention(KUBENET), event_id, started + n)[0] == 200
            body = urllib.parse.urlencode(command("help", replayed)).encode()
            headers = signed_headers(body, at=started)
            sent = [http.post("/slack/commands", content=body, headers=headers) for http in (first, first, second)]
            with ThreadPoolExecutor(20) as pool:
                commands = [command(f"{n % DIFFERENT}. {KUBENET}", url) for n, url in enumerate(crowd)]
                statuses = list(pool.map(lambda fields: post_command(first, fields, now())[0], commands))
            until(lambda: slack.replies, CROWD + 2, seconds=600)  # one more would come before the end of both
        yield Delivered(slack, crowd, statuses, again, replayed, [answer.status_code for answer in sent])


def test_a_hundred_at_once_are_each_answered_once(delivered: Delivered):
    """Where so many may wait; test_capacity.py has the others."""
    assert Counter(delivered.crowd_statuses) == {200: CROWD}
    assert Counter(delivered.replies(url) for url in delivered.crowd) == {1: CROWD}
    answers = [shown(body) for path, body in delivered.slack.replies if delivered.slack.url + path in delivered.crowd]
    assert [answer for answer in answers if "kubenet-to-overlay" not in answer] == []


def test_a_command_delivered_again_is_answered_once_by_all_workers(delivered: Delivered):
    assert delivered.replies(delivered.again) == 1


def test_an_event_delivered_again_is_answered_once_by_all_workers(delivered: Delivered):
    assert [method for method, _ in delivered.slack.calls].count("chat.postMessage") == 1


def test_a_replay_is_refused_by_every_worker(delivered: Delivered):
    assert delivered.replay_statuses == [200, 401, 401]
    assert delivered.replies(delivered.replayed) == 1


def test_no_reply_is_lost_when_the_service_is_told_to_stop(process, connecting_anew, slack: Slack, tmp_path: Path):
    gate, ending = tmp_path / "gate", tmp_path / "ending"
    with process(slack, GATED.format(gate=str(gate), ending=str(ending))) as running:
        with connecting_anew(running.url) as http:
            assert post_command(http, command(f"slow {KUBENET}", slack.response_url), now()) == (200, "")
        running.process.send_signal(signal.SIGTERM)
        until(lambda: [ending] * ending.exists())
        assert slack.replies == []
        gate.touch()
        assert running.process.wait(120) == 0
    ((_, reply),) = slack.replies
    assert "kubenet-to-overlay" in shown(reply)
