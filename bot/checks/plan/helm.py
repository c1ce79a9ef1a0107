"""The command that updates ALB Controller, with the release that the documents name."""

from bot.checks.gather.arguments import plain
from bot.checks.plan.beside import plain_version
from bot.checks.plan.controllers import controller_need
from bot.checks.plan.names import Line
from bot.checks.plan.records import Need
from bot.checks.plan.state import State
from bot.checks.versions import CONTROLLER

CHART = "oci://mcr.microsoft.com/application-lb/charts/alb-controller"
_SETTING = "albController"


def updating(state: State) -> Line:
    """`helm upgrade` of the one release that is too old; of several, a person names each."""
    needs = [(controller, controller_need(state, controller)) for controller in state.controllers]
    worst = Need.TODO if any(need is Need.TODO for _, need in needs) else Need.UNCLEAR
    old = {plain_version(controller.version) for controller, need in needs if controller and need is worst}
    releases = [release for version, release in state.releases.items() if version in old]
    release = releases[0] if len(releases) == 1 else None
    name, namespace, home = (
        (plain(release.name), plain(release.namespace), plain(release.home)) if release else (None, None, None)
    )
    line = Line("helm", "upgrade", name or CONTROLLER, CHART)
    line.option("--namespace", namespace, "HELM_NAMESPACE").option("--version", None, "ALB_VERSION")
    client = plain(state.client)
    line.fill += [*([] if home else ["CONTROLLER_NAMESPACE"]), *([] if client else ["CLIENT_ID"])]
    return line.add(
        "--set",
        f"{_SETTING}.namespace={home or '<CONTROLLER_NAMESPACE>'}",
        "--set",
        f"{_SETTING}.podIdentity.clientID={client or '<CLIENT_ID>'}",
    )
