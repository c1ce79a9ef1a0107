"""What says nothing is named and changes nothing; what only looks like nothing is read, or refused by its name."""

import json
from itertools import permutations
from typing import Any

import pytest

from bot.checks import Given, InputError, check, compose, ignored, read_documents, unread_keys
from bot.checks.posted import posted

from .test_laws import association, cluster, deployment, network, subnet

AKS = cluster("aks", "azure", "overlay")
WHOLE: list[Any] = [AKS, subnet("agc", "10.0.4.0/24"), network("a", "japaneast"), [association("g", "agc")]]
WHOLE += [deployment("1.8.0")]
ABSENT = 'Error from server (NotFound): configmaps "azure-ip-masq-agent-config" not found\n'
NOTHING = ["null", "null\n", "{}", "USER-SUPPLIED VALUES:\nnull\n", "USER-SUPPLIED VALUES:\n{}\n", "COMPUTED VALUES:\n"]
NOTHING += [ABSENT, "---\n", "# nothing\n---\nnull\n"]


def files(*texts: str) -> list[Given]:
    return [Given(read_documents(text.encode(), file=f"{at}.txt"), f"{at}.txt") for at, text in enumerate(texts)]


@pytest.mark.parametrize("text", NOTHING)
def test_a_file_that_says_nothing_is_named_and_changes_nothing(text: str):
    documents = [json.dumps(document) for document in WHOLE]
    plain = check(compose(files(*documents)), "en")
    for at in range(len(documents) + 1):
        inventory = compose(files(*documents[:at], text, *documents[at:]))
        assert [(place.file, name) for place, name in ignored(inventory)] in (
            [(f"{at}.txt", "null")],
            [(f"{at}.txt", "{}")],
        )
        assert [finding.status for finding in check(inventory, "en")] == [finding.status for finding in plain]


@pytest.mark.parametrize("text", NOTHING[:6])
def test_the_same_holds_in_one_paste(text: str):
    documents = [json.dumps(document) for document in WHOLE]
    plain = [finding.status for finding in check(WHOLE, "en")]
    for at in range(len(documents) + 1):
        paste = "\n".join([*documents[:at], text, *documents[at:]])
        assert [finding.status for finding in check(compose(read_documents(paste.encode())), "en")] == plain


@pytest.mark.parametrize("text", NOTHING)
def test_alone_it_is_called_what_it_is(text: str):
    for lang in ("ja", "en"):
        refused = posted.report(text.encode(), 1000, "json", lang)
        assert isinstance(refused, posted.Problem) and refused.code == "only-null"
        assert "`?`" not in refused.message and ("`null`" in refused.message or "`{}`" in refused.message)


@pytest.mark.parametrize("nothing", [None, {}])
def test_beside_an_association_it_may_be_one_more(nothing: Any):
    for documents in permutations([AKS, association("g", "agc"), nothing]):
        with pytest.raises(InputError) as refused:
            check(list(documents), "en")
        assert refused.value.code == "not-recognised"
    with pytest.raises(InputError):
        check([AKS, [association("g", "agc"), nothing]], "en")


@pytest.mark.parametrize("nothing", ["null", "{}", "---\n", "USER-SUPPLIED VALUES:\nnull\n"])
def test_it_is_no_list_of_associations(nothing: str):
    (given,) = files(nothing)
    with pytest.raises(InputError) as refused:
        compose(AKS, associations=[given])
    assert refused.value.code == "wrong-kind"


def test_an_empty_file_says_when_it_may_be_left_out():
    for lang in ("ja", "en"):
        with pytest.raises(InputError) as refused:
            read_documents(b"\n", file="masq.json")
        assert "azure-ip-masq-agent-config" in refused.value.message(lang)


def test_any_other_object_that_is_not_there_is_an_error():
    for text in (ABSENT.replace("configmaps", "secrets"), f"{ABSENT}Error: x", ABSENT.replace("NotFound", "Forbidden")):
        with pytest.raises(InputError) as refused:
            read_documents(text.encode())
        assert refused.value.code == "error-text"


MASQ = {"metadata": {"name": "azure-ip-masq-agent-config"}}
BARE = {key: value for key, value in deployment("1.6.7").items() if key in ("metadata", "spec")}


@pytest.mark.parametrize(
    ("kind", "version", "item", "rule", "planned"),
    [
        ("DeploymentList", "apps/v1", BARE, "AGC003", None),
        ("PodList", "v1", {"metadata": {}, "spec": BARE["spec"]["template"]["spec"]}, "AGC003", None),
        ("ConfigMapList", "v1", MASQ, "AGC012", "upgrade-to-overlay"),
    ],
)
def test_a_list_names_the_kind_of_its_items(kind: str, version: str, item: Any, rule: str, planned: str | None):
    flat = cluster("aks", "azure", None) | {"kubernetesVersion": "1.31"}
    flat["networkProfile"]["networkPolicy"] = None
    flat["agentPoolProfiles"][0] |= {"osType": "Linux", "type": "VirtualMachineScaleSets", "vmSize": "Standard_D4s_v5"}
    own = flat if planned else AKS
    typed = {"apiVersion": version, "kind": kind, "items": [item]}
    single = {"apiVersion": version, "kind": kind.removesuffix("List"), **item}

    def judged(*documents: Any) -> tuple[Any, ...]:
        (finding,) = [each for each in check(compose([own, *documents], planned=planned), "en") if each.id == rule]
        return finding.status, finding.observed

    assert judged(typed) == judged({"apiVersion": "v1", "kind": "List", "items": [single]}) == judged(single)
    assert judged(typed) != judged()


def deployed(**outputs: Any) -> dict[str, Any]:
    place = "/subscriptions/0/resourceGroups/g/providers/Microsoft.Resources/deployments/d"
    return {"id": place, "name": "d", "properties": {"outputs": outputs}, "type": "Microsoft.Resources/deployments"}


def test_the_outputs_of_a_whole_deployment_are_read():
    whole = deployed(cluster={"type": "Object", "value": AKS}, region={"type": "String", "value": "japaneast"})
    assert [each.status for each in check(whole, "en")] == [each.status for each in check(AKS, "en")]
    assert check(whole, "en")[0].pointer == "/properties/outputs/cluster/value/networkProfile/networkPlugin"
    assert [place.pointer for place, _ in unread_keys(compose(whole), "en")] == ["/properties/outputs"]
    for lang in ("ja", "en"):
        with pytest.raises(InputError) as refused:
            check(deployed(region={"type": "String", "value": "japaneast"}), "en")
        assert "`region`" in refused.value.message(lang)


@pytest.mark.parametrize("how", [{"existing": True}, {"condition": False}, {"condition": "[false()]"}])
@pytest.mark.parametrize("nested", [False, True])
def test_a_template_that_does_not_make_its_cluster_is_called_so(how: dict[str, Any], nested: bool):
    own = {"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2025-05-01", "name": "aks-1", **how}
    template: dict[str, Any] = {"$schema": "https://x/deploymentTemplate.json#", "contentVersion": "1.0.0.0"}
    template["resources"] = [own]
    if nested:
        inner = {"type": "Microsoft.Resources/deployments", "name": "d", "properties": {"template": template}}
        template = {**template, "resources": [inner]}
    for lang in ("ja", "en"):
        with pytest.raises(InputError) as refused:
            check(template, "en")
        assert refused.value.code == "template-existing" and "`aks-1`" in refused.value.message(lang)
    assert [text for _, text in unread_keys(compose([template, AKS]), "en") if "`aks-1`" in text]
    assert [each.status for each in check([template, AKS], "en")] == [each.status for each in check([AKS], "en")]
