"""Help and usage errors of `kb`, in the language of the reader and in lines that fit."""

import gettext
import re
import subprocess
from contextvars import Context
from pathlib import Path

import click
import pytest
from forked import Forking
from terminals import in_terminal

import bot.cli.kb  # registers the commands
from bot.cli.command import kb as group
from bot.cli.command_help import terminal_lang
from bot.language import pack, say
from bot.wrap import columns

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
COMMANDS = sorted(group.commands)
LOCALE = Path(bot.cli.__file__).parents[1] / "data/locale"


@pytest.fixture
def run(forked: Forking, environment: dict[str, str], tmp_path: Path):
    def start(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return forked.run(arguments, {**environment, **more}, tmp_path)

    return start


def options(command: click.Command) -> set[str]:
    return {str(param.name) for param in command.params if isinstance(param, click.Option)}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_command_and_option_has_words_and_every_word_a_command(lang: str):
    words = pack(lang, "help")
    assert words.keys() == {"options", "kb", *COMMANDS}
    for name in COMMANDS:
        own = set(words[name].get("options", {}))
        assert own <= options(group.commands[name]) <= own | set(words["options"])
    assert set(words["options"]) <= options(group) | {
        option for name in COMMANDS for option in options(group.commands[name])
    }


def test_japanese_help_is_japanese():
    words = pack("ja", "help")
    texts = [text for name in COMMANDS for text in (words[name]["help"], *words[name].get("options", {}).values())]
    texts = [text for text in texts if not text.endswith("の出力")]
    assert [text for text in (*texts, *words["options"].values()) if not JAPANESE.search(text)] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_commands_stand_in_groups_that_begin_in_one_column(run, lang: str):
    titles = pack(lang, "help")["kb"]["groups"]
    shown = run("--help", LANG=f"{lang}.UTF-8").stdout
    heads = [line.rstrip(":：") for line in shown.split("\n") if re.match(r"\S", line)]
    assert heads[-len(titles) :] == list(titles.values()) and next(iter(titles)) == "ask"
    listed = re.findall(r"^  ([a-z-]+)( +)\S", shown, re.MULTILINE)
    assert [name for name, _ in listed if name in COMMANDS] == [name for name in pack(lang, "help") if name in COMMANDS]
    assert set(titles) <= set(COMMANDS)
    assert len({len(name + gap) for name, gap in listed if name in COMMANDS}) == 1


@pytest.mark.parametrize("width", [44, 80, 160])
@pytest.mark.parametrize("command", ["", "check", "snapshot"])
def test_help_fits_the_terminal_in_columns(forked: Forking, environment: dict[str, str], command: str, width: int):
    shell = {**environment, "LANG": "ja_JP.UTF-8"}
    code, shown = in_terminal(forked, [*command.split(), "--help"], shell, Path.cwd(), width)
    lines = shown.split("\n")
    assert code == 0 and lines[0].startswith("使い方: kb")
    wide = [line for line in lines if columns(line) > min(width, 100) and "[" not in line]
    assert wide == [] and [line for line in lines if line.lstrip().startswith(("、", "。", "）"))] == []


def test_the_chosen_language_is_that_of_the_option_before_that_of_the_shell(run):
    for arguments in (["--lang", "ja"], ["--lang=ja"]):
        assert run("check", *arguments, "--help").stdout.startswith("使い方: ")
        assert "'--fo' というオプションはありません" in run("check", *arguments, "--fo").stderr
    assert run("check", "--lang", "en", "--help", LANG="ja_JP.UTF-8").stdout.startswith("Usage: ")


@pytest.mark.parametrize(
    ("shell", "lang"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:ja"}, "ja"),
        ({"LANG": "C", "LANGUAGE": "ja"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_of_a_shell(monkeypatch: pytest.MonkeyPatch, shell: dict[str, str], lang: str):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in shell.items():
        monkeypatch.setenv(name, value)
    assert Context().run(terminal_lang) == lang  # where no command has chosen one yet


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["chekc"], "'check'"),
        (["check", "--fromat", "json"], "'--format'"),
        (["explain", "acg4"], "AGC004"),
        (["explain", "subnet-sise"], "AGC004"),
        (["explain", "AGC0O4"], "AGC004"),
        (["rules", "AGC003", "subnet-sise"], "AGC004"),
    ],
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_slip_gets_what_was_meant(run, arguments: list[str], near: str, lang: str):
    done = run(*arguments, LANG=f"{lang}.UTF-8")
    assert (done.returncode, done.stdout) == (2, "")
    assert (f"{near} ではありませんか" if lang == "ja" else f"Did you mean {near}") in done.stderr


def test_a_rule_that_is_like_none_is_sent_to_the_list(run):
    done = run("explain", "nonsense", LANG="ja_JP.UTF-8")
    assert done.stderr == f"kb: {say('ja', 'errors', 'no_rule', rule=repr('nonsense'))}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "none.json"],
        ["check", "bad.json"],
        ["plan", "none.json"],
        ["explain"],
        ["explain", "AGC004", "--index", "none"],
        ["ask", "x", "--index", "none"],
        ["check", "--format", "pdf", "a.json"],
        ["serve", "--port", "many"],
        ["serve", "--port", "70000"],
        ["rules", "more"],
        ["completion", "tcsh"],
        ["feedback"],
        ["plan", "a.json"],
        ["check", "--lang"],
        ["check", "."],
        ["index", "none"],
    ],
)
def test_errors_speak_japanese_to_a_japanese_shell(run, tmp_path: Path, arguments: list[str]):
    (tmp_path / "bad.json").write_text('{"a": nope}', "utf-8")
    done = run(*arguments, LANG="ja_JP.UTF-8", KB_STORE="off")
    assert (done.returncode, done.stdout) == (2, "") and JAPANESE.search(done.stderr)
    assert not re.search("Error|Usage|Try|should|cannot|Run:|[Nn]o such|Is a", done.stderr)


@pytest.mark.parametrize("command", [["check"], ["plan", "--to", "agc"], ["eval"]])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_file_that_cannot_be_used_is_named(run, tmp_path: Path, command: list[str], lang: str):
    (tmp_path / "bad.json").write_text('{"a": nope}', "utf-8")
    for file in ("none.json", "bad.json"):
        done = run(*command, file, LANG=f"{lang}.UTF-8")
        assert (done.returncode, done.stdout) == (2, "") and file in done.stderr


def test_the_version_is_printed(run):
    done = run("--version")
    assert (done.returncode, done.stderr) == (0, "") and re.fullmatch(r"kb, version \d+\.\d+\.\d+\n", done.stdout)


def test_what_click_says_is_compiled_from_its_source():
    from babel.messages.pofile import read_po

    folder = LOCALE / "ja/LC_MESSAGES"
    with (folder / "click.po").open("rb") as source, (folder / "click.mo").open("rb") as compiled:
        written, read = read_po(source), gettext.GNUTranslations(compiled)
    for message in written:
        if isinstance(message.id, tuple):
            assert read.ngettext(*message.id, 2) == message.string[0]
        elif message.id:
            assert read.gettext(message.id) == message.string
            assert set(re.findall(r"\{(\w+)", message.id)) == set(re.findall(r"\{(\w+)", message.string))


def test_click_still_says_what_was_translated():
    from babel.messages.pofile import read_po

    source = "".join(file.read_text("utf-8") for file in Path(click.__file__).parent.glob("*.py"))
    with (LOCALE / "ja/LC_MESSAGES/click.po").open("rb") as opened:
        ids = [message.id for message in read_po(opened)]
    said = [message for id_ in ids for message in (id_ if isinstance(id_, tuple) else [id_])]
    assert [message for message in said if message and message.replace("\n\t", "\\n\\t") not in source] == []
