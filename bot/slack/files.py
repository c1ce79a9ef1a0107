"""Reading a file that someone gave to the bot in a dialog."""

from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

HOSTS = ("files.slack.com", "files.slack-gov.com")


class FileError(Exception):
    """The file could not be read; says nothing of its content."""


async def read(client: AsyncWebClient, file_id: str, limit: int) -> bytes:
    """The bytes of a file, at most `limit` + 1 of them. Raises FileError, or what the SDK and the network raise.

    The address comes from Slack's own answer, and the bot's token goes to Slack's file hosts only.
    """
    shared = await client.files_info(file=file_id)
    url = str(shared["file"].get("url_private_download") or "")
    if not _of_slack(url, client.base_url):
        raise FileError("the file is not on one of Slack's file hosts")
    headers = {"Authorization": f"Bearer {client.token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, headers=headers, allow_redirects=False) as response,
    ):
        if response.status != 200:
            raise FileError(f"HTTP {response.status}")
        content = bytearray()
        async for part in response.content.iter_any():
            content += part
            if len(content) > limit:
                break
        return bytes(content[: limit + 1])


def _of_slack(url: str, api: str) -> bool:
    """On Slack's file hosts; or, where the Web API itself is a stand-in of one's own, beside it."""
    asked, own = urlsplit(url), urlsplit(api)
    if asked.scheme == "https" and asked.hostname in HOSTS and asked.port in (None, 443):
        return True
    return own.hostname in ("127.0.0.1", "localhost", "::1") and asked.netloc == own.netloc
