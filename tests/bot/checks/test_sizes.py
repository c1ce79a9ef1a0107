"""Sizes of subnets in all the ways that people write them."""

import pytest

from bot.checks.asked.sizes import sizes
from bot.question.parts import plain


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("a /22", 22),
        ("サブネットが/25です", 25),
        ("10.4.0.0/26.", 26),
        ("mask 255.255.254.0", 23),
        ("ネットマスクは255.255.255.128です", 25),
        ("256 addresses", 24),
        ("512 IP addresses", 23),
        ("1024 IPs", 22),
        ("128個のIPアドレス", 25),
        ("アドレス数は64", 26),
        ("10.0.4.0-10.0.5.255", 23),
        ("10.0.4.0 to 10.0.4.127", 25),
        ("10.30.0.0～10.30.0.255 の256アドレス", 24),
    ],
)
def test_a_size_is_the_length_of_its_prefix(text: str, size: int):
    assert list(sizes(plain(text))) == [size]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/9",
        "/33",
        "docs/24",
        "1/2024",
        "/24.5",
        "255.0.255.0",  # bits of a mask stand in a row
        "256.255.255.0",
        "500 addresses",  # no subnet has so many
        "in 256 regions",
        "1,024 addresses",
        "10.0.4.0-10.0.4.200",  # no subnet
        "10.0.4.128-10.0.5.127",
        "10.0.5.0-10.0.4.0",
        "10.0.4.0-10.0.4.999",
    ],
)
def test_what_is_no_size_is_none(text: str):
    assert list(sizes(text)) == []


def test_a_range_and_a_count_that_differ_are_two_sizes():
    assert sorted(sizes("10.0.4.0-10.0.4.255, 128 addresses")) == [24, 25]


def test_several_sizes_are_all_given():
    assert sorted(sizes("/24 or /25, or 255.255.255.192")) == [24, 25, 26]
