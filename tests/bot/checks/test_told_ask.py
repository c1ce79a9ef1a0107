"""Who tells of values and then only asks whether that will do asks of the values; a word that may turn them bars it."""

import pytest

from bot.checks.asked.told_ask import asks_of_harm, asks_of_what_it_told, is_bare_ask
from bot.question.parts import plain

TOLD = [
    "the agc subnet got created with mask 255.255.255.240, we run overlay. is that alright?",
    "describe deploy shows image alb-controller:1.5.1. we're on overlay, can we leave it?",
    "no idea who built it. the agc subnet turned out to be 10.3.0.0/27, overlay. safe to proceed?",
    "not sure why: alb controller 1.6.0, moving to overlay next month -- go?",
    "networkPlugin kubenet, the customer wants agc installed by friday. can we go ahead?",
    "誰が作ったかわからないんですが、AGCサブネットが10.7.0.0/21でした。このままやっていい？",
    "来週overlayへ移行予定です。コントローラーは1.5.9、AGCのサブネットは/24です。進めて大丈夫でしょうか？",
    "helmで確認したらalb-controller:1.6.1と表示されます。overlayですがこれで平気ですか？",
    "AGCのサブネットを/21で作ってしまいました。overlayに移行しても大丈夫ですか？",
    "来週overlay化します。コントローラー1.5.0、AGCサブネット/24です。実施していいですか？",
    "networkPluginはkubenetです。来月AGCを入れたいのですが大丈夫ですか？",
    "the agc subnet got created as /21, we found it today. can we move to overlay?",
    "10.9.0.0/27 のサブネットにoverlayのAGCを置いていいですか？",
    "10.9.0.0/27 のサブネットにoverlayのAGC載せたいんだけどいい？",
    "/27のサブネットしか空いてないのですがoverlayのAGCを入れても構わないですか？",
    '{"networkPlugin": "kubenet", "networkPolicy": null}: may I install AGC on this cluster?',
    "networkPlugin=kubenet. can we deploy agc in our cluster?",
]
TURNED = [
    "networkPlugin kubenet. can we install agc on the other cluster?",
    "alb controller 1.6.0, it will be replaced. we run overlay. ok?",  # another value by then
    "alb controller is 1.6.0, upgrading it before we move to overlay. go?",
    "the agc subnet is a /27 or a /24, overlay. ok?",  # which?
    "alb controller 1.6.0, plan to go up. overlay. ok?",
    "alb controller 1.6.0, going up, overlay. ok?",
    "the old agc subnet is a /27, overlay. ok?",
    "we do not have alb controller 1.6.0, overlay. ok?",
    "the agc subnet was a /27, overlay. ok?",
    "alb controller 1.6.0, overlay. we want to add a node pool. ok?",  # of the pool
    "we are restarting the gateway. its subnet is a /27, overlay. ok?",
    "alb controller 1.6.0, overlay. is 1.8.0 ok?",  # of the other one
    "alb controller 1.6.0, overlay. which nodes are fine?",
    "the agc subnet is a /27, overlay. can I delete it?",
    "alb controller 1.6.0. overlay?",  # asks nothing
    "コントローラーは1.6.0です。更新してからoverlayにします。大丈夫？",
    "コントローラーは1.6.0です。overlayから移行して大丈夫？",
    "コントローラーは1.6.0です。overlayに移行しなくて大丈夫？",
    "AGCサブネットは/27です。overlayです。消していい？",
    "AGCサブネット/27、overlay。どのVNetに置いてもいい？",
    "/27のサブネットのAGCを再起動したいんだけどいい？",
    "以前のAGCサブネットは/27でした。overlayです。いい？",
    "AGCサブネットは/27ではないです。overlayです。いい？",
    "AGCサブネットを/27に縮小したいんだけどいい？",
]


@pytest.mark.parametrize("question", TOLD)
def test_what_is_told_is_what_is_asked_about(question: str):
    assert asks_of_what_it_told(plain(question))


@pytest.mark.parametrize("question", TURNED)
def test_what_may_be_turned_or_is_another_matter_is_not(question: str):
    assert not asks_of_what_it_told(plain(question))


@pytest.mark.parametrize(
    "question",
    [
        "the agc subnet is a /27 on overlay. is that a problem?",
        "agc subnet /27, overlay. does this break any rule?",
        "alb controller 1.6.0, overlay. any issue?",
        "AGCのサブネットは/27です。オーバーレイで問題ある？",
        "AGCサブネット/27、overlay。これって問題になりますか？",
        "コントローラーは1.6.0、overlayです。まずい？",
    ],
)
def test_whether_what_is_told_does_harm_is_asked_the_other_way_round(question: str):
    assert asks_of_harm(plain(question)) and not asks_of_what_it_told(plain(question))


@pytest.mark.parametrize(
    "question",
    [
        "the agc subnet is a /27 on overlay. is this the limit?",
        "the agc subnet was a /27, overlay. is that a problem?",
        "the agc subnet is a /27 on overlay. what is the problem?",
        "the agc subnet is a /27 on overlay. no problem?",
        "AGCのサブネットは/27です。オーバーレイで問題ない？",
        "AGCサブネット/27、overlay。何が問題？",
        "AGCサブネットは/27ではないです。overlayです。問題ある？",
    ],
)
def test_another_ask_is_none_of_harm(question: str):
    assert not asks_of_harm(plain(question))


@pytest.mark.parametrize(
    "clause", ["ok?", "go?", "are we good?", "can we leave it as is", "これOK?", "進めていいですか?"]
)
def test_a_bare_ask(clause: str):
    assert is_bare_ask(clause)


@pytest.mark.parametrize(
    "clause", ["can I delete it?", "not ok?", "is the vnet ok?", "why?", "消していいですか?", "だめ?", "どこでもいい?"]
)
def test_an_ask_that_says_more(clause: str):
    assert not is_bare_ask(clause)
