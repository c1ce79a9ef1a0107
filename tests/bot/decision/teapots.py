"""Sections about teapots, and what they leave out of a question."""

from collections.abc import Sequence
from dataclasses import replace

from handmade import asked, section

from bot.decision.account import account
from bot.decision.logistic import Logistic
from bot.decision.unstated import Model, Unstated, unstated
from bot.evidence.topics import Topics
from index.records import Section

TERMS = (("teapot", "ティーポット", "kettle"), ("copper cup", "cup"), ("green tea", "gt"), ("tray",), ("jar",))


# A model of one line: what the first section does not speak of is named.
NONE = Logistic({}, -30.0)
PLAIN = Model(Logistic({"missing": (10.0, 0.0, 1.0)}, -5.0), NONE, unstated_from=0.5, doubt_from=0.5)


# A model to which no part is left out: what is compared as such speaks alone.
DEAF = Model(NONE, NONE, unstated_from=0.5, doubt_from=0.5)
NOTHING = Unstated((), doubtful=False)
TEAPOT, MOVE, JAPANESE, COLD = range(4)


def titled(name: str, title: str, *sentences: str, lang: str = "en", phrasings: Sequence[str] = ()) -> Section:
    return replace(section(name, *sentences, lang=lang, title=title), phrasings=tuple(phrasings))


SECTIONS = (
    titled("a#a", "Can a teapot be heated?", "The window is cleaned with v1.7.9.", "Samovar and Leaves, 12 of them."),
    titled("b#b", "Pouring", "You can move from copper cup to green tea.", phrasings=("decanting it",)),
    titled("e#e", "急須を洗う", "水を使います。", lang="ja"),
    titled("f#f", "Cold", "It is drunk without a cup because it is cold.", "It takes five minutes since 2021."),
    replace(section("glossary#terms"), synonyms=TERMS),
    *(titled(f"g{n}#g", f"Number {n}", f"Of the harbour, entry {n}.") for n in range(20)),
)


def left_out(site: Topics, question: str, *cited: int, model: Model = PLAIN, lang: str = "en") -> Unstated:
    read = asked(question, site)
    return unstated(read, cited, account(read, cited, site, model.part), {}, site, lang, model)
