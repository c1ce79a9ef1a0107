"""The drawn pictures: told in words, of a phone's width, and readable in both schemes."""

import re
from pathlib import Path

import pytest
from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = ["choose-plugin", "flat-network", "overlay-network", "traffic-to-pods"]
# Text colour and what lies behind it, by the names in each picture's style.
PAIRS = [
    *(("ink", behind) for behind in ("plate", "box", "pale", "mint", "ask")),
    *(("soft", behind) for behind in ("plate", "pale", "mint")),
    *(("green", "plate"), ("green", "mint"), ("blue", "plate"), ("blue", "pale"), ("blue", "box"), ("red", "plate")),
    *(("on", "blue"), ("on", "green")),
]


def contrast(colour: str, other: str) -> float:
    """Contrast of two colours #rgb or #rrggbb: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    high, low = sorted((luminance(colour), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(c * 2 for c in color[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_contrast_is_counted_as_wcag_does():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", DRAWN)
class TestPicture:
    @pytest.fixture
    def picture(self, root: Path, lang: str, name: str) -> etree._Element:
        return etree.fromstring((root / f"docs/{lang}/assets/{name}.svg").read_bytes())

    def test_says_what_it_shows(self, picture: etree._Element, lang: str, name: str):
        assert picture.get("lang") == lang
        assert picture.get("aria-labelledby") == "t d"
        assert len(picture.findtext(f"{SVG}title[@id='t']")) >= 8
        assert len(picture.findtext(f"{SVG}desc[@id='d']")) >= 40

    def test_letters_are_large_enough_on_a_phone(self, picture: etree._Element, lang: str, name: str):
        width = float(picture.get("viewBox").split()[2])
        sizes = [int(size) for size in re.findall(r"font-size:(\d+)px", picture.findtext(f"{SVG}style"))]
        assert sizes and min(size for size in sizes if size > 12) * 328 / width >= 11, "328 px is left at 360 px"

    def test_words_stand_out_in_both_schemes(self, picture: etree._Element, lang: str, name: str):
        style = picture.findtext(f"{SVG}style")
        light, dark = (dict(re.findall(r"--(\w+):(#\w+)", block)) for block in re.findall(r"svg\{(--[^}]+)\}", style))
        assert "@media (prefers-color-scheme:dark)" in style and light.keys() == dark.keys()
        for colors in (light, dark):
            poor = [(pair, colors) for pair in PAIRS if contrast(colors[pair[0]], colors[pair[1]]) < 4.5]
            assert poor == []
