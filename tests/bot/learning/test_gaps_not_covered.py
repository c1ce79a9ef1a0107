"""Gaps that the site names as not covered already, and questions that are about nothing it has."""

from bot.answering.ask import Bot
from bot.learning.gaps import ASK, SCOPE, find_gaps, missed
from bot.learning.wanted import Wanted


def test_what_the_bot_says_is_not_covered_is_of_that_entry_and_of_no_other(bot: Bot):
    """Word for word, in other words, in both languages: nothing is written beside what says so already."""
    named = {
        "scope#pricing": ["How much does AGC cost?", "price list please", "AGC の料金はいくら"],
        "scope#waf": ["Does AGC support WAF?", "WAF は使えますか"],
        "scope#ipv6": ["IPv6 support?"],
    }
    asked = [Wanted(question, None) for questions in named.values() for question in questions]
    gaps = find_gaps(bot, missed(bot, asked), 1)
    assert {gap.kind for gap in gaps} == {SCOPE}
    assert {gap.section: sorted(each.question for each in gap.questions) for gap in gaps} == {
        section: sorted(questions) for section, questions in named.items()
    }


def test_what_is_far_from_a_section_is_no_wording_of_it(bot: Bot):
    asked = ["天気は", "what time is it", "what is the weather today", "いま何時", "how do I bake bread"]
    gaps = find_gaps(bot, missed(bot, [Wanted(question, None, 3) for question in asked]), 1)
    assert ASK not in {gap.kind for gap in gaps}
    assert sum(gap.size for gap in gaps) == 3 * len(asked)
