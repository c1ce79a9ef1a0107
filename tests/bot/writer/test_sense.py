"""Who does what to whom, how strongly, whether it is so, and when: as in the quote, or the sentence is refused."""

from dataclasses import replace

import pytest
from attacks import answer

from bot.language import SPOKEN, pack
from bot.records import Citation
from bot.writer.checking import IDLE, checked
from bot.writer.faithful import why_not

LANGS = pytest.mark.parametrize("lang", ["ja", "en"])
# By law: a quote and what says otherwise.
OTHERWISE = {
    "a weaker no is no no": {
        "en": [
            ("Wide shelves are not allowed in kiln B.", "Wide shelves are hardly allowed in kiln B."),
            ("Wide shelves are not allowed in kiln B.", "Wide shelves are barely allowed in kiln B."),
            ("Wide shelves are not allowed in kiln B.", "Wide shelves are rarely allowed in kiln B."),
            ("Wide shelves are not allowed in kiln B.", "Wide shelves are never allowed in kiln B."),
            ("Neither plates nor bowls crack.", "Never plates nor bowls crack."),
            ("The glaze does not melt.", "The glaze cannot melt."),
            ("The glaze cannot melt.", "The glaze does not melt."),
            ("The glaze cannot melt.", "The glaze should not melt."),
            ("You should not open the door.", "You do not open the door."),
        ],
        "ja": [
            ("幅の広い棚は窯 B では使用されません。", "幅の広い棚は窯 B ではほとんど使用されません。"),
            ("出典に記載がありません。", "出典に記載が不要です。"),
            ("出典に記載がありません。", "出典に記載が禁止です。"),
            ("出典に記載がありません。", "出典に記載が不可です。"),
            ("条件を満たしません。", "条件を満たし不要です。"),
            ("窯 B は使用しません。", "窯 B は使用してはいけません。"),
            ("窯 B は使用しません。", "窯 B は使用しないでください。"),
            ("窯 B は使用してはなりません。", "窯 B は使用しません。"),
            ("窯 B は対応していません。", "窯 B は対応が無理です。"),
            ("窯 B は電気では動きません。", "窯 B は電気では動くな。"),
        ],
    },
    "who does it to whom": {
        "en": [
            ("Glaze C needs kiln 4.", "Glaze C is needed for kiln 4."),
            ("Glaze C requires kiln 4.", "Glaze C is required in kiln 4."),
            ("The maker recommends a test.", "The maker is recommended for a test."),
            ("The sensor detects the smoke.", "The sensor is detected for the smoke."),
            ("The sensor detects the smoke.", "The sensor is detected by the smoke."),
            ("The sensor is detected by the smoke.", "The sensor detects the smoke."),
            ("Kiln D supports 250 plates.", "Kiln D is supported on 250 plates."),
            ("A plate that uses lead is marked.", "A plate that is used in lead is marked."),
            ("The glaze is mixed for the kiln.", "The glaze is mixed by the kiln."),
            ("The potter trains visitors.", "The potter trained by visitors."),
            ("You must close the door.", "It must close the door."),
            ("The kiln and its fan stop.", "The kiln and your fan stop."),
            ("All plates are not supported by kiln D.", "Kiln D does not support all plates."),
            ("Kiln oven D fires plates.", "Kiln and oven D fires plates."),
            ("Potters use plates in winter.", "Plates in winter are used by potters."),
            ("Kiln D melts rims that touch to a mass.", "Rims that touch to a mass are melted by kiln D."),
        ],
        "ja": [
            ("職人が皿を使います。", "職人が皿を使わせます。"),
            ("窯が煙を検出します。", "窯が煙に検出されます。"),
            ("窯は煙を検出します。", "窯は煙を検出してください。"),
            ("窯 B は、送風機を自動的に停止します。", "窯 B は、送風機を自動的に停止してください。"),
            ("皿または椀を焼きます。", "皿、椀を焼きます。"),
        ],
    },
    "whose purpose it is": {
        "en": [
            ("Ask the potter to open the lid.", "To open the lid, ask the potter."),
            ("Tell the visitor to leave the key.", "To leave the key, tell the visitor."),
            ("The law requires the owner to renew the lid.", "To renew the lid, the law requires the owner."),
            ("The fan fails to cool the lid.", "To cool the lid, the fan fails."),
            ("You must ask the potter to open the lid.", "To open the lid, you must ask the potter."),
        ],
        "ja": [],
    },
    "until and by, if and then, all and each, is and becomes": {
        "en": [],
        "ja": [
            ("金曜日まで窯を使います。", "金曜日までに窯を使います。"),
            ("5 日までに皿を移動します。", "5 日まで皿を移動します。"),
            ("扉を固定すると、警報が鳴ります。", "扉を固定し、警報が鳴ります。"),
            ("扉を固定すると、警報が鳴ります。", "扉を固定して、警報が鳴ります。"),
            ("すべては焼けません。", "すべてが焼けません。"),
            ("すべての皿は割れません。", "すべての皿が割れません。"),
            ("大半の皿は割れません。", "大半の皿が割れません。"),
            ("3 日以内に記録を保存します。", "3 日以内の記録を保存します。"),
            ("毎晩、記録を保存します。", "毎晩、記録を保存してください。"),
            ("毎晩、記録を保存します。", "毎晩、記録を保存すること。"),
            ("毎晩、記録を保存します。", "毎晩、記録を保存して。"),
            ("記録は無効になります。", "記録は無効にします。"),
            ("記録は無効にします。", "記録は無効になります。"),
        ],
    },
    "how strongly": {
        "en": [
            ("You must cool the kiln.", "You should cool the kiln."),
            ("You must cool the kiln.", "You can cool the kiln."),
            ("You must cool the kiln.", "You may cool the kiln."),
            ("You should cool the kiln.", "You must cool the kiln."),
            ("You can cool the kiln.", "You must cool the kiln."),
            ("You may cool the kiln.", "You must cool the kiln."),
            ("The kiln can crack.", "The kiln may crack."),
            ("The kiln may crack.", "The kiln might crack."),
            ("The kiln may crack.", "The kiln will crack."),
            ("The kiln probably cracks.", "The kiln possibly cracks."),
            ("The lid must be glass.", "The lid needs glass."),
        ],
        "ja": [
            ("窯は冷たくなければなりません。", "窯は冷たくあるべきです。"),
            ("窯を冷却する必要があります。", "窯を冷却するべきです。"),
            ("窯を冷却するべきです。", "窯を冷却する必要があります。"),
            ("窯を冷却する必要があります。", "窯を冷却できます。"),
            ("窯を冷却する必要があります。", "窯を冷却することがあります。"),
            ("窯を冷却する必要はありません。", "窯を冷却してはいけません。"),
            ("窯が割れることがあります。", "窯が割れます。"),
        ],
    },
    "when, and whether it is so": {
        "en": [
            ("Heat causes cracks.", "Heat has caused cracks."),
            ("Heat causes cracks.", "Heat had caused cracks."),
            ("Heat warps shelves.", "Heat warped shelves."),
            ("The lid must be replaced.", "The lid must have been replaced."),
            ("You must wash the bowl.", "You must have washed the bowl."),
            ("The kiln is closed.", "The kiln has been closed."),
            ("The kiln is closed.", "The kiln is being closed."),
            ("The kiln is still closed.", "The kiln is already closed."),
            ("The kiln has a simple lid.", "The kiln had a simple lid."),
            ("The kiln can be opened.", "The kiln can be opened?"),
            ("The kiln can be opened.", "The kiln can be opened?!"),
            ("The kiln can be opened.", "The kiln can be opened …"),
            ("The kiln opens.", "Does the kiln open."),
            ("If the lamp is red, the kiln is hot.", "Once the lamp is red, the kiln is hot."),
            ("If the lamp is red, the kiln is hot.", "As long as the lamp is red, the kiln is hot."),
            ("The door opens.", "Therefore the door opens."),
            ("If the lid is open, at night the fan stops.", "If the lid is open at night, the fan stops."),
            ("When the fan stops the lid, it is hot.", "When the fan stops, the lid it is hot."),
        ],
        "ja": [
            ("窯は使用されていません。", "窯は使用されていないようです。"),
            ("窯の扉が出ます。", "窯の扉が出るようです。"),
            ("窯は使用されます。", "窯は使用されました。"),
            ("窯は二度使用します。", "窯は二度使用した。"),
            ("窯は使用されます。", "窯は使用されるらしいです。"),
            ("窯は使用できます。", "窯は使用できます？"),
            ("窯が割れることがあります。", "窯が割れたことがあります。"),
            ("窯は使用されていません。", "窯は使用されていなくなります。"),
            ("赤い場合、窯は使用しません。", "赤い限り、窯は使用しません。"),
            ("扉を固定します。", "そのため、扉を固定します。"),
            ("窯はもはや使用されません。", "窯はまだ使用されません。"),
            ("火災が発生します。", "火災が発生しています。"),
            ("釉薬が流れます。", "釉薬が流れています。"),
            ("送風機は停止しています。", "送風機は停止します。"),
            ("窯を点検後に固定します。", "窯を点検後に固定しています。"),
        ],
    },
}
# What says the same.
ALIKE = {
    "en": [
        ("Heron plates are not supported by kiln D.", "Kiln D does not support Heron plates."),
        ("Kiln D does not support Heron plates.", "Heron plates are not supported by kiln D."),
        ("Smoke alarms can be tested by visitors.", "Visitors can test smoke alarms."),
        ("Heat causes cracks.", "Cracks are caused by heat."),
        ("Cracks in plates are caused by heat.", "Heat causes cracks in plates."),
        ("To use glaze C, you must run kiln 4 or later.", "You must run kiln 4 or later to use glaze C."),
        ("You must run kiln 4 or later to use glaze C.", "To use glaze C, you must run kiln 4 or later."),
        ("Glaze C needs kiln 4.", "Glaze C requires kiln 4."),
        ("You must cool the kiln.", "You have to cool the kiln."),
        ("The kiln cannot be opened.", "The kiln can't be opened."),
        ("The kiln is not closed.", "The kiln isn't closed."),
        ("A plate that cracks is waste.", "A plate which cracks is waste."),
        ("If the lamp is red, the kiln is hot.", "When the lamp is red, the kiln is hot."),
        ("The lid is therefore closed.", "The lid is closed."),
    ],
    "ja": [
        ("窯を冷却する必要があります。", "窯を冷却しなければなりません。"),
        ("出典に記載がありません。", "出典に記載がない。"),
        ("追加の設定は不要です。", "追加の設定は必要ありません。"),
        ("窯を冷却する必要はありませんが、扉は固定します。", "窯を冷却する必要はありません。"),
        ("窯を点検した後に、扉を固定します。", "窯を点検後に、扉を固定します。"),
        ("磁器では、窯の扉を固定してください。", "磁器では窯の扉を固定してください。"),
        ("そのため、窯は使用しません。", "窯は使用しません。"),
        ("窯 B は磁器をサポートします。", "窯 B は磁器をサポートしています。"),
        ("火災が発生しています。", "火災が発生しています。"),
    ],
}
CASES = [(law, lang, *case) for law, langs in OTHERWISE.items() for lang, cases in langs.items() for case in cases]


@pytest.mark.parametrize(("law", "lang", "quote", "text"), CASES)
def test_what_says_otherwise_is_refused(law: str, lang: str, quote: str, text: str):
    assert why_not(text, [quote], lang), law
    assert not why_not(quote, [quote], lang)


@pytest.mark.parametrize(("lang", "quote", "text"), [(lang, *case) for lang, cases in ALIKE.items() for case in cases])
def test_what_says_the_same_is_shown(lang: str, quote: str, text: str):
    assert not why_not(text, [quote], lang)


# Small words that stand anywhere: none of them may turn what is said.
SMALL = {
    "en": "been being has had have will would was were did can may might could should hardly never no in on at for by "
    "of with to not also so it you they that whose there and or",
    "ja": "ようです らしいです かもしれません でした ました まだ もう ほとんど すべて だけ のみ しか も から まで より "
    "または そのため",
}
SAID = {
    "en": ("The maker recommends a test during a quiet week.", "Kiln D must be cold when you open the lid."),
    "ja": ("製造元は静かな週に試験を推奨します。", "窯 D は冷たくなければなりません。"),
}


@LANGS
def test_no_small_word_may_be_added_anywhere(lang: str):
    gap = " " if lang == "en" else ""
    for quote in SAID[lang]:
        ends = [at for at, char in enumerate(quote) if char == " "] if gap else range(1, len(quote) - 1)
        for word in SMALL[lang].split():
            made = [f"{quote[:at]}{gap}{word}{quote[at:]}" for at in ends]
            assert [text for text in made if not why_not(text, [quote], lang)] == []


def test_a_sentence_names_no_quote_that_does_not_say_it():
    given = answer("en")
    cited = (*given.citations, Citation(4, "p#4", "en", "T", "/p", given.citations[0].quote, None))
    same = replace(given, citations=cited)
    text = "The Kestrel pump needs firmware 2.4.1 or later"
    assert checked(f"{text} [1]", given)[0]
    assert checked(f"{text} [1][2]", given) == (None, IDLE)
    assert checked(f"{text} [1][4]", same)[0]
    assert checked(f"{text}; Heron filters are not supported by the Kestrel pump [1][2]", given)[0]


def test_every_language_of_the_writer_has_the_same_keys():
    keys = [set(pack(lang, "writer")) for lang in SPOKEN]
    assert all(each == keys[0] for each in keys)
