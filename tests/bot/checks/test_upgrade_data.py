"""The data that a verdict about the upgrade to CNI Overlay rests on, and of several open conditions the one to tell."""

from bot.checks.findings import Gap

from .test_forms import TEMPLATE, arm
from .test_upgrade_forms import OWN, POOL, PROFILE, WHOLE, finding

MASQ_AGENT = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "azure-ip-masq-agent-config"}}


def test_of_several_open_conditions_of_a_cluster_that_which_data_may_decide_is_told():
    silent = {"networkProfile": {**PROFILE, "networkPolicy": "cilium"}}
    alone, both = finding({**WHOLE, **silent}), finding({**WHOLE, **silent, "kubernetesVersion": None})
    assert (alone.gap, both.gap, both.pointer) == (Gap.SOURCE, Gap.DATA, "/kubernetesVersion")
    assert finding({**WHOLE, **silent}, MASQ_AGENT).gap is Gap.DATA


def test_a_pass_rests_on_the_data_of_every_condition():
    """A pool that may come leaves it open; with kubenet, pools are not what the first condition looks at."""
    kubenet = {**WHOLE, "networkProfile": {**PROFILE, "networkPlugin": "kubenet"}, "identity": {"type": "UserAssigned"}}
    second = arm(
        {**POOL, "name": "two", "id": f"{OWN}/agentPools/two"}, "Microsoft.ContainerService/managedClusters/agentPools"
    )
    assert finding(kubenet, {**TEMPLATE, "resources": [second]}).status == "pass"
    perhaps = {**second, "condition": "[parameters('two')]"}
    assert finding(kubenet, {**TEMPLATE, "resources": [perhaps]}).status == "unknown"
