"""Who keeps a controller: as documents tell it, and of several who writes over the others."""

from typing import Any

import pytest

from bot.checks.inventory.inventory import Item, Place
from bot.checks.inventory.keepers import ADDON, ARGO, FLUX, HELM, TERRAFORM, keeper_of, keeper_of_item, strongest
from bot.checks.inventory.kinds import Kind


@pytest.mark.parametrize(
    ("kind", "document", "keeper"),
    [
        (Kind.RELEASE, {"chart": "kettle-1.0.0"}, HELM),
        (Kind.GITOPS, {"kind": "HelmRelease"}, FLUX),
        (Kind.GITOPS, {"kind": "Application"}, ARGO),
        (Kind.WORKLOAD, {"metadata": {"namespace": "kitchen"}}, HELM),
        (Kind.WORKLOAD, {"metadata": {"namespace": "kube-system"}}, ADDON),
        (Kind.WORKLOAD, {"metadata": {"labels": {"helm.toolkit.fluxcd.io/name": "kettle"}}}, FLUX),
        (Kind.WORKLOAD, {"metadata": {"annotations": {"argocd.argoproj.io/tracking-id": "kettle"}}}, ARGO),
        (Kind.WORKLOAD, {"metadata": {}}, ""),
    ],
)
def test_a_document_tells_its_keeper(kind: Kind, document: dict[str, Any], keeper: str):
    assert keeper_of(kind, document) == keeper


@pytest.mark.parametrize(
    ("value", "name", "keeper"),
    [({"keeper": FLUX}, "", FLUX), ({}, "helm_release.kettle", TERRAFORM), ({"keeper": ""}, "", "")],
)
def test_what_has_an_address_is_kept_by_its_plan(value: dict[str, Any], name: str, keeper: str):
    assert keeper_of_item(Item(value, Place(), name=name)) == keeper


@pytest.mark.parametrize(
    ("keepers", "addon", "keeper"),
    [
        ((HELM, TERRAFORM, FLUX), False, TERRAFORM),
        ((ARGO, FLUX), False, FLUX),
        ((ADDON, HELM), True, HELM),
        ((), True, ADDON),
        ((), False, HELM),
        (("",), False, HELM),
    ],
)
def test_of_several_the_one_who_undoes_the_others_changes_it(keepers: tuple[str, ...], addon: bool, keeper: str):
    assert strongest(keepers, addon=addon) == keeper
