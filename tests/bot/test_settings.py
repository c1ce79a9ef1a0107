from pathlib import Path

import pydantic
import pytest

from bot.settings import Settings, read_settings
from index.errors import KbError


@pytest.fixture(autouse=True)
def no_settings_of_the_tester(monkeypatch: pytest.MonkeyPatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KB_{name.upper()}", raising=False)


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


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, "http://127.0.0.1:8000/"),
        ({"PORT": "9000"}, "http://127.0.0.1:9000/"),
        ({"HOST": "0.0.0.0", "PORT": "9000"}, "http://127.0.0.1:9000/"),
        ({"HOST": "::1"}, "http://[::1]:8000/"),
        ({"HOST": "kb.internal"}, "http://kb.internal:8000/"),
        ({"PORT": "0"}, "http://127.0.0.1:8000/"),
        ({"PORT": "9000", "SITE_URL": "https://docs.example/"}, "https://docs.example/"),
    ],
)
def test_the_public_address_is_that_of_the_service_unless_it_is_set(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], address: str
):
    for name, value in environment.items():
        monkeypatch.setenv(f"KB_{name}", value)
    assert read_settings().site_url == address


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


def test_an_index_in_a_store_is_kept_beside_the_site_by_address_and_model(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_INDEX", "s3://bucket/kb")
    settings = read_settings(site=Path("/srv/docs"))
    assert (settings.index_address, settings.build_folder) == ("s3://bucket/kb", Path("/srv/docs.index"))
    assert settings.index_folder.parent == Path("/srv/docs.index-cache")
    others = [read_settings(index="s3://bucket/other"), read_settings(model="other")]
    assert len({each.index_folder.name for each in (settings, *others)}) == 3
    assert read_settings(index_cache=Path("/data")).index_folder.parent == Path("/data")


def test_an_index_in_a_folder_is_built_and_read_there():
    settings = read_settings(index=Path("/srv/index"))
    assert (settings.index_address, settings.build_folder) == (None, Path("/srv/index"))
    assert settings.index_folder == Path("/srv/index")


@pytest.mark.parametrize(
    "address", ["s3://key:SECRET@bucket/kb", "az://container/kb?sig=SECRET", "postgresql://kb:SECRET@host/kb"]
)
def test_an_address_with_a_key_is_refused_and_the_key_is_not_repeated(address: str):
    with pytest.raises(KbError, match="without keys and passwords: credentials come from the environment") as error:
        read_settings(index=address)
    assert "SECRET" not in str(error.value)


@pytest.mark.parametrize(("value", "file"), [("off", None), ("/srv/votes.db", Path("/srv/votes.db"))])
def test_the_store_can_be_switched_off(monkeypatch: pytest.MonkeyPatch, value: str, file: Path | None):
    monkeypatch.setenv("KB_STORE", value)
    assert read_settings().store_place == file


@pytest.mark.parametrize(
    ("value", "origins"),
    [
        ("off", ()),
        ("https://docs.example.com", ("https://docs.example.com",)),
        ("https://a.example, http://127.0.0.1:8000", ("https://a.example", "http://127.0.0.1:8000")),
    ],
)
def test_origins_that_may_call_the_api(monkeypatch: pytest.MonkeyPatch, value: str, origins: tuple[str, ...]):
    monkeypatch.setenv("KB_CORS_ORIGINS", value)
    assert read_settings().cors == origins


@pytest.mark.parametrize(
    ("site", "origins"),
    [
        ("https://Docs.example.com:443/project/", ("https://docs.example.com",)),
        ("http://docs.internal:8080", ("http://docs.internal:8080",)),
        ("http://127.0.0.1:8000/", ()),  # the service's own
        ("http://localhost:5173/manual/", ("http://localhost:5173",)),  # of a generator, to look at what one writes
    ],
)
def test_a_site_that_is_served_elsewhere_may_call_the_api(
    monkeypatch: pytest.MonkeyPatch, site: str, origins: tuple[str, ...]
):
    monkeypatch.setenv("KB_SITE_URL", site)
    assert read_settings().cors == origins
    monkeypatch.setenv("KB_CORS_ORIGINS", "https://a.example")
    assert read_settings().cors == (*origins, "https://a.example")


@pytest.mark.parametrize("port", ["0", "9000"])
def test_the_own_address_of_a_service_at_any_port_is_no_other_site(monkeypatch: pytest.MonkeyPatch, port: str):
    monkeypatch.setenv("KB_PORT", port)
    assert read_settings().cors == ()


@pytest.mark.parametrize("value", ["*", "https://*.example.com", "docs.example.com", "https://docs.example.com/path"])
def test_an_origin_is_exact(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("KB_CORS_ORIGINS", value)
    with pytest.raises(KbError, match="KB_CORS_ORIGINS"):
        read_settings()


def test_the_names_under_which_the_service_answers(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_SITE_URL", "https://KB.example.com:8443/docs/")
    assert read_settings().hosts == ("kb.example.com",)
    monkeypatch.setenv("KB_ALLOWED_HOSTS", "kb.internal, *.example.org")
    assert read_settings().hosts == ("kb.example.com", "kb.internal", "*.example.org")


@pytest.mark.parametrize("value", ["https://a.example", "a.example:80", "a.*.example", "a example", "a.example/"])
def test_a_host_is_a_name(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("KB_ALLOWED_HOSTS", value)
    with pytest.raises(KbError, match="KB_ALLOWED_HOSTS"):
        read_settings()


def test_sources_elsewhere_that_pages_may_load(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(
        "KB_CSP", "font-src https://fonts.gstatic.com; img-src https: ;script-src https://*.example.com:8443/a.js"
    )
    assert read_settings().csp_sources == {
        "font-src": ("https://fonts.gstatic.com",),
        "img-src": ("https:",),
        "script-src": ("https://*.example.com:8443/a.js",),
    }
    monkeypatch.setenv("KB_CSP", f"script-src 'sha256-{'A' * 43}='; script-src https://a.example")
    assert read_settings().csp_sources == {"script-src": (f"'sha256-{'A' * 43}='", "https://a.example")}
    monkeypatch.delenv("KB_CSP")
    assert read_settings().csp_sources == {}


@pytest.mark.parametrize(
    "value",
    [
        "script-src 'unsafe-inline'",
        "script-src 'unsafe-eval'",
        "script-src *",
        "script-src https:",
        "script-src data:",
        "img-src http://a.example",
        "img-src",
        "default-src https://a.example",
        "frame-ancestors https://a.example",
        "base-uri https://a.example",
        "style-src https://*.com, https://a.example",
        "script-src https://*",
        "img-src https://a.example\r\nset-cookie: a=b",
    ],
)
def test_a_source_is_exact_and_lets_no_foreign_script_in_by_the_way(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("KB_CSP", value)
    with pytest.raises(KbError, match="KB_CSP"):
        read_settings()


@pytest.mark.parametrize("name", ["SIGNING_SECRET", "SIGNING_SECRET_OLD", "BOT_TOKEN", "APP_TOKEN"])
@pytest.mark.parametrize("value", [" ", "canary secret", "canarý"])
def test_a_secret_that_cannot_be_one_is_refused_without_being_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    monkeypatch.setenv(f"KB_SLACK_{name}", value)
    with pytest.raises(KbError, match=rf"KB_SLACK_{name}=…: .*one word of ASCII") as refused:
        read_settings()
    assert "canar" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("WRITER_URL", "https://me:canary@model.example/v1", "https://model.example/v1"),
        ("WRITER_URL", "https://model.example/v1?key=canary", "https://model.example/v1"),
        ("RATE_STORE", "redis6://:canary@cache.example:6379", "redis6://cache.example:6379"),
        ("SLACK_API_URL", "http://me:canary@slack.example/", "http://slack.example/"),
    ],
)
def test_a_refused_address_is_repeated_without_what_opens_doors(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, shown: str
):
    monkeypatch.setenv(f"KB_{name}", value)
    with pytest.raises(KbError) as error:
        read_settings()
    assert f"KB_{name}='{shown}'" in str(error.value) and "canary" not in str(error.value)


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_SLACK_SIGNING_SECRET", "canary")
    assert "canary" not in repr(read_settings())


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("https://hooks.slack-gov.com", "https://hooks.slack-gov.com/"),
        ("http://127.0.0.1:9/hooks/", "http://127.0.0.1:9/hooks/"),
    ],
)
def test_slacks_addresses(monkeypatch: pytest.MonkeyPatch, value: str, kept: str):
    monkeypatch.setenv("KB_SLACK_HOOKS_URL", value)
    assert read_settings().slack_hooks_url == kept


@pytest.mark.parametrize("value", ["http://hooks.slack.com/", "hooks.slack.com", "https://", "https://u@x.example/"])
def test_slacks_addresses_are_secure(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("KB_SLACK_HOOKS_URL", value)
    with pytest.raises(KbError, match=r"KB_SLACK_HOOKS_URL='.*https address"):
        read_settings()


def test_the_channel_of_people_is_an_id(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_SLACK_HUMAN_CHANNEL", "#help")
    with pytest.raises(KbError, match="give the id of the channel"):
        read_settings()
