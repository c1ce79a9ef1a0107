"""The manifests ask for exactly what the code uses: commands, shortcuts, events, addresses and permissions."""

import ast
import importlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings

# The permissions that a method of the Web API, an event or a feature needs, by Slack's reference.
METHODS = {
    "auth_test": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "files_info": {"files:read"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_update": set(),
}
EVENTS = {"app_mention": {"app_mentions:read"}, "message.im": {"im:history"}, "app_home_opened": set()}
ADDRESSES = {"/slack/commands", "/slack/events", "/slack/interactions"}


@pytest.fixture(params=["manifest.yaml", "manifest-socket.yaml"])
def manifest(root: Path, request: pytest.FixtureRequest) -> dict[str, Any]:
    return yaml.safe_load((root / "deploy/slack" / request.param).read_text("utf-8"))


@pytest.fixture
def over_http(root: Path) -> dict[str, Any]:
    return yaml.safe_load((root / "deploy/slack/manifest.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def calls(root: Path) -> list[tuple[str, str, list[Any]]]:
    """Every call of a method in bot/slack: the object's name, the method, the values of its arguments."""
    listed = []
    for file in sorted((root / "bot/slack").glob("*.py")):
        module = importlib.import_module(f"bot.slack.{file.stem}" if file.stem != "__init__" else "bot.slack")
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = ast.unparse(node.func.value).rpartition(".")[2]
                listed.append((owner, node.func.attr, [_value(argument, module) for argument in node.args]))
    return listed


def _value(node: ast.expr, module: Any) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    return getattr(module, node.id, None) if isinstance(node, ast.Name) else None


def registered(calls: list[tuple[str, str, list[Any]]], kind: str) -> set[str]:
    return {arguments[0] for owner, method, arguments in calls if (owner, method) == ("bolt", kind)}


def scopes(manifest: dict[str, Any]) -> set[str]:
    return set(manifest["oauth_config"]["scopes"]["bot"])


def test_the_command_is_the_one_that_the_settings_name(manifest: dict[str, Any], calls):
    assert [command["command"] for command in manifest["features"]["slash_commands"]] == [Settings().slack_command]
    assert len(registered(calls, "command")) == 1


def test_the_shortcuts_are_those_of_the_code(manifest: dict[str, Any], calls):
    assert {shortcut["callback_id"] for shortcut in manifest["features"]["shortcuts"]} == registered(calls, "shortcut")


def test_the_events_are_those_of_the_code(manifest: dict[str, Any], calls):
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    assert {event.partition(".")[0] for event in events} == registered(calls, "event")
    assert events == EVENTS.keys()


def test_the_permissions_are_those_that_the_code_needs(manifest: dict[str, Any], calls):
    used = {method for owner, method, _ in calls if owner == "client" and "_" in method}
    assert used - METHODS.keys() == set()
    needed = {"commands"}.union(*(METHODS[method] for method in used), *EVENTS.values())
    assert scopes(manifest) == needed


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_documentation_gives_a_reason_for_each_permission(root: Path, lang: str, over_http: dict[str, Any]):
    page = (root / f"docs/{lang}/service/slack.md").read_text("utf-8")
    table = page.partition("{ #slack-scopes }")[2].partition("\n## ")[0]
    named = re.findall(r"`([a-z_]+:[a-z]+|commands)`", "".join(re.findall(r"^\|[^|]*\|", table, re.MULTILINE)))
    assert sorted(named) == sorted(scopes(over_http))


def test_the_addresses_are_those_that_the_service_answers(over_http: dict[str, Any]):
    settings = over_http["settings"]
    given = [
        over_http["features"]["slash_commands"][0]["url"],
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
    ]
    assert {address.removeprefix("https://kb.example.com") for address in given} == ADDRESSES


def test_socket_mode_differs_by_its_switch_and_has_no_address(root: Path, over_http: dict[str, Any]):
    text = (root / "deploy/slack/manifest-socket.yaml").read_text("utf-8")
    socket = yaml.safe_load(text)
    assert "kb.example.com" not in text
    assert socket["settings"].pop("socket_mode_enabled") is True
    assert over_http["settings"].pop("socket_mode_enabled") is False
    del over_http["features"]["slash_commands"][0]["url"]
    del over_http["settings"]["event_subscriptions"]["request_url"]
    del over_http["settings"]["interactivity"]["request_url"]
    assert socket == over_http


def test_names_keep_slacks_limits(manifest: dict[str, Any]):
    shown, features = manifest["display_information"], manifest["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert all(
        len(shortcut["name"]) <= 24 and len(shortcut["description"]) <= 150 for shortcut in features["shortcuts"]
    )
    assert all(len(command["usage_hint"]) <= 1000 for command in features["slash_commands"])


def test_the_home_and_direct_messages_are_switched_on(manifest: dict[str, Any]):
    assert manifest["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
