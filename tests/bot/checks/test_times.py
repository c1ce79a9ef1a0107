"""Of a value that was and one that is, the one of now is told; of a planned one, where now is asked about."""

import pytest

from bot.checks.asked.asked import judged
from bot.checks.asked.times import as_now
from bot.question.parts import plain


@pytest.mark.parametrize(
    ("question", "now"),
    [
        ("The AGC subnet was a /26 until May; now it is a /25. ok?", "The AGC subnet is /25. ok?"),
        ("The AGC subnet used to be a /21, but we rebuilt it as a /25. ok?", "The AGC subnet is /25. ok?"),
        ("The controller was 1.5.2 last week, upgraded it to 1.9.3. ok?", "The controller is 1.9.3. ok?"),
        ("The controller was 1.9.3 but we downgraded it to 1.5.2. ok?", "The controller is 1.5.2. ok?"),
        ("先月までAGCのサブネットは/26で、今は/25です。いい？", "AGCのサブネットは/25です。いい?"),
        ("AGCのサブネットは以前は/21でしたが、現在は/25です。いい？", "AGCのサブネットは/25です。いい?"),
        ("以前は/21でしたが、/25に作り直しました。いい？", "/25です。いい?"),
        ("以前はコントローラー1.5.2でしたが、1.9.3に上げました。いい？", "コントローラー1.9.3です。いい?"),
        ("Controller 1.5.2 now, 1.9.3 is scheduled for May. Is it fine today?", "Controller 1.5.2. Is it fine today?"),
        ("Controller 1.5.2 now, but we will go to 1.9.3. Is it fine now?", "Controller 1.5.2. Is it fine now?"),
        (
            "コントローラーは今1.5.2で、来週1.9.3に上げる予定。今の時点で大丈夫？",
            "コントローラーは1.5.2です。今の時点で大丈夫?",
        ),
    ],
)
def test_the_value_of_now(question: str, now: str):
    assert as_now(plain(question)) == now


@pytest.mark.parametrize(
    "question",
    [
        "The AGC subnet was a /26. ok?",  # what is it now?
        "The AGC subnet was a /26 and the node subnet is a /22 now. ok?",
        "Controller 1.5.2 now, 1.9.3 is scheduled for May. Is it fine then?",
        "Controller 1.5.2 and Gateway API 1.1.0 now. Is it fine now?",
        "AGCのサブネットは以前/26でした。いい？",
        "アップグレードの前は/24で、今は/26です。いい？",  # before what?
        "コントローラーは今1.5.2で、来週1.9.3に上げる予定。来週なら大丈夫？",
        "",
    ],
)
def test_where_only_one_is_told_or_another_asked_for_nothing_is_taken_away(question: str):
    assert as_now(plain(question)) == plain(question)


def test_the_value_of_now_is_the_one_that_is_judged():
    question = plain("The AGC subnet was a /24 until May; now it is a /25. ok with overlay?")
    assert [each.id for each in judged(question, "en")] == []
    assert [(each.id, each.observed) for each in judged(as_now(question), "en")] == [("AGC004", "/25")]
