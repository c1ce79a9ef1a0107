"""Settings: environment variables with the prefix KB_, read once at the edge into one frozen value."""

import hashlib
import os
import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.addresses import LOOPBACK, is_safe
from bot.csp_sources import DIRECTIVES, directives, may_load
from bot.refused_settings import SECRETS, SettingsError
from index.beside import QUESTIONS, WEIGHTS, beside
from index.encoder.protocol import BUNDLED
from index.remote.address import is_address, is_database, refused

OFF = "off"  # the value of a setting that switches its feature off
_OURS = "refused"  # the reason is in bot/words/<lang>/errors.toml, by the type of the error
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?|https?://\[[0-9a-f:]+\](?::\d{1,5})?")
_NAME = re.compile(r"\*|(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*", re.IGNORECASE)


def _as_text(value: object) -> object:
    return os.fspath(value) if isinstance(value, os.PathLike) else value


def _as_place(value: object) -> object:
    return value if value is None or (isinstance(value, str) and is_address(value)) else Path(str(value))


class Settings(BaseSettings):
    """Every setting, its default and its meaning; docs/<lang>/service/settings.md lists the same."""

    model_config = SettingsConfigDict(env_prefix="KB_", env_ignore_empty=True, frozen=True, extra="ignore")

    site: Path = Field(Path("build/site"), description="Folder of the built site.")
    index: Annotated[str | None, BeforeValidator(_as_text)] = Field(
        None,
        description="Folder of the index, or its address in an object store or database; beside the site if unset.",
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

    store: Annotated[Path | str | None, BeforeValidator(_as_place)] = (
        None  # votes: a file, a database, or off; see store_place
    )
    store_votes: Annotated[int, Field(ge=1, le=1_000_000)] = 20_000  # the newest ones
    store_days: Annotated[int, Field(ge=1, le=36_500)] = 365
    keep_questions: bool = Field(
        False, description="Keep questions that were not answered, and vain searches, without personal data."
    )
    keep_most: Annotated[int, Field(ge=1, le=1_000_000)] = 20_000  # the newest ones
    keep_days: Annotated[int, Field(ge=1, le=36_500)] = 90

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
    writer_url: str | None = Field(None, description="OpenAI-compatible endpoint that may phrase answers.")
    writer_model: str = Field("default", min_length=1, max_length=200, description="Its model.")
    writer_key: SecretStr | None = Field(None, description="Its key.")
    writer_seconds: Annotated[float, Field(ge=0.1, le=120)] = 10.0  # that an answer waits for its wording
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
        if is_safe(value):
            return f"{value.rstrip('/')}/"
        raise PydanticCustomError("https_address", _OURS)

    @field_validator("writer_url")
    @classmethod
    def _near(cls, value: str | None) -> str | None:
        if value is None or is_safe(value, near=True):
            return value
        raise PydanticCustomError("near_address", _OURS)

    @field_validator("slack_human_channel")
    @classmethod
    def _channel_id(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[CG][A-Z0-9]{2,}", value):
            raise PydanticCustomError("channel_id", _OURS)
        return value

    @field_validator("keep_questions")
    @classmethod
    def _has_a_store(cls, value: bool, info: ValidationInfo) -> bool:
        if value and str(info.data.get("store")) == OFF:
            raise PydanticCustomError("needs_store", _OURS)
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
        for directive, sources in directives("" if value == OFF else value).items():
            refused = [source for source in sources if not may_load(directive, source)]
            if directive not in DIRECTIVES or refused or not sources:
                raise PydanticCustomError("csp_sources", _OURS, {"directives": ", ".join(DIRECTIVES)})
        return value

    @property
    def csp_sources(self) -> dict[str, tuple[str, ...]]:
        """The sources by directive."""
        return directives("" if self.csp == OFF else self.csp)

    @property
    def cors(self) -> tuple[str, ...]:
        """The origins whose pages may call the API: the site's own, where that is published elsewhere, and others."""
        site = urlsplit(self.site_url)
        port = f":{site.port}" if site.port not in (None, {"http": 80, "https": 443}.get(site.scheme)) else ""
        own = f"{site.scheme}://{site.hostname}{port}"
        ours = site.hostname in LOOPBACK and self.port in (0, site.port)  # not a generator's own server beside it
        elsewhere = () if ours or not _ORIGIN.fullmatch(own) else (own,)
        return (*elsewhere, *(() if self.cors_origins == OFF else _split(self.cors_origins)))

    @property
    def store_place(self) -> Path | str | None:
        """The file of votes, or the address of their database; None if nothing shall be kept."""
        database = self.index if self.index and is_database(self.index) else None
        place = self.store or database or Path("build/store.db")
        return None if str(place) == OFF else place

    @field_validator("index", "store")
    @classmethod
    def _place(cls, value: Path | str | None, info: ValidationInfo) -> Path | str | None:
        votes = info.field_name == "store"
        if isinstance(value, str) and is_address(value) and (refused(value) or (votes and not is_database(value))):
            raise PydanticCustomError("store_address" if votes else "index_address", _OURS)
        return value

    @property
    def index_address(self) -> str | None:
        """The index's address in an object store or a database; None if it is a folder."""
        return self.index if self.index and is_address(self.index) else None

    @property
    def build_folder(self) -> Path:
        """Where indexes are built: `build/site` has its index in `build/site.index`, unless KB_INDEX names a folder."""
        return Path(self.index) if self.index and not self.index_address else beside(self.site, "index")

    @property
    def questions_file(self) -> Path:
        """The site's labelled questions."""
        return beside(self.site, QUESTIONS)

    @property
    def weights_file(self) -> Path:
        """What the site learned from them; `kb index` puts it into the index."""
        return beside(self.site, WEIGHTS)

    @property
    def index_folder(self) -> Path:
        """Where the index is read. That of a store is kept in a folder of its own for each address and model."""
        if not self.index_address:
            return self.build_folder
        kept = self.index_cache or beside(self.site, "index-cache")
        return kept / hashlib.sha256(f"{self.index_address}\0{self.model}".encode()).hexdigest()[:16]


def read_settings(**overrides: object) -> Settings:
    """Settings from the environment; `overrides` (from the command line) win where they are not None."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError(error.errors()) from None


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())
