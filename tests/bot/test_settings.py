from pathlib import Path

import pydantic
import pytest

from bot.settings import read_settings
from index.errors import KbError


@pytest.fixture(autouse=True)
def no_settings_of_the_tester(monkeypatch: pytest.MonkeyPatch):
    for name in ("SITE", "INDEX", "MODEL", "HOST", "PORT", "SITE_URL", "MAX_QUESTION"):
        monkeypatch.delenv(f"KB_{name}", raising=False)


def test_defaults():
    settings = read_settings()
    assert (settings.host, settings.port, settings.model) == ("127.0.0.1", 8000, "bundled")
    assert (settings.site, settings.index_folder) == (Path("build/site"), Path("build/site.index"))


def test_environment_is_read_and_arguments_win(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_PORT", "9000")
    monkeypatch.setenv("KB_SITE", "/srv/docs/")
    assert read_settings(port=None).port == 9000
    assert read_settings(port=7).port == 7
    assert read_settings().index_folder == Path("/srv/docs.index")


def test_index_folder_of_the_current_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    assert read_settings(site=Path()).index_folder.resolve() == tmp_path.with_name(f"{tmp_path.name}.index")


@pytest.mark.parametrize(("name", "value"), [("PORT", "many"), ("PORT", "70000"), ("MAX_QUESTION", "0")])
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    monkeypatch.setenv(f"KB_{name}", value)
    with pytest.raises(KbError, match=rf"KB_{name}='{value}': Input should be .*service/settings"):
        read_settings()


def test_settings_are_one_frozen_value():
    with pytest.raises(pydantic.ValidationError):
        read_settings().port = 1


def test_an_empty_index_setting_is_an_unset_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_INDEX", "")
    assert read_settings().index_folder == Path("build/site.index")
