"""What Microsoft's other document asks of a cluster before the upgrade, as steps."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from bot.checks.findings import Gap, Status, Verdict
from bot.checks.inventory.cluster import Cluster, Identity, NetworkProfile, Pool
from bot.checks.inventory.snapshot import Network
from bot.checks.plan.idea import NEEDS, Idea, always
from bot.checks.plan.policies import UNINSTALL, without_engine
from bot.checks.plan.records import Mark, Need
from bot.checks.plan.state import State
from bot.checks.rules.pool_conditions import is_aged, supported_pools, windows_build
from bot.checks.rules.upgrade_conditions import (
    added_engine,
    address_mode,
    kubernetes_version,
    managed_identity,
    masq_agent,
    one_operation,
    pod_ranges,
    policy_engine,
)

Asked = tuple[str, Verdict, tuple[Mark, ...], Callable[[State], State]]


BEFORE_WINDOW = ("windows", "windows-2019")  # pools are replaced or updated before it opens: that takes its time


def before_upgrade(state: State) -> list[Idea]:
    """Each condition that concerns the cluster; what disrupts traffic waits for the window."""
    return [
        Idea(
            name,
            "AGC012",
            f"before-{name}",
            marks,
            NEEDS[verdict.status],
            (lambda state: state.window) if Mark.DISRUPTIVE in marks and name not in BEFORE_WINDOW else always,
            effect,
            looks_at=("masqAgent",) if name == "masq" else ("aks",),
            pools=tuple(pool.name or "?" for pool in _aged(state)) if name == "windows-2019" else (),
            notes=("identity-principal", "identity-pools") if name == "identity" and Mark.IRREVERSIBLE in marks else (),
        )
        for name, verdict, marks, effect in _asked(state)
    ]


def in_operation(state: State) -> list[Idea]:
    """What a plan that makes the upgrade must not do in the same operation: it is mended before it is applied.

    The steps before it uninstall the policy engine: a plan that keeps one enabled then adds it.
    """
    snapshot = without_engine(state).alone()
    asked: list[tuple[str, Verdict, tuple[str, ...], tuple[str, ...]]] = [
        ("operation-dataplane", one_operation(snapshot), ("network_dataplane",), ("aks",)),
        ("operation-engine", added_engine(snapshot), ("network_policy",), ("aks",)),
        ("operation-range", pod_ranges(snapshot), ("pod_cidr", "pod_cidrs"), ("vnets",)),
    ]
    return [
        Idea(
            name,
            "AGC012",
            name,
            (),
            # Where the document is silent, no data decide: the plan leaves it for later.
            Need.TODO if verdict.status is Status.FAIL or verdict.gap is Gap.SOURCE else Need.UNCLEAR,
            lambda state: True,
            partial(_without_target, values=values),
            looks_at=looks_at,
        )
        for name, verdict, values, looks_at in asked
        if verdict.status is not Status.PASS
    ]


def _without_target(state: State, values: tuple[str, ...]) -> State:
    """The plan as it is when it no longer sets these values of the network."""
    target = state.operation.target
    if target is None or target.network_profile is None:
        return state
    profile = target.network_profile
    kept = {name: value for name, value in dict(profile).items() if name in profile.model_fields_set}
    left = NetworkProfile.model_construct(**{name: value for name, value in kept.items() if name not in values})
    changed = Cluster.model_construct(**{**dict(target), "network_profile": left})
    return replace(state, operation=replace(state.operation, target=changed))


def _asked(state: State) -> list[Asked]:
    snapshot = state.alone()
    asked: list[Asked] = [("version", kubernetes_version(snapshot), (), _with_version)]
    mode = address_mode(snapshot)
    if state.network is Network.FLAT or mode.status is not Status.PASS:  # of kubenet only what nobody tells
        asked.append(("pools", mode, (), _without_pod_subnets))
    kinds = supported_pools(snapshot)
    if kinds.status is not Status.PASS:  # one that fails is in the way of the plan
        asked.append(("pool-kinds", kinds, (), _with_supported_pools))
    if state.network is Network.KUBENET:
        asked.append(_identity(managed_identity(snapshot)))
    masq = masq_agent(snapshot)
    if masq.status is not Status.PASS:
        asked.append(("masq", masq, (), lambda state: replace(state, masq_agent=None)))
    asked += _windows(state)
    return [*asked, (UNINSTALL, policy_engine(snapshot), (Mark.DISRUPTIVE,), without_engine)]


def _windows(state: State) -> Iterator[Asked]:
    """Pools that never reach the build are replaced, all others get a newer image."""
    pools = state.aks.agent_pool_profiles or []
    aged = _aged(state)
    if aged:
        verdict = windows_build(_with(state, agent_pool_profiles=aged).alone())
        yield "windows-2019", verdict, (Mark.DISRUPTIVE,), _without_aged
    if not aged or len(aged) < len(pools):
        rest = [pool for pool in pools if pool not in aged] if aged else state.aks.agent_pool_profiles
        verdict = windows_build(_with(state, agent_pool_profiles=rest).alone())
        if verdict.status is not Status.PASS or verdict.observed:
            yield "windows", verdict, (Mark.DISRUPTIVE,), _with_windows


def _aged(state: State) -> list[Pool]:
    pools = state.aks.agent_pool_profiles or []
    return [pool for pool in pools if is_aged(pool)] if state.network is not Network.KUBENET else []


def _identity(verdict: Verdict) -> Asked:
    """Whoever leaves a service principal does not go back to it, and reimages nodes so that they leave it, too."""
    marks: tuple[Mark, ...] = (Mark.WAITS,)
    if verdict.observed == "identity=null":
        marks = (Mark.IRREVERSIBLE, Mark.WAITS)
    return "identity", verdict, marks, _with_identity


def _with_version(state: State) -> State:
    pools = state.aks.agent_pool_profiles
    lifted = pools and [_changed(pool, orchestrator_version=None, current_orchestrator_version=None) for pool in pools]
    return _with(state, current_kubernetes_version="1.27", agent_pool_profiles=lifted)


def _without_pod_subnets(state: State) -> State:
    return _with_pools(state, pod_subnet_id=None, pod_ip_allocation_mode=None)


def _with_supported_pools(state: State) -> State:
    scale_sets = {"type": "virtualmachinescalesets", "type_properties_type": None, "vm_size": None}
    pools = state.aks.agent_pool_profiles or []
    changed = [Pool.model_construct(**{**dict(pool), **scale_sets, "virtual_machines_profile": ()}) for pool in pools]
    return _with(state, agent_pool_profiles=changed)


def _with_windows(state: State) -> State:
    pools = state.aks.agent_pool_profiles or [Pool(name="?")]
    changed = [
        pool if is_aged(pool) else _changed(pool, os_type="linux", os_sku=None, node_image_version=None)
        for pool in pools
    ]
    return _with(state, agent_pool_profiles=changed)


def _without_aged(state: State) -> State:
    pools = state.aks.agent_pool_profiles or []
    changed = [
        _changed(pool, os_type="linux", os_sku=None, node_image_version=None) if is_aged(pool) else pool
        for pool in pools
    ]
    return _with(state, agent_pool_profiles=changed)


def _with_identity(state: State) -> State:
    return _with(state, identity=Identity.model_construct(type="userassigned"))


def _with_pools(state: State, **changes: str | None) -> State:
    pools = state.aks.agent_pool_profiles or [Pool(name="?")]
    return _with(state, agent_pool_profiles=[_changed(pool, **changes) for pool in pools])


def _changed(pool: Pool, **changes: str | None) -> Pool:
    return Pool.model_construct(**{**dict(pool), **changes})


def _with(state: State, **changes: object) -> State:
    return replace(state, aks=state.aks.model_copy(update=changes))
