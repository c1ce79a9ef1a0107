"""Settings: environment variables with the prefix KB_, read once at the edge into one frozen value."""

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.encoder import BUNDLED
from index.errors import KbError

SECRETS = ("slack_signing_secret", "slack_signing_secret_old", "slack_bot_token", "slack_app_token")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
OFF = "off"  # the value of a setting that switches its feature off
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?|https?://\[[0-9a-f:]+\](?::\d{1,5})?")


class Settings(BaseSettings):
    """Every setting, its default and its meaning; docs/<lang>/service/settings.md lists the same."""

    model_config = SettingsConfigDict(env_prefix="KB_", env_ignore_empty=True, frozen=True, extra="ignore")

    site: Path = Field(Path("build/site"), description="Folder of the built site.")
    index: Path | None = Field(None, description="Folder of the index; beside the site's folder if unset.")
    model: str = Field(BUNDLED, description="`bundled`, or a sentence-transformers model name or path.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    site_url: str = Field("http://127.0.0.1:8000/", description="Public address of the site, for absolute links.")
    max_question: Annotated[int, Field(ge=1, le=10_000)] = 1000  # characters
    max_history: Annotated[int, Field(ge=0, le=100_000)] = 5000  # characters of the questions before, together

    store: Path = Field(Path("build/store.db"), description="File of readers' votes; `off` keeps none.")

    cors_origins: str = Field(OFF, description="Origins of other sites that may call the API, separated by commas.")

    rate_limit: Annotated[str, Field(pattern=r"^(off|[1-9]\d*/(second|minute|hour|day))$")] = "60/minute"
    rate_store: Annotated[str, Field(pattern="^(memory|rediss?|redis\\+sentinel|redis\\+cluster)://")] = "memory://"
    proxy_hops: Annotated[int, Field(ge=0, le=10)] = 0  # proxies of ours in front, each adding to X-Forwarded-For
    max_waiting: Annotated[int, Field(ge=0, le=10_000)] = 32  # questions
    drain_seconds: Annotated[float, Field(ge=0, le=600)] = 3.0  # between "not ready" and the end
    log_questions: bool = Field(False, description="Write the text of questions into the log.")

    slack_signing_secret: SecretStr | None = Field(None, description="Signing secret of the Slack app.")
    slack_signing_secret_old: SecretStr | None = Field(None, description="The one before, while it is being changed.")
    slack_bot_token: SecretStr | None = Field(None, description="Bot token, for mentions, dialogs and sharing.")
    slack_app_token: SecretStr | None = Field(None, description="App-level token: Socket Mode.")
    slack_human_channel: str | None = Field(None, description="Id of the channel for questions to people.")
    slack_api_url: str = Field("https://slack.com/api/", description="Slack's Web API.")
    slack_hooks_url: str = Field("https://hooks.slack.com/", description="Where replies may be posted.")

    @field_validator(*SECRETS)
    @classmethod
    def _printable(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[!-~]+", value.get_secret_value()):
            raise ValueError("it must be one word of ASCII characters")
        return value

    @field_validator("slack_api_url", "slack_hooks_url")
    @classmethod
    def _secure(cls, value: str) -> str:
        address = urlsplit(value)
        safe = address.scheme == "https" or (address.scheme == "http" and address.hostname in LOOPBACK)
        if safe and address.hostname and not (address.username or address.query or address.fragment):
            return f"{value.rstrip('/')}/"
        raise ValueError("it must be an https address (http only to this machine)")

    @field_validator("slack_human_channel")
    @classmethod
    def _channel_id(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[CG][A-Z0-9]{2,}", value):
            raise ValueError("give the id of the channel, such as C024BE91L, not its name")
        return value

    @field_validator("cors_origins")
    @classmethod
    def _exact_origins(cls, value: str) -> str:
        if value != OFF and not all(_ORIGIN.fullmatch(origin) for origin in _split(value)):
            raise ValueError("name origins as the browser sends them, such as https://docs.example.com, or off")
        return value

    @property
    def cors(self) -> tuple[str, ...]:
        """The allowed origins; empty if other sites may not call the API."""
        return () if self.cors_origins == OFF else _split(self.cors_origins)

    @property
    def store_file(self) -> Path | None:
        """None if nothing shall be kept."""
        return None if str(self.store) == OFF else self.store

    @property
    def index_folder(self) -> Path:
        """`build/site` has its index in `build/site.index`, unless KB_INDEX says otherwise."""
        site = self.site if self.site.name else self.site.resolve()  # "." has no name of its own
        return self.index or site.with_name(f"{site.name}.index")


def read_settings(**overrides: object) -> Settings:
    """Settings from the environment; `overrides` (from the command line) win where they are not None."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        problems = "; ".join(
            f"KB_{'_'.join(str(part) for part in problem['loc']).upper()}={_shown(problem)}: {problem['msg']}"
            for problem in error.errors()
        )
        raise KbError(f"settings: {problems}. See service/settings in the documentation.") from None


def _shown(problem: ErrorDetails) -> str:
    """The refused value; a secret is never repeated."""
    return "…" if problem["loc"][:1] and problem["loc"][0] in SECRETS else repr(problem["input"])


def _split(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())
