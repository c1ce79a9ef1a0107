"""Whether an answer is sent as events, by the Accept header of who asks."""

import pytest

from bot.api.accept import takes_events


@pytest.mark.parametrize(
    ("accept", "gaining", "anyway"),
    [
        ("", False, False),
        ("*/*", False, False),
        ("application/json", False, False),
        ("text/*", False, False),  # a page's text is no stream
        ("text/event-stream", True, True),
        ("Text/Event-Stream ; Q=0.1", True, True),
        ("text/event-stream, application/json;q=0.9", True, True),
        ("text/event-stream, */*;q=0.5", True, True),
        ("application/json, text/event-stream", True, False),
        ("application/json, text/event-stream;q=0.9", True, False),
        ("text/event-stream, */*", True, False),
        ("text/event-stream;q=0", False, False),
    ],
)
def test_a_stream_is_sent_where_it_is_preferred_or_gains_something(accept: str, gaining: bool, anyway: bool):
    assert (takes_events(accept, gains=True), takes_events(accept, gains=False)) == (gaining, anyway)
