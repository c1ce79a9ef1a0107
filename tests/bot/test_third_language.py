"""A third language is files and nothing else: a folder of words beside `ja` and `en`."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from twosites import first_index

PAGES = {
    "de": """<h1 id="machine">Kaffeemaschine</h1>
<h2 id="descale">Wie wird die Maschine entkalkt?</h2><p>Die Maschine wird mit Zitronensäure entkalkt.</p>
<h2 id="hot">Darf das Wasser heiß sein?</h2><p>Nein. Das Wasser im Tank muss kalt sein.</p>""",
    "en": """<h1 id="machine">Coffee machine</h1>
<h2 id="descale">How is the machine descaled?</h2><p>The machine is descaled with citric acid.</p>
<h2 id="hot">May the water be hot?</h2><p>No. The water in the tank has to be cold.</p>""",
}
PROGRAM = """
import json, sys
from bot.answering.ask import Bot
from bot.language import SPOKEN, detect
bot = Bot.load(__import__("pathlib").Path(sys.argv[1]), "bundled")
asked = {question: bot.ask(question) for question in sys.argv[2:]}
from bot.api.schemas import Question
assert Question(question="Entkalken?", lang="de").lang == "de"  # the API takes it, too
print(json.dumps({question: [str(answer.status), answer.lang, answer.answer] for question, answer in asked.items()}))
"""
QUESTIONS = {
    "Wie wird die Maschine entkalkt?": ["answered", "de", "Die Maschine wird mit Zitronensäure entkalkt."],
    "Darf das Wasser heiß sein?": ["answered", "de", "Nein. Das Wasser im Tank muss kalt sein."],
    "How is the machine descaled?": ["answered", "en", "The machine is descaled with citric acid."],
    "May the water be hot?": ["answered", "en", "No. The water in the tank has to be cold."],
    "Guten Tag!": ["clarify", "de", "Guten Tag. Fragen Sie nach dem, was diese Website beschreibt, zum Beispiel:"],
    "Wie hoch ist der Eiffelturm in Paris?": ["not_covered", "de", "Das behandelt diese Website nicht."],
    "How high is the Eiffel Tower in Paris?": ["not_covered", "en", "This site does not cover that."],
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, list[str]]:
    """What a copy of the bot with a folder of German words says of a site in German and English."""
    folder = tmp_path_factory.mktemp("german")
    shutil.copytree(root / "bot", folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root / "bot/words/en", folder / "bot/words/de")
    shutil.copytree(root / "tests/data/words/de", folder / "bot/words/de", dirs_exist_ok=True)
    for lang, text in PAGES.items():
        page = folder / "site" / ("index.html" if lang == "de" else f"{lang}/index.html")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(
            f'<!doctype html><html lang="{lang}"><head><title>T</title></head><body><main><article>{text}'
            "</article></main></body></html>",
            "utf-8",
        )
    first_index(folder / "site", folder / "index_of_site")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, folder / "index_of_site", *QUESTIONS],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(folder), str(root)))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    said: dict[str, list[str]] = json.loads(done.stdout)
    return said


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_folder_of_words_teaches_the_bot_a_language(answers: dict[str, list[str]], question: str):
    assert answers[question] == QUESTIONS[question]
