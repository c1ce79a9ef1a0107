"""A text that is no JSON is refused in one language, with what is wrong at its place."""

import re

import pytest

from bot.checks.errors import InputError
from bot.checks.read import read_json
from bot.checks.yaml_text import parse_yaml
from bot.language import pack

SLIPS = {  # text: key of the words
    '{"a": tru}': "value",
    '{"a": 1,': "key",
    "[1 2]": "comma",
    '{"a" 1}': "colon",
    "{} {}": "more",
    '{"a": "x': "open-string",
    '"a\nb"': "control",
    r'"\x"': "escape",
}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("text", SLIPS)
def test_each_slip_has_its_words(text: str, lang: str):
    with pytest.raises(InputError) as refused:
        read_json(text.encode())
    assert pack(lang, "checks")["grammar"][SLIPS[text]] in refused.value.message(lang)


@pytest.mark.parametrize("text", ["a: [1", "a:\n\t- b", "? [1]\n: 2"])
def test_japanese_has_no_words_of_a_reader_of_yaml(text: str):
    with pytest.raises(InputError) as refused:
        parse_yaml(text)
    said = re.sub(r"`[^`]*`", "", refused.value.message("ja"))
    assert refused.value.code == "not-json"
    assert re.findall("[A-Za-z]{2,}", said) == ["JSON", "JSON", "Terraform"]
