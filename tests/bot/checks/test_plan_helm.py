"""The command that updates ALB Controller names the release that the input names, and no other."""

from typing import Any

from bot.checks import compose
from bot.checks.plan import plans

from .planwork import flat
from .test_laws import association, deployment, subnet

REST = [subnet("agc", "10.0.4.0/24"), [association("g1", "agc")]]
RELEASE = {"meta.helm.sh/release-name": "agc", "meta.helm.sh/release-namespace": "ops"}


def listed(version: str, name: str = "agc", namespace: str = "ops") -> list[dict[str, Any]]:
    return [{"name": name, "namespace": namespace, "chart": f"alb-controller-{version}", "status": "deployed"}]


def running(version: str, namespace: str = "alb", **annotations: str) -> dict[str, Any]:
    workload = deployment(version)
    return workload | {"metadata": {**workload["metadata"], "namespace": namespace, "annotations": annotations}}


def command(*documents: Any) -> str:
    """The line of the plan that updates the controller of the first cluster."""
    made = plans(compose([flat(), *REST, *documents]), "overlay", "en")[0]
    (step,) = [step for step in made.steps if step.id == "controller"]
    (line,) = [line for line in step.commands if line.startswith("helm upgrade")]
    return line


def test_the_release_of_helm_list_and_the_namespace_of_the_pods_stand_in_the_command():
    line = command(listed("1.6.7"), running("1.6.7"))
    assert line.startswith("helm upgrade agc oci://")
    assert "--namespace ops " in line
    assert "albController.namespace=alb " in line
    assert "<CLIENT_ID>" in line


def test_a_workload_names_the_release_that_made_it():
    line = command(running("1.6.7", **RELEASE))
    assert line.startswith("helm upgrade agc oci://")
    assert "--namespace ops " in line
    assert "albController.namespace=alb " in line


def values(client: str) -> dict[str, Any]:
    return {"albController": {"namespace": "alb", "podIdentity": {"clientID": client}}}


def test_the_client_id_of_the_values_stands_in_the_command():
    own = "9b1c0c7e-2f0e-4d53-8a44-0a6a55b6d001"
    assert f"clientID={own}" in command(running("1.6.7"), values(own))
    for given in ([values(own), values(own[::-1])], [values("<client>")], [values("$(reboot)")]):
        assert "clientID=<CLIENT_ID>" in command(running("1.6.7"), *given)


def test_of_two_controllers_the_old_one_is_named():
    line = command(running("1.6.7", "blue"), running("1.9.0", "green"))
    assert "albController.namespace=blue " in line


def test_what_is_told_twice_in_two_ways_is_a_placeholder():
    for documents in (
        [listed("1.6.7"), listed("1.6.7", "other", "elsewhere")],
        [listed("1.6.7"), listed("1.6.6", "other", "elsewhere")],
        [listed("1.6.7"), running("1.6.7", **{"meta.helm.sh/release-namespace": "elsewhere"})],
    ):
        assert "--namespace '<HELM_NAMESPACE>'" in command(*documents)


def test_what_nobody_tells_is_a_placeholder():
    line = command(deployment("1.6.7"))
    assert line.startswith("helm upgrade alb-controller oci://")
    assert "--namespace '<HELM_NAMESPACE>'" in line
    assert "'albController.namespace=<CONTROLLER_NAMESPACE>'" in line


def test_a_name_that_is_none_of_kubernetes_is_not_put_into_a_command():
    line = command(running("1.6.7", "$(reboot)"))
    assert "reboot" not in line
