"""Whose version a number in a question is: the controller's, or that of a program that is named in front of it."""

import pytest

from bot.checks.asked.versions_asked import version

NETWORKS = ["Cilium", "Calico", "Antrea", "Flannel", "kubenet", "npm", "CNI", "Azure CNI"]
GATEWAYS = ["Istio", "Linkerd", "Envoy", "nginx", "Traefik", "Ingress", "AGIC", "API", "Gateway API", "CRD", "CRDs"]
CLUSTERS = ["Kubernetes", "k8s", "AKS", "CoreDNS", "containerd", "Ubuntu", "Windows", "Linux", "ama-metrics"]
TOOLS = ["Helm", "Terraform", "azurerm", "azapi", "Bicep", "kubectl", "az", "CLI", "azure-cli", "Azure CLI"]
ADDED = ["cert-manager", "KEDA", "Dapr", "Argo CD", "ArgoCD", "Flux", "Prometheus", "Grafana"]


@pytest.mark.parametrize("program", [*NETWORKS, *GATEWAYS, *CLUSTERS, *TOOLS, *ADDED])
@pytest.mark.parametrize("between", [" ", ":", "@", "=", " - ", " version ", " ver. ", " v"])
def test_a_number_behind_another_program_is_none_that_the_controller_may_have(program: str, between: str):
    for question in (f"ALB controller 1.8.1, {program}{between}2.6.3, ok?", f"{program}{between}2.6.3, ALB v1.8.1?"):
        assert version(question) == "1.8.1"


@pytest.mark.parametrize("word", ["perhaps", "gadget", "the other one", "gokubectl", "az's", "my-cli"])
def test_a_number_behind_any_other_word_may_be_the_controllers(word: str):
    assert version(f"ALB controller 1.8.1, {word} 2.6.3, ok?") is None
