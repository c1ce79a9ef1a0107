import pytest

from bot.checks.versions import alb_version, tag_of


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("1.7.9", "1.7.9"),
        ("V1.7.9", "1.7.9"),
        ("\t1.7.9 ", "1.7.9"),
        ("1.7.9-rc1+b.2", "1.7.9-rc1+b.2"),
        ("a/alb-controller:1.2.3", "1.2.3"),
        ("alb-controller:v1.2.3", "1.2.3"),
        ("host:443/a/alb-controller:1.2.3@sha256:00", "1.2.3"),
    ],
)
def test_a_full_version_is_found(text: str, version: str):
    assert str(alb_version(text)) == version


@pytest.mark.parametrize(
    "text",
    [
        "",
        "v",
        "latest",
        "1",
        "1.7",
        "1.7.x",
        "01.7.9",
        "1.7.9.0",
        "-1.7.9",
        "host:443/a",
        "a@sha256:00",
        "a:b:1.7.9",
        "a/b:1.7.9",
        "alb-controller-bootstrap:1.7.9",
    ],
)
def test_anything_less_is_no_version(text: str):
    assert alb_version(text) is None


def test_absurd_numbers_are_no_version():
    assert alb_version("1.7." + "9" * 5000) is None
    assert alb_version(None) is None


@pytest.mark.parametrize(
    ("image", "tag"), [("r:5000/a/mine:1.7.8", "1.7.8"), ("mine:v1.7.8@sha256:00", "v1.7.8"), ("a/mine", "a/mine")]
)
def test_the_tag_of_an_image_of_any_name(image: str, tag: str):
    assert tag_of(image) == tag
