"""The bot's own words: none is missing, none is left over, in either language."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.checks import rules

FIELDS = {"title", "expected", "why", "fix", "unknown"}
# Which files speak the words of each topic. (Those of quality.toml translate names that `kb eval` gives its figures,
# question.toml takes questions apart, questions.toml makes them, and writer.toml reads what a model wrote. Two have
# tests of their own: plan.toml tests/bot/checks/test_plan_words.py, and help.toml, by the names of commands and
# options, tests/bot/cli/test_cli_help.py.)
SPEAKERS = {
    "answers": "bot/**/*.py",  # some of its keys are the statuses of bot/checks/findings.py
    "errors": "bot/**/*.py",
    "feedback": "bot/**/*.py",
    "init": "bot/**/*.py",
    "learning": "bot/**/*.py",
    "terminal": "bot/**/*.py",
    "checks": "bot/**/*.py",
    "mcp": "bot/**/*.py",
    "slack": "bot/**/*.py",  # some of its keys are the statuses of bot/records.py
}


def words(root: Path, lang: str, topic: str) -> dict:
    return tomllib.loads((root / f"bot/words/{lang}/{topic}.toml").read_text("utf-8"))


def leaves(table: dict) -> set[str]:
    return {leaf for key, value in table.items() for leaf in (leaves(value) if isinstance(value, dict) else {str(key)})}


def test_both_languages_have_the_same_topics(root: Path):
    topics = {lang: {file.name for file in (root / f"bot/words/{lang}").iterdir()} for lang in ("ja", "en")}
    others = ["help", "plan", "quality", "question", "questions", "conversation", "language", "writer"]
    spoken = {f"{topic}.toml" for topic in [*SPEAKERS, *others]}
    assert topics["ja"] == topics["en"] == spoken


@pytest.mark.parametrize("topic", SPEAKERS)
def test_every_word_is_used(root: Path, topic: str):
    source = "\n".join(file.read_text("utf-8") for file in root.glob(SPEAKERS[topic]))
    spoken = set(re.findall(r"""(?<=["'.])[\w-]+(?=["'])""", source))  # "key" or "group.key"
    table = words(root, "en", topic)
    table.pop("rules", None)
    table.pop("arguments", None)  # by the names of the tools' arguments: tests/bot/mcp/test_mcp_schema.py
    table.pop("talk", None)  # by the kind of talk: see below
    table.pop("files", None)  # by the kind of OSError: bot/refused_values.py
    table.pop("values", None)  # by pydantic's name of the reason: tests/bot/test_refused_values.py
    assert leaves(table) - spoken == set()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_rule_has_all_its_words(root: Path, lang: str):
    texts = words(root, lang, "checks")["rules"]
    assert list(texts) == [rule.id for rule in rules()]
    assert {name: set(said) for name, said in texts.items() if set(said) != FIELDS} == {}
    assert [name for name, said in texts.items() if not all(text.strip() for text in said.values())] == []


@pytest.mark.parametrize("topic", SPEAKERS)
def test_japanese_words_are_japanese(root: Path, topic: str):
    def texts(table: dict) -> list[str]:
        return [t for v in table.values() for t in (texts(v) if isinstance(v, dict) else [str(v)])]

    assert [text for text in texts(words(root, "ja", topic)) if not re.search("[ぁ-んァ-ヶ一-龠、。（「]", text)] == []


def test_both_languages_take_questions_apart_by_the_same_keys(root: Path):
    ja, en = (words(root, lang, "question") for lang in ("ja", "en"))
    assert list(ja) == list(en) and list(ja["kinds"]) == list(en["kinds"])
    assert {tuple(kind) for kind in (*ja["kinds"].values(), *en["kinds"].values())} == {("name", "asks", "states")}
    assert [kind["name"] for kind in ja["kinds"].values() if not re.search("[ぁ-んァ-ヶ一-龠]", kind["name"])] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_kind_of_talk_has_its_words(root: Path, lang: str):
    known = {kind.partition(".")[0] for each in ("ja", "en") for kind in words(root, each, "conversation")["talk"]}
    assert words(root, lang, "answers")["talk"].keys() == known | {"what"}
