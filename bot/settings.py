"""Settings: environment variables with the prefix KB_, read once at the edge into one frozen value."""

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.language import say
from bot.refused_values import why_refused
from index.encoder.protocol import BUNDLED
from index.errors import KbError
from index.remote.address import is_address, refused, shown

SECRETS = ("slack_signing_secret", "slack_signing_secret_old", "slack_bot_token", "slack_app_token")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
OFF = "off"  # the value of a setting that switches its feature off
_OURS = "refused"  # the reason is in bot/words/<lang>/errors.toml, by the type of the error
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?|https?://\[[0-9a-f:]+\](?::\d{1,5})?")

_NAME = re.compile(r"\*|(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*", re.IGNORECASE)
# What pages may load from elsewhere; nothing that would let any script run, or any site frame or replace a page.
CSP_DIRECTIVES = ("script-src", "style-src", "img-src", "font-src", "connect-src", "media-src", "frame-src")
_SOURCE = re.compile(r"https://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?(?:/[A-Za-z0-9._~/-]*)?")
_HASH = re.compile(r"'sha(?:256|384|512)-[A-Za-z0-9+/]{43,88}={0,2}'")


def _as_text(value: object) -> object:
    return os.fspath(value) if isinstance(value, os.PathLike) else value


class Settings(BaseSettings):
    """Every setting, its default and its meaning; docs/<lang>/service/settings.md lists the same."""

    model_config = SettingsConfigDict(env_prefix="KB_", env_ignore_empty=True, frozen=True, extra="ignore")

    site: Path = Field(Path("build/site"), description="Folder of the built site.")
    index: Annotated[str | None, BeforeValidator(_as_text)] = Field(
        None, description="Folder of the index, or its address in an object store; beside the site's folder if unset."
    )
    sites: Path | None = Field(None, description="File that names several sites to be served by one service.")
    index_cache: Path | None = Field(None, description="Where the index of a store is kept; beside the site if unset.")
    index_poll: Annotated[float, Field(ge=0.1, le=86_400)] = 10.0  # seconds between two looks at the store
    index_largest_gb: Annotated[float, Field(gt=0, le=1024)] = 8.0  # of an index that is taken from the store
    model: str = Field(BUNDLED, description="`bundled`, or a sentence-transformers model name or path.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    site_url: str = Field("http://127.0.0.1:8000/", description="Public address of the site, for absolute links.")
    max_question: Annotated[int, Field(ge=1, le=10_000)] = 1000  # characters
    max_history: Annotated[int, Field(ge=0, le=100_000)] = 5000  # characters of the questions before, together

    store: Path = Field(Path("build/store.db"), description="File of readers' votes; `off` keeps none.")
    store_votes: Annotated[int, Field(ge=1, le=1_000_000)] = 20_000  # the newest ones
    store_days: Annotated[int, Field(ge=1, le=36_500)] = 365

    allowed_hosts: str | None = Field(None, description="Further names under which the service answers; `*` for any.")
    cors_origins: str = Field(OFF, description="Origins of other sites that may call the API, separated by commas.")
    csp: str = Field(OFF, description="Sources elsewhere from which pages may load, as in a Content-Security-Policy.")

    rate_limit: Annotated[str, Field(pattern=r"^(off|[1-9]\d*/(second|minute|hour|day))$")] = "60/minute"
    rate_store: Annotated[str, Field(pattern="^(memory|rediss?|redis\\+sentinel|redis\\+cluster)://")] = "memory://"
    proxy_hops: Annotated[int, Field(ge=0, le=10)] = 0  # proxies of ours in front, each adding to X-Forwarded-For
    client_connections: Annotated[int, Field(ge=1, le=10_000)] = 100  # at once; behind proxies: requests under way
    max_waiting: Annotated[int, Field(ge=0, le=10_000)] = 32  # questions
    drain_seconds: Annotated[float, Field(ge=0, le=600)] = 3.0  # between "not ready" and the end
    mcp: bool = Field(True, description="Serve agents at /mcp, where the extra `mcp` is installed.")
    log_questions: bool = Field(False, description="Write the text of questions into the log.")

    slack_signing_secret: SecretStr | None = Field(None, description="Signing secret of the Slack app.")
    slack_signing_secret_old: SecretStr | None = Field(None, description="The one before, while it is being changed.")
    slack_bot_token: SecretStr | None = Field(None, description="Bot token, for mentions, dialogs and sharing.")
    slack_app_token: SecretStr | None = Field(None, description="App-level token: Socket Mode.")
    slack_command: Annotated[str, Field(pattern=r"^/[a-z0-9_-]{1,31}$")] = "/cni"  # as in the app's manifest
    slack_human_channel: str | None = Field(None, description="Id of the channel for questions to people.")
    slack_api_url: str = Field("https://slack.com/api/", description="Slack's Web API.")
    slack_hooks_url: str = Field("https://hooks.slack.com/", description="Where replies may be posted.")

    @model_validator(mode="before")
    @classmethod
    def _own_address(cls, given: Any) -> Any:
        """Where nobody names the public address, it is the one that the service listens on."""
        if not isinstance(given, dict) or "site_url" in given or str(given.get("port")) == "0":
            return given
        host = {"0.0.0.0": LOOPBACK[0], "::": LOOPBACK[0]}.get(str(given.get("host", LOOPBACK[0])), given.get("host"))
        host = f"[{host}]" if ":" in str(host) else host or LOOPBACK[0]
        return {**given, "site_url": f"http://{host}:{given.get('port', 8000)}/"}

    @field_validator(*SECRETS)
    @classmethod
    def _printable(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[!-~]+", value.get_secret_value()):
            raise PydanticCustomError("ascii_word", _OURS)
        return value

    @field_validator("slack_api_url", "slack_hooks_url")
    @classmethod
    def _secure(cls, value: str) -> str:
        address = urlsplit(value)
        safe = address.scheme == "https" or (address.scheme == "http" and address.hostname in LOOPBACK)
        if safe and address.hostname and not (address.username or address.query or address.fragment):
            return f"{value.rstrip('/')}/"
        raise PydanticCustomError("https_address", _OURS)

    @field_validator("slack_human_channel")
    @classmethod
    def _channel_id(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[CG][A-Z0-9]{2,}", value):
            raise PydanticCustomError("channel_id", _OURS)
        return value

    @field_validator("cors_origins")
    @classmethod
    def _exact_origins(cls, value: str) -> str:
        if value != OFF and not all(_ORIGIN.fullmatch(origin) for origin in _split(value)):
            raise PydanticCustomError("origins", _OURS)
        return value

    @field_validator("allowed_hosts")
    @classmethod
    def _names(cls, value: str | None) -> str | None:
        if not all(_NAME.fullmatch(name) for name in _split(value or "")):
            raise PydanticCustomError("host_names", _OURS)
        return value

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names under which the service answers besides addresses in numbers and this machine's own names."""
        return (urlsplit(self.site_url).hostname or "", *_split(self.allowed_hosts or ""))

    @field_validator("csp")
    @classmethod
    def _exact_sources(cls, value: str) -> str:
        for directive, sources in _directives(value).items():
            refused = [source for source in sources if not _may_load(directive, source)]
            if directive not in CSP_DIRECTIVES or refused or not sources:
                raise PydanticCustomError("csp_sources", _OURS, {"directives": ", ".join(CSP_DIRECTIVES)})
        return value

    @property
    def csp_sources(self) -> dict[str, tuple[str, ...]]:
        """The sources by directive."""
        return _directives(self.csp)

    @property
    def cors(self) -> tuple[str, ...]:
        """The origins whose pages may call the API: the site's own, where that is published elsewhere, and others."""
        site = urlsplit(self.site_url)
        port = f":{site.port}" if site.port not in (None, {"http": 80, "https": 443}.get(site.scheme)) else ""
        own = f"{site.scheme}://{site.hostname}{port}"
        here = site.hostname in LOOPBACK or not _ORIGIN.fullmatch(own)
        return (*(() if here else (own,)), *(() if self.cors_origins == OFF else _split(self.cors_origins)))

    @property
    def store_file(self) -> Path | None:
        """None if nothing shall be kept."""
        return None if str(self.store) == OFF else self.store

    @field_validator("index")
    @classmethod
    def _place(cls, value: str | None) -> str | None:
        if value is not None and is_address(value) and refused(value):
            raise PydanticCustomError("index_address", _OURS)
        return value

    @property
    def index_address(self) -> str | None:
        """The index's address in an object store; None if it is a folder."""
        return self.index if self.index and is_address(self.index) else None

    @property
    def build_folder(self) -> Path:
        """Where indexes are built: `build/site` has its index in `build/site.index`, unless KB_INDEX names a folder."""
        return Path(self.index) if self.index and not self.index_address else self._beside("index")

    @property
    def index_folder(self) -> Path:
        """Where the index is read. That of a store is kept in a folder of its own for each address and model."""
        if not self.index_address:
            return self.build_folder
        kept = self.index_cache or self._beside("index-cache")
        return kept / hashlib.sha256(f"{self.index_address}\0{self.model}".encode()).hexdigest()[:16]

    def _beside(self, what: str) -> Path:
        site = self.site if self.site.name else self.site.resolve()  # "." has no name of its own
        return site.with_name(f"{site.name}.{what}")


def read_settings(**overrides: object) -> Settings:
    """Settings from the environment; `overrides` (from the command line) win where they are not None."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError(error.errors()) from None


class SettingsError(KbError):
    """Settings that were refused; its text is English, `message` that of any language."""

    def __init__(self, problems: Sequence[ErrorDetails]) -> None:
        self._problems = problems
        super().__init__(self.message("en"))

    def message(self, lang: str) -> str:
        """Which settings, what they are, and why that cannot be."""
        told = (f"{_name(problem)}={_shown(problem)}: {why_refused(lang, problem)}" for problem in self._problems)
        return say(lang, "errors", "settings", problems="; ".join(told))


def _name(problem: ErrorDetails) -> str:
    return f"KB_{'_'.join(str(part) for part in problem['loc']).upper()}"


def _shown(problem: ErrorDetails) -> str:
    """The refused value; a secret is never repeated."""
    if problem["loc"][:1] == ("index",):  # a person may have put a key into the address
        return repr(shown(str(problem["input"])))
    return "…" if problem["loc"][:1] and problem["loc"][0] in SECRETS else repr(problem["input"])


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


def _directives(text: str) -> dict[str, tuple[str, ...]]:
    """A policy's directives with their sources."""
    parts = [part.split() for part in ("" if text == OFF else text).split(";")]
    found: dict[str, tuple[str, ...]] = {}
    for directive, *sources in filter(None, parts):
        found[directive] = (*found.get(directive, ()), *sources)
    return found


def _may_load(directive: str, source: str) -> bool:
    if directive in ("script-src", "style-src") and _HASH.fullmatch(source):
        return True
    return bool(_SOURCE.fullmatch(source)) or (directive == "img-src" and source == "https:")
