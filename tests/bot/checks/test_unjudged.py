"""A value that may be the gateway's and was not judged is named; one of another thing is not."""

import pytest

from bot.checks.asked.unjudged import not_judged
from bot.question.parts import plain


@pytest.mark.parametrize(
    ("question", "rules", "observed", "left"),
    [
        ("alb controller 3.8.0, agc subnet 10.3.0.0/27", {"AGC003"}, {"3.8.0"}, ("/27",)),
        ("alb controller 3.8.0, agc subnet 10.3.0.0/27", {"AGC003", "AGC004"}, {"3.8.0", "/27"}, ()),
        ("agc subnet /27, it says v3.8.0 somewhere", {"AGC004"}, {"/27"}, ("v3.8.0",)),
        ("agc subnet /27, alb controller latest", {"AGC004"}, {"/27"}, ("latest",)),
        ("agc subnet /27, the VNets are peered", {"AGC004"}, {"/27"}, ("peered",)),
        ("agc in a VNet peered with the nodes'", {"AGC006"}, {"eastus"}, ()),
        ("コントローラー3.8.0、AGCサブネットは/27", {"AGC003"}, {"3.8.0"}, ("/27",)),
        ("AGCサブネット/27、コントローラーは最新版", {"AGC004"}, {"/27"}, ("最新版",)),
        ("AGCサブネット/27、ピアリング済み", {"AGC004"}, {"/27"}, ("ピアリング",)),
        # of other things
        ("alb controller 3.8.0, node subnet /22", {"AGC003"}, {"3.8.0"}, ()),
        ("コントローラー3.8.0、ノード用サブネットは/22", {"AGC003"}, {"3.8.0"}, ()),
        ("alb controller 3.8.0, Kubernetes 1.29.2, istio 1.2.3", {"AGC003"}, {"3.8.0"}, ()),
        ("alb controller from 1.5.2 to 3.8.0", {"AGC003"}, {"3.8.0"}, ()),
        ('{"networkPlugin": "azure", "podCidr": "10.0.0.0/24"} alb controller 3.8.0', {"AGC003"}, {"3.8.0"}, ()),
    ],
)
def test_what_was_not_judged(question: str, rules: set[str], observed: set[str], left: tuple[str, ...]):
    assert not_judged(plain(question), rules, observed) == left
