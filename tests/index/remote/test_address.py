"""What is an address of a store, what is refused, and what of it is repeated."""

import pytest

from index.remote.address import database_and_site, is_address, is_database, refused, shown
from index.remote.trouble import reason


@pytest.mark.parametrize(
    "address",
    [
        "s3://bucket",
        "s3://my-bucket/path/of/it",
        "az://container/kb",
        "gs://b.example/kb",
        "file:///srv/共有/index",
        "postgresql://host.example/kb",
        "postgres://host",
        "postgresql://[2001:db8::1]:5432/kb#docs",
        "postgresql://one:5432,two:5433,three/kb#docs",
    ],
)
def test_addresses_of_stores(address: str):
    assert (is_address(address), refused(address), shown(address)) == (True, False, address)


def test_a_database_s_address_has_what_libpq_needs_and_the_name_of_a_site():
    address = "postgresql://kb@one,two/kb?target_session_attrs=any&load_balance_hosts=random#docs"
    assert (is_database(address), refused(address)) == (True, False)
    assert database_and_site(address) == (address.removesuffix("#docs"), "docs")
    assert database_and_site("postgresql://one/kb") == ("postgresql://one/kb", "default")
    assert shown(address) == "postgresql://one,two/kb#docs"
    assert is_database("s3://bucket/kb") is False


@pytest.mark.parametrize("folder", ["build/site.index", "/srv/index", "C:\\index", "s3:/bucket", "."])
def test_folders_are_no_addresses(folder: str):
    assert is_address(folder) is False


@pytest.mark.parametrize(
    ("address", "repeated"),
    [
        ("s3://key:secret@bucket/kb", "s3://bucket/kb"),
        ("az://container/kb?sv=2020&sig=secret", "az://container/kb"),
        ("s3://bucket/kb#secret", "s3://bucket/kb"),
        ("s3://bucket:9000/kb", "s3://bucket:9000/kb"),
        ("s3:///kb", "s3:///kb"),
        ("s3://", "s3://"),
        ("s3://bucket/../other", "s3://bucket/../other"),
        ("s3://bucket/%2e%2e/other", "s3://bucket/%2e%2e/other"),
        ("s3://bucket/a\nb", "s3://bucket/a\nb"),
        ("file://host/folder", "file://host/folder"),
        ("file:///srv/../etc", "file:///srv/../etc"),
        ("https://account.blob.example/kb?sig=secret", "https://account.blob.example/kb"),
        ("ftp://host/kb", "ftp://host/kb"),
        ("s3://[bucket/kb", "s3://[bucket/kb"),
        ("postgresql://kb:secret@host/kb", "postgresql://host/kb"),
        ("postgresql://host/kb?password=secret", "postgresql://host/kb"),
        ("postgresql://host/kb?options=-csearch_path=x", "postgresql://host/kb"),
        ("postgresql://host/kb?sslmode=require&sslpassword=secret#docs", "postgresql://host/kb#docs"),
        ("postgresql://host/kb#a site", "postgresql://host/kb"),
        ("postgresql://host:0/kb", "postgresql://host:0/kb"),
        ("postgresql://one:5432,two:65536/kb", "postgresql://one:5432,two:65536/kb"),
        ("postgresql://one,two/kb?port=5432,99999", "postgresql://one,two/kb"),
        ("postgresql://host/a/b", "postgresql://host/a/b"),
        ("postgresql://host/kb\n", "postgresql://host/kb\n"),
    ],
)
def test_what_holds_keys_or_leads_elsewhere_is_refused_and_keys_are_not_repeated(address: str, repeated: str):
    assert (is_address(address), refused(address), shown(address)) == (True, True, repeated)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (RuntimeError("GET https://h/c?sig=SECRET - status code: 403 No: <Code>AuthFailed</Code>"), "403 AuthFailed"),
        (RuntimeError("<Code>SECRET=1</Code>"), "RuntimeError"),
        (RuntimeError("HTTP error: error sending request for https://h/?sig=SECRET"), "no connection"),
        (TimeoutError("https://h/?sig=SECRET"), "no answer"),
        (PermissionError(13, "Permission denied", "/srv/x"), "Permission denied"),
    ],
)  # fmt: skip
def test_of_a_library_s_words_only_status_and_code_are_repeated(error: Exception, words: str):
    assert reason(error) == words
