"""Another site, in one language that the bot itself does not speak."""

import pytest
from twosites import first_index

from bot.answering.ask import Bot
from bot.records import Status

PAGE = """<!doctype html><html lang="de"><head><title>Handbuch</title></head><body><main><article>
<h1 id="handbuch">Handbuch der Kaffeemaschine</h1>
<h2 id="entkalken">Wie wird die Maschine entkalkt?</h2>
<p>Die Maschine wird alle drei Monate mit Zitronensäure entkalkt. Der Wassertank muss dabei voll sein.</p>
<h2 id="garantie">Garantie</h2><p>Die Garantie auf die Maschine gilt zwei Jahre ab dem Kauf.</p>
<h2 id="bohnen">Bohnen</h2><p>In den Behälter passen 250 Gramm Bohnen.</p>
</article></main></body></html>"""


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    folder = tmp_path_factory.mktemp("german")
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text(PAGE, "utf-8")
    first_index(folder / "site", folder / "index")
    return Bot.load(folder / "index", "bundled")


@pytest.mark.parametrize("lang", [None, "ja", "en", "de"])
def test_it_is_answered_in_its_own_language(german: Bot, lang: str | None):
    answer = german.ask("Wie wird die Maschine entkalkt?", lang)
    assert (answer.lang, answer.status) == ("de", Status.ANSWERED)
    assert answer.answer.startswith("Die Maschine wird alle drei Monate mit Zitronensäure entkalkt.")
    first = answer.citations[0]
    assert (first.url, first.lang, first.translation_url) == ("/#entkalken", "de", None)
    assert answer.rules == ()


def test_a_japanese_question_finds_the_german_text(german: Bot):
    answer = german.ask("保証期間は何年ですか")
    assert answer.lang == "de"
    assert (answer.status, answer.runners_up[0].section) == (Status.CLARIFY, "index#garantie")


def test_the_bots_own_words_are_english_there(german: Bot):
    answer = german.ask("🤖")
    assert (answer.status, answer.answer) == (Status.NOT_COVERED, "This site does not cover that.")


def test_another_topic_is_not_answered(german: Bot):
    assert german.ask("Who won the football world cup in 1990?").status is not Status.ANSWERED
