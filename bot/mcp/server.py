"""The tools as a server of the SDK. Of its protocol only this file, offered.py and the two doors know."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from importlib.metadata import version
from typing import Any

from mcp.server.caching import CacheHint
from mcp.server.context import CallNext, HandlerResult
from mcp.server.lowlevel.server import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    METHOD_NOT_FOUND,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)
from pydantic import ValidationError

from bot.language import ELSE, say
from bot.mcp.arguments import RefusedError
from bot.mcp.caller import Caller
from bot.mcp.offered import Context, Offered, refused
from bot.mcp.schema import of_arguments, of_output
from bot.mcp.tools import TOOLS, call, offered
from bot.service.capacity import FullError
from index.records import Version

NAME = "cni-kb"
_HOUR, _MINUTE = CacheHint(3_600_000, "public"), CacheHint(60_000, "public")  # an index may be exchanged
_log = logging.getLogger("kb")


def server(caller: Callable[[Any], Awaitable[Caller]], lang: str = ELSE) -> Server[Any]:
    """The server; `caller` tells from a request (None on standard input) who calls. `lang`: of the list of tools."""
    logging.getLogger("mcp").setLevel(logging.ERROR)  # below that the SDK writes what was sent
    tools, others = _tools(lang), Offered(caller, lang)

    async def list_tools(context: Context, params: PaginatedRequestParams | None) -> ListToolsResult:
        here = await caller(context.request)
        listed = [_of_versions(tools[name], here.desk.bot.versions) for name in offered(here)]
        if here.has_rules:  # a model chooses by the subject
            words = f"{listed[0].description} {say(lang, 'mcp', 'subject')}"
            listed[0] = listed[0].model_copy(update={"description": words})
        return ListToolsResult(tools=listed)

    async def call_tool(context: Context, params: CallToolRequestParams) -> CallToolResult:
        here = await caller(context.request)
        if params.name not in (names := offered(here)):
            raise refused("no_tool", names=", ".join(names))
        try:
            shown = await call(params.name, params.arguments or {}, here)
        except RefusedError as error:
            return CallToolResult(content=[TextContent(text=str(error))], is_error=True)
        return CallToolResult(content=[TextContent(text=shown.text)], structured_content=shown.structured)

    made: Server[Any] = Server(
        NAME,
        version=version(NAME),
        instructions=say(lang, "mcp", "instructions"),
        cache_hints={
            "tools/list": _MINUTE,
            "prompts/list": _MINUTE,
            "resources/list": _MINUTE,
            "resources/templates/list": _HOUR,
            "resources/read": _MINUTE,
        },
        get_tool_input_schema={name: tool.input_schema for name, tool in tools.items()}.get,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=others.list_resources,
        on_list_resource_templates=others.list_templates,
        on_read_resource=others.read_resource,
        on_list_prompts=others.list_prompts,
        on_get_prompt=others.get_prompt,
    )
    made.middleware[:] = [_guarded]
    return made


async def _guarded(ctx: Context, call_next: CallNext) -> HandlerResult:
    """What fails is said in words of ours: an error's own text may hold what was sent."""
    try:
        return await call_next(ctx)
    except MCPError as error:
        if error.error.code == METHOD_NOT_FOUND:  # the SDK names the method
            raise MCPError(METHOD_NOT_FOUND, "Method not found") from None
        raise
    except ValidationError:
        raise MCPError(INVALID_PARAMS, "Invalid request parameters") from None
    except FullError:
        raise MCPError(INTERNAL_ERROR, say(ELSE, "errors", "over_capacity")) from None
    except TimeoutError:
        raise MCPError(INTERNAL_ERROR, say(ELSE, "mcp", "errors.late")) from None
    except Exception as error:
        _log.error("mcp: a request failed: %s", type(error).__name__, exc_info=error)
        raise MCPError(INTERNAL_ERROR, say(ELSE, "errors", "internal")) from None


def _of_versions(tool: Tool, versions: Sequence[Version]) -> Tool:
    """A tool as this site has a use for it: it asks for one of the versions, or not for any."""
    if "version" not in (takes := tool.input_schema["properties"]):
        return tool
    named = {"version": takes["version"] | {"enum": [version.name for version in versions]}} if versions else {}
    others = {name: form for name, form in takes.items() if name != "version"}
    gives = tool.output_schema or {}
    given = {name: form for name, form in gives["properties"].items() if versions or name != "version"}
    schemas = {
        "input_schema": tool.input_schema | {"properties": others | named},
        "output_schema": gives | {"properties": given},
    }
    return tool.model_copy(update=schemas)


def _tools(lang: str) -> dict[str, Tool]:
    return {
        name: Tool(
            name=name,
            description=say(lang, "mcp", f"tools.{name}"),
            input_schema=of_arguments(tool.takes, lang),
            output_schema=of_output(tool.gives),
            annotations=ToolAnnotations(read_only_hint=True),
        )
        for name, tool in TOOLS.items()
    }
