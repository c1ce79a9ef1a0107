"""A vote as a reader gives it."""

from bot.service.feedback import Feedback

VOTE = Feedback(
    answer="answer-1",
    vote="down",
    reason="wrong",
    question="サブネットは /24 ですか？",
    lang="ja",
    status="answered",
    section="faq#subnet",
    door="web",
    at="2026-11-20T10:00:00+00:00",
)
