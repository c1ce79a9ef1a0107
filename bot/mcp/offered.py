"""Pages and prompts, as the SDK asks for them."""

from collections.abc import Awaitable, Callable
from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    PaginatedRequestParams,
    Prompt,
    PromptArgument,
    PromptMessage,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
)

from bot.language import ELSE, say
from bot.mcp import prompts, resources
from bot.mcp.arguments import RefusedError
from bot.mcp.caller import Caller

MARKDOWN = "text/markdown"
Context = ServerRequestContext[Any, Any]


class Offered:
    """What a server offers beside its tools; `caller` tells from a request who calls."""

    def __init__(self, caller: Callable[[Any], Awaitable[Caller]], lang: str) -> None:
        self._caller, self._lang, self._prompts = caller, lang, prompts.prompts()

    async def list_resources(self, context: Context, params: PaginatedRequestParams | None) -> ListResourcesResult:
        start = params.cursor if params and params.cursor else "0"
        if not (start.isascii() and start.isdigit() and len(start) < 9):
            raise refused("no_resource")
        pages, following = await (await self._caller(context.request)).look(
            lambda bot: resources.listed(bot, int(start))
        )
        listed = [Resource(uri=page.uri, name=page.name, title=page.title, mime_type=MARKDOWN) for page in pages]
        return ListResourcesResult(resources=listed, next_cursor=None if following is None else str(following))

    async def list_templates(
        self, context: Context, params: PaginatedRequestParams | None
    ) -> ListResourceTemplatesResult:
        words = say(self._lang, "mcp", "resources.section")
        template = ResourceTemplate(
            name="section", uri_template=resources.TEMPLATE, description=words, mime_type=MARKDOWN
        )
        return ListResourceTemplatesResult(resource_templates=[template])

    async def read_resource(self, context: Context, params: ReadResourceRequestParams) -> ReadResourceResult:
        text = await (await self._caller(context.request)).look(lambda bot: resources.read(bot, params.uri))
        if text is None:
            raise refused("no_resource")
        return ReadResourceResult(contents=[TextResourceContents(uri=params.uri, mime_type=MARKDOWN, text=text)])

    async def _prompts_of(self, context: Context) -> dict[str, prompts.Prompt]:
        has_rules = (await self._caller(context.request)).has_rules
        return {name: prompt for name, prompt in self._prompts.items() if has_rules or not prompt.of_rules}

    async def list_prompts(self, context: Context, params: PaginatedRequestParams | None) -> ListPromptsResult:
        listed = [
            Prompt(
                name=prompt.name,
                title=prompt.title,
                description=prompt.description,
                arguments=[PromptArgument(name=n, description=d, required=True) for n, d in prompt.takes.items()],
            )
            for prompt in (await self._prompts_of(context)).values()
        ]
        return ListPromptsResult(prompts=listed)

    async def get_prompt(self, context: Context, params: GetPromptRequestParams) -> GetPromptResult:
        known = await self._prompts_of(context)
        if (prompt := known.get(params.name)) is None:
            raise refused("no_prompt", names=", ".join(known))
        try:
            text = prompt.filled(params.arguments or {})
        except RefusedError as error:
            raise MCPError(INVALID_PARAMS, str(error)) from None
        message = PromptMessage(role="user", content=TextContent(text=text))
        return GetPromptResult(description=prompt.description, messages=[message])


def refused(key: str, **values: object) -> MCPError:
    """The error of a request that names something that there is not."""
    return MCPError(INVALID_PARAMS, say(ELSE, "mcp", f"errors.{key}", **values))
