"""kb review --page: a page of this machine with buttons that write what the keys write, for who knows its address."""

import re
import subprocess
from html import unescape
from pathlib import Path

import httpx
import pytest
from patience import PATIENCE
from starlette.testclient import TestClient

from bot.api.csp import hash_source, inline_scripts
from bot.api.review_app import MAX_FORM, review_app
from bot.learning.gaps import Missed
from bot.learning.review import Decided, digest
from bot.learning.review_session import Places, Session
from bot.quality.calibrate import read_questions
from bot.records import Answer, Citation, Code, Item, Listing, Note, Paragraph, Status, Table

TOKEN = "a-token"
HOSTILE = "<script>alert(1)</script> \"'> --> & what?"
NEAR = ("faq#a", "faq#nowhere", "faq#b")
PAGE = "# FAQ { #faq }\n\n## A { #a }\n\nText.\n\n## B { #b }\n\nMore.\n"


def asked(question: str, lang: str = "en") -> Missed:
    return Missed(question, lang, 2, "not_covered", "faq#a", NEAR, 0.0)


class _Topics:
    """A site of which only titles and beginnings are asked for."""

    @staticmethod
    def group(section: str) -> dict[str, object]:
        class Shown:
            path, title, lang, url, sentences = (
                ("FAQ <b>",),
                f"Title of {section}",
                "en",
                "/faq/#a",
                ("It <u>begins</u>",),
            )

            @staticmethod
            def quote(sentence: str) -> str:
                return sentence

        return {"en": Shown()}


class _Bot:
    """Answers everything in the same way, from one section."""

    topics = _Topics()

    def of(self, version: str | None) -> "_Bot":
        return self

    def ask(self, question: str, lang: str, version: str | None) -> Answer:
        blocks = (
            Note("tip", "<b>", (Code("<pre>", "sh", 2),)),
            Table((), (("<td>", "1"),)),
            Listing((Item("<li>", (Paragraph("inner"),)),), start=3),
        )
        quoted = Citation(1, "faq#a", "en", "A", "/faq/#a", "No <i>answer</i>.", None, ("FAQ",), blocks)
        said = f"Not stated: {question}\nNo <i>answer</i>.\njavascript:alert(1)"
        return Answer(question, "en", Status.ANSWERED, said, 0.9, (quoted,), (), ("Near?",), 1.0, verdict="no")


def address(url: str) -> str:
    return f"http://127.0.0.1:8000{url}"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    for lang in ("en", "ja"):
        (tmp_path / "docs" / lang).mkdir(parents=True)
        (tmp_path / "docs" / lang / "faq.md").write_text(PAGE, "utf-8")
    return Places(tmp_path / "docs", tmp_path / "tests.jsonl", Decided(tmp_path / "state"))


@pytest.fixture
def page(places: Places):
    """A browser at the page of some questions; `ended` says how often Finish was pressed."""

    def page(*questions: Missed, lang: str = "en") -> TestClient:
        ended: list[None] = []
        session = Session(questions, places, lang)
        app = review_app(session, _Bot(), address, TOKEN, lambda: ended.append(None))  # type: ignore[arg-type]
        client = TestClient(app, base_url="http://127.0.0.1:5000")
        client.ended = ended  # type: ignore[attr-defined]
        return client

    return page


def press(client: TestClient, question: Missed, button: str) -> str:
    reply = client.post(f"/{TOKEN}/decide", data={"question": digest(question), "do": button})
    assert reply.status_code == 200 and str(reply.url).endswith(f"/{TOKEN}/")
    return unescape(reply.text)


def test_buttons_write_the_lines_that_the_keys_write(page, places: Places):
    first, second, third = asked("Is it /24?"), asked("これは何ですか", "ja"), asked("And this?")
    client = page(first, second, third)
    assert "1/3" in client.get(f"/{TOKEN}/").text
    assert "faq.md: added as a wording of faq#a" in press(client, first, "wording 1")
    english = (places.docs / "en/faq.md").read_text("utf-8")
    assert english == PAGE.replace("## A { #a }\n", "## A { #a }\n\n<!-- ask\nIs it /24?\n-->\n")
    assert "one question added" in press(client, second, "test 3")
    assert "3 reviewed, none left" in press(client, third, "skip 0")
    assert "3 reviewed, none left" in client.post(f"/{TOKEN}/finish").text
    (line,) = read_questions(places.tests)
    assert (line.question, line.lang, line.sections) == ("これは何ですか", "ja", ("faq#b",))
    assert places.decided.open([first, second, third]) == []
    assert (places.docs / "ja/faq.md").read_text("utf-8") == PAGE


def test_a_question_that_is_not_covered_becomes_a_test_without_a_section(page, places: Places):
    press(page(asked("Who won?")), asked("Who won?"), "test 0")
    assert [(line.answerable, line.sections) for line in read_questions(places.tests)] == [(False, ())]


def test_a_second_press_and_a_button_that_is_not_there_change_nothing(page, places: Places):
    first, second = asked("One?"), asked("Two?")
    client = page(first, second)
    for button in (
        "wording 0",
        "wording 4",
        "wording -1",
        "wording ²",
        "test 99",
        "test",
        "",
        "delete 1",
        "wording 1 1",
    ):
        assert "1/2" in press(client, first, button)
    assert not places.tests.exists() and places.decided.open([first, second]) == [first, second]
    press(client, first, "test 1")
    assert "2/2" in press(client, first, "test 2")
    assert len(read_questions(places.tests)) == 1


def test_a_section_without_a_source_and_a_file_that_cannot_be_written_are_told_and_decide_nothing(page, places: Places):
    question = asked("One?")
    client = page(question)
    assert "faq#nowhere: no source in" in press(client, question, "wording 2")
    places.tests.mkdir()
    assert f"{places.tests}: cannot be" in press(client, question, "test 1")
    (places.docs / "file").write_text("")
    lost = Places(places.docs, places.docs / "file/tests.jsonl", Decided(places.docs / "file/state"))
    session = Session([question], lost, "en")
    for button in (("test", 1), ("skip", 0)):
        session.decide(digest(question), *button)
        assert "cannot be written" in session.said and session.left == 1
    assert places.decided.open([question]) == [question]


def test_texts_are_texts_and_only_addresses_are_links(page):
    html = page(asked(HOSTILE)).get(f"/{TOKEN}/").text
    assert len(re.findall("<script", html)) == 1 and "<i>" not in html and "<u>" not in html and "<b><b>" not in html
    assert set(re.findall(r'href="([^"]*)"', html)) == {"http://127.0.0.1:8000/faq/#a"}
    assert html.count(HOSTILE) == 0 and HOSTILE in unescape(html)


def test_the_answer_has_the_forms_of_its_page_with_its_sources_folded(page):
    html = page(asked("One?")).get(f"/{TOKEN}/").text
    assert '<p class="verdict">No</p>' in html and '<ol start="3"><li>&lt;li&gt;<p>inner</p></li></ol>' in html
    assert "<pre><code>&lt;pre&gt;</code></pre>" in html and "<td>&lt;td&gt;</td><td>1</td>" in html
    assert "<summary>[1] FAQ › A</summary>" in html and "<li>Near?</li>" in html
    assert "It &lt;u&gt;begins&lt;/u&gt;" in html


def test_the_policy_lets_only_the_pages_own_script_and_style_run_and_no_host_be_asked(page):
    reply = page(asked("One?")).get(f"/{TOKEN}/")
    policy = dict(part.split(" ", 1) for part in reply.headers["content-security-policy"].split("; "))
    (script,) = inline_scripts(reply.content)
    (style,) = re.findall(rb"<style>(.*?)</style>", reply.content, re.DOTALL)
    assert policy == {
        **{"default-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'", "form-action": "'self'"},
        **{"script-src": hash_source(script), "style-src": hash_source(style)},
    }
    assert reply.headers["referrer-policy"] == "no-referrer" and reply.headers["cache-control"] == "no-store"
    assert not re.search(r"\b(src|srcset|style|on\w+)=", reply.text)


@pytest.mark.parametrize("path", ["/", "/x/", "/decide", "/a-toke/", "/a-token2/", "/%C3%A9/", "/x/finish"])
def test_without_the_token_there_is_nothing(page, places: Places, path: str):
    client = page(asked("One?"))
    form = {"question": digest(asked("One?")), "do": "test 1"}
    replies = [client.get(path), client.post(path, data=form)]
    assert {reply.status_code for reply in replies} <= {404, 405}
    assert not client.ended and not places.tests.exists() and TOKEN not in "".join(reply.text for reply in replies)


def test_a_strangers_name_for_this_machine_and_a_long_form_are_refused(page):
    client = page(asked("One?"))
    assert client.get(f"/{TOKEN}/", headers={"host": "evil.example"}).status_code == 421
    assert client.post(f"/{TOKEN}/decide", content=b"a" * (MAX_FORM + 1)).status_code == 413
    assert client.get(f"/{TOKEN}/decide").status_code == 405


def test_finish_says_what_is_left_and_ends(page):
    client = page(asked("One?"), asked("二つ目", "ja"), lang="ja")
    assert '<html lang="ja">' in client.get(f"/{TOKEN}/").text
    assert "残り 2 件" in client.post(f"/{TOKEN}/finish").text and len(client.ended) == 1


def test_the_command_serves_this_machine_alone_and_ends_with_the_button(
    tmp_path: Path, index_dir: Path, site_dir: Path, kb: list[str], root: Path
):
    (tmp_path / "asked.jsonl").write_text('{"question": "Who won the chess game on Saturn?"}', "utf-8")
    (tmp_path / "docs").mkdir()
    folders = {"--docs": tmp_path / "docs", "--tests": tmp_path / "t", "--state": tmp_path / "s", "--site": site_dir}
    given = [str(part) for each in {**folders, "--index": index_dir, "--lang": "en"}.items() for part in each]
    command = [*kb, "review", str(tmp_path / "asked.jsonl"), "--page", *given]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().split()[0]
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32}/", address)
        shown = httpx.get(address, trust_env=False, timeout=PATIENCE)
        assert "Who won the chess game on Saturn?" in shown.text and "This site does not cover" in shown.text
        assert "1 left" in httpx.post(f"{address}finish", trust_env=False, timeout=PATIENCE).text
        rest, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, rest) == (0, "1 left; the next review goes on from here\n")
    assert {file.name for file in tmp_path.iterdir()} == {"asked.jsonl", "docs"}
