"""The check itself, on a small module: what a test notices, what it does not, and a list that is out of date."""

from pathlib import Path

import pytest

from mutants.__main__ import accepted, report
from mutants.check import Listed, Outcome, StaleError, Tried, check, chosen, outcome, read, workplace
from mutants.operators import Mutant, mutants

TOY = "def grown(age: int, *, legal: int = 18) -> bool:\n    return age >= legal and not age > 150\n"
TESTS = """from bot.toy import grown


def test_grown():
    assert [grown(age) for age in (17, 18, 19, 200)] == [False, True, True, False]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {"bot/__init__.py": "", "bot/toy.py": TOY, "tests/test_toy.py": TESTS}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def listed(by_hand: tuple[str, str] | None = None, reasons: dict[tuple[str, str], str] | None = None) -> Listed:
    return Listed(
        {"bot/toy.py": ["tests/test_toy.py"]},
        {},
        [("bot/toy.py", *by_hand)] if by_hand else [],
        {("bot/toy.py", *key): reason for key, reason in (reasons or {}).items()},
    )


def test_every_change_of_the_toy():
    made = {mutant.after for mutant in mutants("bot/toy.py", TOY)}
    assert made == {
        "def grown(age: int, *, legal: int = 19) -> bool:",
        "return age > legal and not age > 150",
        "return age >= legal or not age > 150",
        "return age >= legal and age > 150",
        "return age >= legal and not age >= 150",
        "return age >= legal and not age > 300",
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if wanted(one):\n    pass", {"if (not (wanted(one))):"}),
        ("for one in many:\n    if one:\n        continue", {"if (not (one)):", "pass", "break"}),
        ("def f():\n    \"\"\"One or two.\"\"\"\n    g()\n    return 0", {"pass", "return 1"}),
        ("x = re.compile('a|b|c')", {"x = re.compile('a|c')", "x = re.compile('a|b')"}),
        ("x = {'a', 'b', 'c'}", {"x = {'b', 'c'}", "x = {'a', 'c'}"}),
        ("x = text.strip().lower()", {"x = text.lower()", "x = text.strip()"}),
        ("x: int = min(one, -1) // 2", {"x: int = max(one, -1) // 2", "x: int = min(one, -2) // 2",
                                        "x: int = min(one, -1) * 2", "x: int = min(one, -1) // 3"}),
        ("x = one is not two", {"x = one is two"}),
        ("raise KeyError(f'{one or two}')", {"pass"}),
        ("@dataclass(frozen=True)\nclass A:\n    x: int", set()),
    ],
)  # fmt: skip
def test_what_is_changed_and_what_is_not(before: str, after: set[str]):
    assert {mutant.after for mutant in mutants("x.py", before)} == after


def test_the_order_stays_where_another_line_is_edited():
    edited = TOY.replace("18", "21").replace("def", "\n\ndef")
    order, again = (
        [mutant.after for mutant in mutants("x", source) if "age >" in mutant.after] for source in (TOY, edited)
    )
    assert order == again


def test_what_the_tests_notice_and_what_they_do_not(root: Path):
    picked = chosen(listed(("age: int, *", "age: int")), root, 10, ["bot/toy.py"])
    tried = {trial.mutant.after: trial.outcome for trial in check(listed(), root, picked, processes=1)}
    assert {after for after, said in tried.items() if said is Outcome.SURVIVED} == {
        "return age >= legal and not age >= 150",
        "def grown(age: int, legal: int = 18) -> bool:",
    }
    assert len(tried) == 7 and (root / "bot/toy.py").read_text("utf-8") == TOY


def test_one_that_never_ends_is_stopped(root: Path):
    endless = Mutant("bot/toy.py", 1, "", "", TOY.replace("return", "while True: pass\n    return"))
    with workplace(root) as place:
        assert outcome(place, endless, ["tests/test_toy.py"], seconds=1) is Outcome.ENDLESS
        assert outcome(place, None, ["tests/test_toy.py"]) is Outcome.SURVIVED


def test_tests_that_fail_without_any_change_prove_nothing(root: Path):
    (root / "tests/test_toy.py").write_text(TESTS.replace("17", "18"), "utf-8")
    with pytest.raises(StaleError, match=r"bot/toy\.py: its tests do not pass without any change"):
        list(check(listed(), root, chosen(listed(), root, 1, ["bot/toy.py"]), processes=1))


@pytest.mark.parametrize("before", ["age >= lawful", "age"])
def test_a_change_that_fits_nowhere_or_in_two_places_is_an_error(root: Path, before: str):
    with pytest.raises(StaleError, match=rf"by_hand, not exactly once in bot/toy\.py: {before}"):
        chosen(listed((before, "x")), root, 1, ["bot/toy.py"])


def test_a_reason_for_what_is_no_change_is_an_error(root: Path):
    with pytest.raises(StaleError, match=r"survives, no such change of bot/toy\.py: a → b"):
        chosen(listed(reasons={("a", "b"): "none"}), root, 1, ["bot/toy.py"])


def tried(*outcomes: Outcome, reason: str = "") -> list[Tried]:
    return [
        Tried(Mutant("a.py", 1, "x", "y", ""), said, reason if said is Outcome.SURVIVED else "") for said in outcomes
    ]


def test_what_is_accepted():
    killed, survived = [Outcome.KILLED] * 17, [Outcome.SURVIVED] * 3
    assert accepted(tried(*killed, *survived, reason="the same"))
    assert not accepted(tried(*killed, *survived))  # without a reason
    assert not accepted(tried(*killed[1:], *survived, reason="the same"))  # 84 %
    assert accepted(tried(*survived, reason="the same"), least=0)  # of one module all may be
    assert not accepted([])
    assert not accepted([*tried(*killed), Tried(Mutant("a.py", 1, "x", "y", ""), Outcome.KILLED, "a wrong reason")])


def test_the_report_names_survivors_and_their_reasons():
    text = report([*tried(Outcome.KILLED, Outcome.ENDLESS), *tried(Outcome.SURVIVED, reason="the same")])
    assert f"{'a.py':32}   2 of   3   67%" in text
    assert "survived: a.py:1\n    - x\n    + y\n    the same" in text


def test_the_list_fits_the_code(pytestconfig: pytest.Config):
    root = pytestconfig.rootpath
    list_ = read(Path(__file__).with_name("mutants.toml"))
    assert [module for module in list_.tests if not (root / module).is_file()] == []
    assert [test for tests in list_.tests.values() for test in tests if not (root / test).is_file()] == []
    assert chosen(list_, root, 10, list(list_.tests))  # or it raises
