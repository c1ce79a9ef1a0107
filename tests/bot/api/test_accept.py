"""Whether an answer is sent as events, and a page as Markdown, by the Accept header of who asks."""

import pytest

from bot.api.accept import prefers_markdown, takes_events


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


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", False),
        ("*/*", False),
        ("text/*", False),
        ("text/markdown", True),
        ("text/markdown, text/html", True),
        ("text/markdown;q=0.9, text/html;q=0.9", True),
        ("text/markdown;q=0.8, text/html;q=0.9", False),
        ("text/markdown;q=0.8, text/*;q=0.9", False),
        ("text/markdown;q=0.8, */*;q=0.9", False),
        ("text/markdown;q=0.8, text/*;q=0.7, */*;q=0.9", True),
        ("text/markdown;q=0", False),
    ],
)
def test_a_page_comes_as_markdown_where_no_page_is_preferred(accept: str, expected: bool):
    assert prefers_markdown(accept) is expected
