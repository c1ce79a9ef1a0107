"""From an inventory to the plan of each cluster: what is needed, each step where its conditions hold."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.checks.clusters.assemble import Case, cases
from bot.checks.clusters.belonging import UNDECIDED
from bot.checks.errors import InputError
from bot.checks.gather.printing import commands_for
from bot.checks.inventory.inventory import Inventory
from bot.checks.inventory.snapshot import Network
from bot.checks.plan.beside import Beside, beside
from bot.checks.plan.blockers import Stop, remade, stops
from bot.checks.plan.commands import looking, written
from bot.checks.plan.confirming import checked_anew, gate
from bot.checks.plan.gateway_commands import target
from bot.checks.plan.idea import Idea
from bot.checks.plan.installing import idle_of
from bot.checks.plan.names import Names, Written, names_of, reading
from bot.checks.plan.notes import notes, seen
from bot.checks.plan.policies import engine_of, has_windows
from bot.checks.plan.records import AGC, OVERLAY, Blocker, Check, Fill, Need, Plan, Quote, Step
from bot.checks.plan.remarks import open_state, remarks
from bot.checks.plan.state import MOST_GATEWAYS, State, state_of
from bot.checks.plan.steps import ideas
from bot.checks.plan.words import has, label, quoted, words
from bot.checks.printable import printable
from bot.checks.rules.engine import refuse

_SEAM = "\0"  # where a filled-in value begins or ends
# A name of the input is set off by a space, a word of Japanese is not. The spaces inside the words stay as they are.
_BESIDE = re.compile("(?<=[ぁ-ゖァ-ー一-龯]) \0(?=[ぁ-ゖァ-ー一-龯])|(?<=[ぁ-ゖァ-ー一-龯])\0 (?=[ぁ-ゖァ-ー一-龯])")
MOST_CLUSTERS = 100  # a plan is longer than the findings of a cluster


def plans(inventory: Inventory, goal: str, lang: str, base_url: str = "") -> list[Plan]:
    """The plan of each cluster, in the order of names. What the input calls planned is left out of account."""
    if len(inventory.clusters) > MOST_CLUSTERS:
        raise InputError("too-many-clusters", count=len(inventory.clusters), limit=MOST_CLUSTERS)
    now = replace(inventory, planned=[])
    clusters = cases(now, by_word=False)
    refuse(now, bool(clusters))
    for case in clusters:
        if case.fate == "destroyed":
            raise InputError(
                "plan-destroys", pointer=case.item.place.pointer, file=case.item.place.file, name=case.name
            )
    known = beside(now)
    return [_plan(case, known, goal, lang, base_url) for case in clusters]


def arranged(state: State, proposed: Iterable[Idea]) -> list[Idea]:
    """The steps in the order in which they are thought of, but each only when its conditions hold."""
    waiting, placed = list(proposed), []
    while waiting:
        ready = next((idea for idea in waiting if idea.need is Need.DONE or idea.requires(state)), None)
        if ready is None:
            raise RuntimeError(f"no step can be taken of: {', '.join(idea.id for idea in waiting)}")
        waiting.remove(ready)
        placed.append(ready)
        state = state if ready.need is Need.DONE else ready.effect(state)
    return placed


def after(state: State, proposed: Iterable[Idea]) -> State:
    """The cluster when all steps have been taken."""
    for idea in proposed:
        state = state if idea.need is Need.DONE else idea.effect(state)
    return state


def _plan(case: Case, known: Beside, goal: str, lang: str, base_url: str) -> Plan:
    state, names = state_of(case, known), names_of(case, known)
    if len(state.gateways) > MOST_GATEWAYS:
        raise InputError("too-many-gateways", count=len(state.gateways), limit=MOST_GATEWAYS)
    replaced = remade(case)
    in_the_way = [replaced] if replaced else stops(state, goal)
    blocked = tuple(_blocker(stop, lang, base_url) for stop in in_the_way)
    order = [] if blocked else arranged(state, ideas(state, goal))
    steps = tuple(_step(idea, order, state, case, known, names, lang, base_url) for idea in order)
    return Plan(
        name=printable(case.name),
        id=case.id and printable(f"/{case.id}"),
        goal=goal,
        summary=_summary(case, goal, blocked, steps, lang),
        blockers=blocked,
        steps=steps,
        notes=tuple(remarks(case, state, known, names, steps, lang)),
        confirm=None if blocked else _confirm(order, state, names, lang),
    )


def _summary(case: Case, goal: str, blocked: tuple[Blocker, ...], steps: tuple[Step, ...], lang: str) -> str:
    """One sentence that a reader may stop at."""
    name, to = printable(case.name or "?"), label(lang, f"goal-{goal}")
    if blocked:
        return words(lang, "summary.blocked", cluster=name, goal=to, count=len(blocked))
    counts = {need: sum(step.need is need for step in steps) for need in Need}
    if not counts[Need.TODO] and not counts[Need.UNCLEAR]:
        if state := open_state(case):
            return words(lang, "summary.done-open", cluster=name, goal=to, state=printable(state))
        return words(lang, "summary.done", cluster=name, goal=to)
    key = "unclear" if counts[Need.UNCLEAR] else "steps"
    if goal == OVERLAY and any(step.id == "upgrade" and step.need is Need.DONE for step in steps):
        key, to = f"there-{key}", label(lang, f"goal-{AGC}")  # whose needs are all that is left
    todo, unclear = counts[Need.TODO], counts[Need.UNCLEAR]
    return words(lang, f"summary.{key}", cluster=name, goal=to, todo=todo, unclear=unclear, done=counts[Need.DONE])


def _quote(key: str, lang: str, base_url: str) -> Quote:
    section, text = quoted(lang, key)
    page, _, anchor = section.partition("#")
    path = "" if page == "index" else page.removesuffix("/index") + "/"
    return Quote(text, section, f"{base_url.rstrip('/')}{'' if lang == 'ja' else f'/{lang}'}/{path}#{anchor}")


def _blocker(stop: Stop, lang: str, base_url: str) -> Blocker:
    key = f"blockers.{stop.id}"
    return Blocker(
        stop.id,
        words(lang, f"{key}.title"),
        stop.rule,
        stop.observed and printable(stop.observed),
        _quote(stop.quote, lang, base_url),
        notes(key, lang),
        words(lang, f"{key}.instead"),
    )


def _called(state: State, at: int | None, lang: str) -> tuple[str, str]:
    """A gateway, by its own name or by that of its subnet, and its subnet."""
    if at is None or state.gateways[at].name == "?":
        return label(lang, "gateway"), "?"
    name = printable(state.gateways[at].name)
    return (name if state.gateways[at].named else words(lang, "labels.gateway-on", subnet=name)), name


def _title(key: str, idea: Idea, state: State, gateway: str, subnet: str, lang: str) -> str:
    """The title of a step; a subnet or gateway that takes the place of another is named, where it is there."""
    made = [words(lang, f"labels.made-{kind}", name=printable(name)) for kind, name in idea.makes]
    if idea.id == "associate":
        gateway = label(lang, "or").join(printable(own.rsplit("/", 1)[-1]) for own in idle_of(idea, state))
    pools = ", ".join(map(printable, idea.pools))
    site = None if idea.at is None else state.gateways[idea.at].site
    heir, to, on = (printable((own or "?").rsplit("/", 1)[-1]) for own in (idea.heir, idea.subnet, site))
    places = {"gateway": gateway, "subnet": subnet, "makes": label(lang, "and").join(made), "pools": pools}
    places |= {"heir": heir, "to": to, "on": on, "others": _undecided(idea, state)}
    marked = words(lang, key, **{name: f"{_SEAM}{value}{_SEAM}" for name, value in places.items()})
    text = _BESIDE.sub("", marked).replace(_SEAM, "")
    ours = text.startswith(gateway) and (subnet == "?" or gateway != subnet)
    return text[:1].upper() + text[1:] if ours else text


def _undecided(idea: Idea, state: State) -> str:
    """The gateways of which nobody knows whose they are."""
    faces = () if idea.at is None else state.gateways[idea.at].faces
    return ", ".join(sorted({doubt.seen for face in faces for doubt in face.doubts if doubt.code == UNDECIDED}))


def _may_exist(idea: Idea, state: State) -> bool:
    """Whether nobody says if the gateway of a step exists: one step is for it, another one makes it."""
    if idea.id == "gateway":
        return state.in_use is None
    if idea.id == "associate":
        return idea.need is Need.UNCLEAR
    return idea.at is not None and state.gateways[idea.at].exists is None


def _step(
    idea: Idea,
    order: Sequence[Idea],
    state: State,
    case: Case,
    known: Beside,
    names: Names,
    lang: str,
    base_url: str,
) -> Step:
    key = f"steps.{idea.id}"
    gateway, subnet = _called(state, idea.at, lang)
    done = idea.need is Need.DONE
    made = Written((), (), None) if done else written(idea, state, names)
    asked_for = idea.looks_at if idea.need is Need.UNCLEAR else ()
    shown = [reading(command) for part in asked_for for _, command in commands_for(part, known.inventory, case)]
    kubenet = state.network is Network.KUBENET
    first = [] if done else [*looking(idea, names.tables, kubenet=kubenet), *gate(idea, order, state, names), *shown]
    lines = {line.text: line for line in first}
    check = made.check
    run = [*lines.values(), *made.lines, *([check] if check else [])]
    asked = [name for line in run for name in line.fill if name]
    about = seen(idea, case, known, names.space, lang)
    forms = ["done"] if done else ["maybe-on"] * (subnet != "?") + ["maybe"] if _may_exist(idea, state) else []
    if idea.id == "owner" and forms and not _undecided(idea, state):
        forms.insert(0, "unlisted")
    forms += ["there"] * bool(idea.heir or idea.subnet)
    if state.upgrades and not done:
        forms.append("deployed" if state.template else "applied")
    form = next((form for form in forms if has(lang, f"{key}.{form}")), "title")
    return Step(
        id=idea.id,
        need=idea.need,
        title=_title(f"{key}.{form}", idea, state, gateway, subnet, lang),
        marks=() if done else idea.marks,
        rule=idea.rule,
        reason=_quote(idea.quote, lang, base_url),
        notes=() if done else (*notes(key, lang, idea.notes, bool(made.lines)), *about),
        first=tuple(lines),
        commands=tuple(line.text for line in made.lines),
        fill=tuple(_fill(name, idea, state, names, lang) for name in dict.fromkeys([*asked, *made.fill])),
        check=Check(check.text if check else None, words(lang, f"{key}.expected")),
    )


def _fill(name: str, idea: Idea, state: State, names: Names, lang: str) -> Fill:
    """A placeholder, with what the input tells of it: a range that is free, an engine that is to be uninstalled."""
    tells = {
        "FREE_24_PREFIX": lambda: names.space.block(idea.number),
        "NETWORK_POLICY": lambda: engine_of(state),
        "BALANCER_FILE": lambda: target(idea, names),
    }
    example = printable(tells[name]() or "") if name in tells else None
    if name == "NETWORK_POLICY" and has_windows(state):
        return Fill(f"<{name}>", words(lang, f"fill.{name}-windows"))
    text = words(lang, f"fill.{name}-example", example=example) if example else words(lang, f"fill.{name}")
    return Fill(f"<{name}>", text)


def _confirm(order: Sequence[Idea], state: State, names: Names, lang: str) -> Check:
    lines = checked_anew(order, state, names)
    return Check(" && ".join(line.text for line in lines), words(lang, "confirm"))
