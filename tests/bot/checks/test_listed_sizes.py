"""Of several subnets of gateways in a row the one of another size is judged; that all have it is no pass."""

import pytest

from bot.checks.asked.listed_sizes import beyond_in_row
from bot.question.parts import plain


@pytest.mark.parametrize(
    ("question", "size"),
    [
        ("Three AGCs, three subnets 10.0.1.0/24, 10.0.2.0/24 and 10.0.4.0/23, overlay. Allowed?", 23),
        ("AGC subnets are a /24 and a /27, overlay. ok?", 27),
        ("AGC用サブネット 10.1.1.0/24、10.1.2.0/25 の2つ、overlay。大丈夫？", 25),
        ("AGCは2つで、10.1.1.0/26と10.1.2.0/24です。overlayで大丈夫？", 26),
    ],
)
def test_the_first_of_another_size(question: str, size: int):
    assert beyond_in_row(plain(question)) == size


@pytest.mark.parametrize(
    "question",
    [
        "Two AGCs, subnets 10.0.1.0/24 and 10.0.2.0/24, overlay. Allowed?",
        "Subnets 10.0.1.0/24 and 10.0.2.0/25, AGC sits in 10.0.1.0/24. ok?",  # whose is the other one?
        "AGC subnets 10.0.1.0/24 or 10.0.2.0/25, overlay?",  # a choice
        "AGC and node subnets 10.0.1.0/24 and 10.0.2.0/22, overlay. ok?",
        "Two AGCs in 10.0.1.0/24, 10.0.2.0/25 is for the database. ok?",
        "AGCのサブネットは10.0.1.0/24、10.0.2.0/25はDB用です。大丈夫？",
        "AGCのサブネットは10.0.1.0/24、10.0.2.0/24、10.0.3.0/25はDB用です。大丈夫？",
        "AGC用サブネットは/24と/25のどちらがいい？",
        "AGC subnet 10.0.1.0/25, overlay. ok?",  # no row
    ],
)
def test_what_is_no_row_of_theirs_or_has_none(question: str):
    assert beyond_in_row(plain(question)) is None
