"""An OpenAI-compatible endpoint: a conversation in, the text of the first choice out. Only this file speaks HTTP."""

import json
from collections.abc import Sequence
from typing import Any

import httpx2

from bot.writer.outcome import UnavailableError

LARGEST = 65_536  # bytes of a response
TOKENS = 600  # that are asked for


class Endpoint:
    """One address, model and key; connections are kept."""

    def __init__(
        self, url: str, model: str, key: str | None, seconds: float, transport: httpx2.AsyncBaseTransport | None = None
    ) -> None:
        headers = {"accept-encoding": "identity"} | ({"authorization": f"Bearer {key}"} if key else {})
        self._url, self._model = f"{url.rstrip('/')}/chat/completions", model
        self._client = httpx2.AsyncClient(headers=headers, timeout=seconds, transport=transport, follow_redirects=False)

    async def text(self, messages: Sequence[dict[str, str]]) -> str:
        """What the model says. Raises UnavailableError. Whoever calls sets the time."""
        asked = {"model": self._model, "messages": list(messages), "temperature": 0, "max_tokens": TOKENS}
        body = bytearray()
        try:
            async with self._client.stream("POST", self._url, json=asked) as response:
                if response.status_code != 200:
                    raise UnavailableError(f"it answers {response.status_code}")
                if response.headers.get("content-encoding", "identity") != "identity":  # a few bytes may become many
                    raise UnavailableError("its answer is compressed")
                async for chunk in response.aiter_raw():
                    body += chunk
                    if len(body) > LARGEST:
                        raise UnavailableError(f"its answer is larger than {LARGEST} bytes")
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            raise UnavailableError(type(error).__name__) from None
        return _content(bytes(body))

    async def close(self) -> None:
        await self._client.aclose()


def _content(body: bytes) -> str:
    try:
        said: Any = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise UnavailableError("its answer is no chat completion") from None
    if not isinstance(said, str):
        raise UnavailableError("its answer has no text")
    return said
