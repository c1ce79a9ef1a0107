"""Which version a question names, and what is left of it to look for."""

import pytest

from bot.question.versions import NoVersionError, called, concerning, of_address, without_version
from index.records import Version

HELD = (Version("2.0", ("latest",)), Version("1.0"), Version("1"), Version("dev"))


@pytest.mark.parametrize(
    ("question", "version", "left"),
    [
        ("How do I install it in 1.0?", "1.0", "How do I install it ?"),
        ("In version 1.0, how do I install it?", "1.0", "how do I install it?"),
        ("How do I install v1.0 on Linux?", "1.0", "How do I install on Linux?"),
        ("how do i install it in the latest version", "2.0", "how do i install it"),
        ("Is it supported in version 1?", "1", "Is it supported ?"),
        ("Does version 1.0.3 support it?", "1.0", "Does support it?"),
        ("In the dev docs, what is needed?", "dev", "what is needed?"),
        ("Is it on by default in the current release?", "2.0", "Is it on by default ?"),
        ("最新版での設定方法は？", "2.0", "設定方法は？"),
        ("バージョン 1.0 での設定方法は？", "1.0", "設定方法は？"),
        ("1.0 では有効ですか？", "1.0", "有効ですか？"),
        ("v1.0の既定値は？", "1.0", "既定値は？"),
    ],
)
def test_a_version_that_is_named_is_left_out_of_what_is_looked_for(question: str, version: str, left: str):
    about = concerning(question, (), "dev" if version != "dev" else None, HELD)
    assert (about.version, about.question) == (version, left)


@pytest.mark.parametrize(
    "question",
    [
        "How do I upgrade from 1.0 to 2.0?",
        "Is it new since version 1.0?",
        "How do I migrate from version 1.0?",
        "Which is faster, version 1.0 or 2.0?",
        "Is the ratio 1.0 by default?",
        "Is 1 enough?",
        "Does it end in 1 minute?",
        "Is it supported in 1.0.3-beta?",
        "What is the latest?",
        "What does the dev version need?",
        "最新版は何ですか？",
        "1.0 から 2.0 への移行手順は？",
        "バージョン 1.0 から移行できますか？",
        "比率の既定値は 1.0 ですか？",
    ],
)
def test_a_number_that_may_be_another_and_a_way_between_versions_name_none(question: str):
    about = concerning(question, (), "dev", HELD)
    assert (about.version, about.question) == ("dev", question)


def test_the_question_goes_before_the_one_before_it_that_before_the_reader_s_own_and_that_before_the_default():
    before = ["How do I start it in 1.0?"]
    assert concerning("How do I stop it in version 1?", before, "dev", HELD).version == "1"
    assert concerning("And stop it?", before, "dev", HELD).version == "1.0"
    assert concerning("How do I install the whole service on another machine?", before, "dev", HELD).version == "dev"
    assert concerning("How do I stop it?", (), None, HELD).version == "2.0"


def test_a_question_that_is_nothing_but_a_version_is_the_one_before():
    about = concerning("And in 1.0?", ["First?", "How do I start it?"], None, HELD)
    assert about.version == "1.0"
    alone = concerning("In 1.0?", (), None, HELD)
    assert (alone.version, alone.question) == ("1.0", "In 1.0?")


def test_a_site_without_versions_leaves_every_question_as_it_is():
    about = concerning("How in 1.0?", ("And in version 2?",), None, ())
    assert (about.version, about.question, about.history) == (None, "How in 1.0?", ("And in version 2?",))
    with pytest.raises(NoVersionError, match="only one version"):
        concerning("How?", (), "1.0", ())


@pytest.mark.parametrize("name", ["1.0", "v1.0", " 1.0 "])
def test_a_version_may_be_asked_for_with_a_v(name: str):
    assert called(name, HELD) == "1.0"
    assert called("latest", HELD) == "2.0"


@pytest.mark.parametrize("name", ["3.0", "", "1.0.3", "../1.0"])
def test_what_there_is_not_is_refused_with_what_there_is(name: str):
    with pytest.raises(NoVersionError, match=r"There are: 2\.0, 1\.0, 1, dev\.$"):
        called(name, HELD)


@pytest.mark.parametrize(
    ("path", "version", "left"),
    [
        ("/1.0/faq/#a", "1.0", "/faq/#a"),
        ("/docs/latest/faq", "2.0", "/docs/faq"),
        ("1.0/faq#latest", "1.0", "faq#latest"),
        ("https://docs.example/x/dev/", "dev", "https://docs.example/x/"),
        ("/faq/1.0.html", None, "/faq/1.0.html"),
        ("", None, ""),
    ],
)
def test_an_address_tells_its_version(path: str, version: str | None, left: str):
    assert without_version(path, HELD) == (version, left)
    assert of_address(path, HELD) == version


EDITIONS = (Version("第2版"), Version("第1版"))


@pytest.mark.parametrize(
    ("question", "version", "left"),
    [
        ("１.０ ではどう設定しますか？", "1.0", "どう設定しますか？"),
        ("バージョン１．０の既定値は？", "1.0", "既定値は？"),
        ("How do I stop it in ｖ１．０?", "1.0", "How do I stop it ?"),
    ],
)
def test_digits_of_full_width_name_a_version(question: str, version: str, left: str):
    about = concerning(question, (), "dev", HELD)
    assert (about.version, about.question) == (version, left)
    assert called("１.０", HELD) == "1.0"
    assert called("1.0", (Version("１.０"), Version("2"))) == "１.０"


def test_a_name_that_says_that_it_is_a_version_needs_no_word_beside_it():
    about = concerning("第１版での既定値は？", (), None, EDITIONS)
    assert (about.version, about.question) == ("第1版", "既定値は？")
    assert concerning("第1版から移行できますか？", (), None, EDITIONS).version == "第2版"


def test_an_address_as_a_browser_writes_it_tells_its_version():
    assert without_version("/%E7%AC%AC1%E7%89%88/faq/", EDITIONS) == ("第1版", "/faq/")
    assert of_address("/faq/?back=/1.0/x", HELD) is None


@pytest.mark.parametrize("question", ["1.0", "1.0?", "What about 1.0?", "１.０ は？", "1.0版の場合は？"])
def test_a_version_alone_asks_the_question_before_again(question: str):
    about = concerning(question, ["How do I start it in 2.0?"], None, HELD)
    assert (about.version, about.question, about.history) == ("1.0", "How do I start it ?", ())


@pytest.mark.parametrize(
    "question", ["Does it start with 1.0 GB?", "Does it end in 2.0 seconds?", "Is it fast with 1.0 CPU?", "on 1.0 % ?"]
)
def test_a_number_with_a_unit_is_no_version(question: str):
    assert concerning(question, (), "dev", HELD).version == "dev"


@pytest.mark.parametrize(
    ("question", "missing", "left"),
    [
        ("How do I stop it in 3.0?", "3.0", "How do I stop it ?"),
        ("In version 7, how do I stop it?", "version 7", "how do I stop it?"),
        ("How do I stop it on v9.1?", "v9.1", "How do I stop it ?"),
        ("バージョン 3.0 ではどう止めますか？", "バージョン 3.0", "どう止めますか？"),
        ("停止方法は 3.0 ではどうなりますか？", "3.0", "停止方法 どうなりますか？"),
    ],
)
def test_a_version_that_there_is_not_is_told_apart(question: str, missing: str, left: str):
    about = concerning(question, (), "dev", HELD)
    assert (about.version, about.missing, about.question) == ("dev", missing, left)
    assert concerning(question, (), None, (Version("stable"), Version("dev"))).missing is None


def test_a_question_that_is_nothing_but_a_missing_version_is_the_one_before():
    about = concerning("In 3.0?", ["How do I stop it?"], None, HELD)
    assert (about.version, about.missing, about.question) == ("2.0", "3.0", "How do I stop it?")


@pytest.mark.parametrize(
    "question",
    [
        "Does it work with TLS 3.2?",
        "Is port 3.0 open?",
        "Does it need version 3 of the compiler?",
        "Does it work with Python version 3.9?",
        "Does it end in 3.1 seconds?",
        "How do I upgrade from 1.0 to 3.0?",
        "How do I start it in 1.0.7?",
        "Python 3.9 では動きますか？",
        "Python のバージョン 3.9 で動きますか？",
        "3.0 と 4.0 の違いは？",
    ],
)
def test_numbers_of_something_else_are_no_missing_version(question: str):
    assert concerning(question, (), "2.0", HELD).missing is None
