"""Settings: environment variables with the prefix KB_, read once at the edge into one frozen value."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.encoder import BUNDLED
from index.errors import KbError


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
            f"KB_{'_'.join(str(part) for part in problem['loc']).upper()}={problem['input']!r}: {problem['msg']}"
            for problem in error.errors()
        )
        raise KbError(f"settings: {problems}. See service/settings in the documentation.") from None
