"""Values in a question, judged by the rules: what an answer says of them before its quotes."""

import re
from collections.abc import Sequence

from bot.answering.refusal import listed
from bot.checks.asked.asked import belongs_to_a_value, counts_of_gateways, judged, of_another_network, of_flat_network
from bot.checks.asked.beyond import in_place_of_bound
from bot.checks.asked.facts import FACT_RULES
from bot.checks.asked.lone import gives_one_version, has_subject, kind_of, lone_value, names_subject
from bot.checks.asked.plain_ask import (
    NETWORK_RULES,
    VALUE_RULES,
    asks_whether_it_will_do,
    gives_value,
    is_about_the_gateway,
    is_plain_ask,
    knows_all,
    names_overlay,
    names_overlay_as_it_is,
    only_gives_values,
    values,
)
from bot.checks.asked.pools_asked import pools, without_pools
from bot.checks.asked.times import as_now
from bot.checks.asked.told_ask import asks_of_harm, asks_of_what_it_told, asks_which, cuts, is_ask_of_harm, is_bare_ask
from bot.checks.asked.unjudged import not_judged
from bot.checks.words import words
from bot.language import patterns, say
from bot.question.parts import plain
from bot.question.question import Question
from bot.records import CheckedValue, Verdict

_SENTENCE_ENDS = re.compile(r"。|\. ")
_PARTS = re.compile(r"[\s,=]+")  # of what a rule has seen


def checked(question: str, lang: str) -> tuple[CheckedValue, ...]:
    """What the rules say of the values that a question gives: failures, what they cannot decide, what passes."""
    worst_first = ("fail", "unknown")
    findings = sorted(
        judged(as_now(plain(question)), lang),
        key=lambda finding: (*worst_first, finding.status).index(finding.status),
    )
    return tuple(
        CheckedValue(each.id, each.name, str(each.status), each.observed or "", each.expected, each.fix, each.url)
        for each in findings
    )


def asked_back(question: str, lang: str) -> tuple[str, str] | None:
    """A value whose subject the question does not name, and a question that names it."""
    lone = lone_value(plain(question))
    return (lone[1], words(lang, f"subjects.{lone[0]}", value=lone[1])) if lone else None


def with_subject(question: str, before: str, lang: str) -> str | None:
    """The question about a lone value with its subject, which it or the one before names; None if it is none.

    After a question about one other such value it is that question about this one.
    Of a network whose values no rule judges, it is none either; where the question names the subject itself, it is one
    after a network that has no such subject.
    """
    values_before = [check.observed for check in checked(before, lang)]
    judged_before = set(map(kind_of, values_before))
    lone = lone_value(plain(question), after_version="version" in judged_before and gives_one_version(plain(before)))
    if lone is None:
        return _asked_alike(question, before, lang)
    named = names_subject(lone[0], plain(question))
    if (of_flat_network if named else of_another_network)(plain(before)):
        return None
    if not named and lone[0] not in judged_before and not has_subject(lone[0], plain(before)):
        return None
    kind, value = lone
    alike = [each for each in values_before if kind_of(each) == kind]
    if len(alike) == 1 and before.count(alike[0]) == 1:
        return before.replace(alike[0], value)
    return words(lang, f"subjects.{kind}", value=value)


def _asked_alike(question: str, before: str, lang: str) -> str | None:
    """The question about a value that one gives with its subject and no more, after one that asks whether such will do.

    "Is a /24 ok?", "and ALB Controller 1.7.9?"
    """
    judged = [check.observed for check in checked(question, lang)]
    *_, last = ("", *before.splitlines())
    asks = only_gives_values(plain(question)) and asks_whether_it_will_do(plain(last))
    if len(judged) != 1 or not _has_digit(judged[0]) or not asks or of_another_network(plain(before)):
        return None
    return words(lang, f"subjects.{kind_of(judged[0])}", value=judged[0])


def judged_together(question: str, before: str, lang: str) -> str | None:
    """Both questions as one, where a value fails that only they give together: a large pot, "and with two lids?"."""
    together = f"{before.rstrip(' ?？。')} {question}"
    known = {check.id for text in (question, before) for check in checked(text, lang)}
    new = [check for check in checked(together, lang) if check.id not in known]
    return together if any(check.status == "fail" for check in new) else None


def sentences(question: str, checks: Sequence[CheckedValue], lang: str) -> list[str]:
    """A sentence for each value; of what fails alone where something fails, else one of what was not judged."""
    failing = [check for check in checks if check.status == "fail"]
    said = [
        say(lang, "answers", f"checked.{check.status}", id=check.id, value=check.observed, expected=check.expected)
        for check in failing or checks
    ]
    if failing or not checks or not (names := unjudged_values(question, checks)):
        return said
    return [*said, say(lang, "answers", "checked.unjudged", names=listed(names, lang))]


def unjudged_values(question: str, checks: Sequence[CheckedValue]) -> tuple[str, ...]:
    """The values that a question gives beside judged ones, of which no rule says anything."""
    return not_judged(as_now(plain(question)), {check.id for check in checks}, _observed(checks))


def is_of_now(name: str, question: Question) -> bool:
    """Whether a part of a question stands in what it tells and asks of now, not of what was or is planned."""
    return name not in question.plain or name in as_now(question.plain)


def none_fails(checks: Sequence[CheckedValue]) -> bool:
    """Whether values were judged, and none of them fails."""
    return bool(checks) and all(check.status != "fail" for check in checks)


def plain_verdict(question: Question, checks: Sequence[CheckedValue]) -> Verdict | None:
    """The yes or no to a question for nothing but whether values will do, which rules decide; None: it asks more.

    One that fails is a no. That all pass is a yes only with the network that the rules are about, and to nothing that
    depends on others. Which network suits the gateway is the answer only to who asks for the gateway.
    """
    return _decided(as_now(question.plain), checks)


def beyond_verdict(question: Question) -> Verdict | None:
    """The yes or no to whether all that lies beyond a rule's bound will do with CNI Overlay: "larger than /24"."""
    asked = in_place_of_bound(question.plain)
    return _decided(asked, checked(asked, question.lang)) if asked and names_overlay_as_it_is(asked) else None


def facts_verdict(question: Question, checks: Sequence[CheckedValue]) -> Verdict | None:
    """The no to whether the network that a question tells of in words will do, where a rule says that it does not.

    To whether it does harm, the yes.
    """
    failing = any(check.id in FACT_RULES and check.status == "fail" for check in checks)
    if not failing or patterns("turns")["open"].search(question.plain):
        return None
    if not names_overlay_as_it_is(question.plain):
        return None
    asked = [asked for _, asked in cuts(question.plain)]
    return "no" if any(map(is_bare_ask, asked)) else "yes" if any(map(is_ask_of_harm, asked)) else None


def told_verdict(question: Question, checks: Sequence[CheckedValue]) -> Verdict | None:
    """The no to whether values that a question tells will do as they are, where a rule says that one does not.

    To whether they do harm, the yes.
    Which network suits the gateway is the answer only to who wants that, and speaks of no other network.
    """
    failing = {check.id for check in checks if check.status == "fail"}
    as_it_is = as_now(question.plain)
    if not failing & {*VALUE_RULES, *NETWORK_RULES}:
        return None
    said: Verdict | None = "no" if asks_of_what_it_told(as_it_is) else "yes" if asks_of_harm(as_it_is) else None
    if failing & VALUE_RULES:
        return said
    return said if is_about_the_gateway(as_it_is) and not names_overlay(as_it_is) else None


def pools_verdict(question: Question, checks: Sequence[CheckedValue]) -> Verdict | None:
    """The yes to whether the gateway suits pools that all have a subnet for pods, where nothing else is told."""
    all_pools, rest = pools(question.plain), without_pools(question.plain)
    passed = [
        check for check in checks if check.status == "pass" and all_pools and check.observed == all_pools.observed
    ]
    plain_ask = asks_whether_it_will_do(rest) and is_about_the_gateway(rest) and not gives_value(rest)
    return "yes" if passed and len(checks) == 1 and plain_ask else None


def _decided(asked: str, checks: Sequence[CheckedValue]) -> Verdict | None:
    if not is_decided(checks) or not is_plain_ask(asked):
        return None
    if any(check.id in NETWORK_RULES for check in checks) and not is_about_the_gateway(asked):
        return None
    if any(check.status == "fail" for check in checks):
        return "no"
    passed = all(check.status == "pass" for check in checks) and _judges_all(asked, checks)
    return "yes" if passed and names_overlay_as_it_is(asked) else None


def _judges_all(question: str, checks: Sequence[CheckedValue]) -> bool:
    """Whether each value of a question is one that a rule has judged; a pasted profile may have others."""
    given = set(values(question))
    return knows_all(question) and (len(given) == 1 or given <= _observed(checks))


def _observed(checks: Sequence[CheckedValue]) -> set[str]:
    return {part.lower().lstrip("v") for check in checks for part in _PARTS.split(check.observed)}


def value_verdict(question: Question, checks: Sequence[CheckedValue]) -> Verdict | None:
    """The no to whether a value will do, where a rule says that it does not; that one rule passes is no yes."""
    failing = [check for check in checks if check.status == "fail"]
    turns, fits = patterns("turns"), patterns("fits")
    asking = fits["scarce"].sub(" ", question.asking)
    given = all(_has_digit(check.observed) and check.observed in question.plain for check in failing)
    plain_ask = fits["asks"].search(asking) and not fits["against"].search(asking)
    turned = asks_which(asking) or any(turns[name].search(asking) for name in ("open", "negation", "limit", "time"))
    return "no" if failing and given and plain_ask and not turned else None


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def is_decided(checks: Sequence[CheckedValue]) -> bool:
    """Whether a rule decides a value: then the answer does not depend on the search alone."""
    return any(check.status in ("pass", "fail") for check in checks)


def speaks_of(name: str, checks: Sequence[CheckedValue]) -> bool:
    """Whether a part of the question belongs to a value that was judged: the value, its key, number or subject.

    The subject of a rule, "lid", stands in what it expects and in the first sentence of how it is mended.
    """
    if any(name in check.observed or check.observed in name for check in checks):
        return True
    if counts_of_gateways(name) and not none_fails(checks):  # of which one fails
        return bool(checks)
    subjects = " ".join(f"{check.expected} {_SENTENCE_ENDS.split(check.fix)[0]}" for check in checks)
    if re.search(rf"(?<![A-Za-z]){re.escape(name)}s?(?![A-Za-z])", subjects, re.IGNORECASE):
        return True
    return bool(checks) and belongs_to_a_value(name)
