"""Who reads: the language of a Slack user's own settings, for words that answer no question."""

import logging

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.language import SPOKEN
from bot.slack.context import Context

_log = logging.getLogger("kb")


async def language(client: AsyncWebClient, user: str, context: Context) -> str | None:
    """By `users.info` where the bot's token is set and may read it; None where it is not known."""
    if context.token:
        try:
            known = await client.users_info(user=user, include_locale=True)
            spoken = str(known["user"].get("locale", "")).partition("-")[0]
            return spoken if spoken in SPOKEN else "en"
        except Exception as error:  # the SDK raises AttributeError when Slack's answer is not JSON
            _log.warning("slack: users.info failed: %s", reason(error))
    return None


def reason(error: Exception) -> str:
    """Why a call failed, in one word; without what was sent."""
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__
