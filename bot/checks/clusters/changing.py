"""What a plan changes to something that nobody knows yet: outputs of what there is now do not tell it.

A value that only stands for one says less than any value, but not where a plan puts it in the place of another one.
"""

from collections.abc import Iterable, Sequence

from bot.checks.clusters.merging import ANSWERED_BY_NULL
from bot.checks.inventory.cluster import UNCLEAR, Cluster, Pool
from bot.checks.inventory.inventory import Item
from bot.checks.inventory.snapshot import Model, parsed
from bot.checks.spelling import AzureObject, stands_in

Change = tuple[Cluster, Cluster]  # before and after


def change_of_pool(pool: Pool, item: Item) -> Change | None:
    """What a plan makes of a node pool, as a change of its cluster; None where it makes nothing of it."""
    if item.before is None and not item.pending:
        return None
    was = Pool() if item.before is None else parsed(Pool, item.before, item.place.pointer, item.place.file)
    before = was if was.name else was.model_copy(update={"name": pool.name})
    return Cluster.model_construct(agent_pool_profiles=[before]), Cluster.model_construct(agent_pool_profiles=[pool])


def opened(cluster: Cluster, changes: Iterable[Change]) -> Cluster:
    """A cluster without the values that changes put something unknown in the place of."""
    for before, after in changes:
        cluster = _opened(cluster, before, after)
    return cluster


def _opened(made: Model, before: AzureObject, after: AzureObject) -> Model:
    values = {}
    for name in after.model_fields_set:
        now, was, will_be = (getattr(model, name, None) for model in (made, before, after))
        if isinstance(will_be, str) and stands_in(will_be):
            values[name] = now if was == will_be else will_be
        elif will_be is None and was is not None and name not in ANSWERED_BY_NULL:
            values[name] = UNCLEAR if isinstance(was, str) else None
        elif isinstance(will_be, AzureObject) and isinstance(now, AzureObject):
            values[name] = _opened(now, was if isinstance(was, AzureObject) else type(will_be)(), will_be)
        elif isinstance(will_be, list) and isinstance(now, list):
            values[name] = _opened_pools(now, was or [], will_be)
    return made.model_copy(update=values)


def _opened_pools(made: Sequence[Pool], before: Sequence[Pool], after: Sequence[Pool]) -> list[Pool]:
    """By their names; a pool without one is never put together with another."""
    was, will_be = ({(pool.name or "").casefold(): pool for pool in pools} for pools in (before, after))
    return [
        _opened(pool, was.get(pool.name.casefold(), Pool()), will_be[pool.name.casefold()])
        if pool.name and pool.name.casefold() in will_be
        else pool
        for pool in made
    ]
