"""Headers of every kind of response, security, caching, CORS, redirects."""

import re

import httpx
import pytest

PAGES = ["/", "/en/", "/en/faq/", "/none/", "/en/none/", "/en"]
OTHERS = ["/livez", "/readyz", "/api/rules", "/api/none", "/api/ask", "/static-offline-docs/swagger-ui.css"]


@pytest.fixture(scope="module")
def http(client):
    with client() as http:
        yield http


def directives(reply: httpx.Response) -> dict[str, list[str]]:
    policy = reply.headers["content-security-policy"]
    return {name: values for name, *values in (directive.split() for directive in policy.split(";"))}


@pytest.mark.parametrize("path", [*PAGES, *OTHERS, "/api/docs"])
def test_every_response_carries_them(http: httpx.Client, path: str):
    headers = http.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert len(headers.get_list("content-security-policy")) == 1


@pytest.mark.parametrize("path", [*PAGES, "/assets/search-worker.js", "/api/docs"])
def test_pages_run_scripts_of_this_host_and_known_inline_ones(http: httpx.Client, path: str):
    sources = directives(http.get(path))
    assert sources["default-src"] == sources["object-src"] == sources["frame-ancestors"] == ["'none'"]
    assert sources["connect-src"] == sources["worker-src"] == sources["font-src"] == ["'self'"]
    own, *hashes = sources["script-src"]
    assert own == "'self'" and hashes
    assert [value for value in hashes if not re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", value)] == []


@pytest.mark.parametrize("path", OTHERS)
def test_what_is_no_page_may_do_nothing(http: httpx.Client, path: str):
    assert directives(http.get(path)) == {"default-src": ["'none'"], "frame-ancestors": ["'none'"]}


def test_a_site_has_one_policy_because_material_changes_pages_in_place(http: httpx.Client):
    assert len({http.get(path).headers["content-security-policy"] for path in PAGES}) == 1


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/en/faq/", "no-cache"),
        ("/none/", "no-cache"),
        ("/search/search_index.json", "no-cache"),
        ("/static-offline-docs/swagger-ui.css", "no-cache"),
        ("/api/rules", "no-store"),
        ("/api/none", "no-store"),
        ("/readyz", "no-store"),
    ],
)
def test_how_long_it_may_be_kept(http: httpx.Client, path: str, kept: str):
    assert http.get(path).headers["cache-control"] == kept


def test_files_that_are_named_by_their_content_are_kept(http: httpx.Client):
    (bundle,) = re.findall(r'src="([^"]*bundle\.[0-9a-f]{8}\.min\.js)"', http.get("/").text)
    assert http.get(f"/{bundle}").headers["cache-control"] == "public, max-age=31536000, immutable"
    assert http.get(f"/{bundle.replace('.min', '.none')}").headers["cache-control"] == "no-cache"


def test_a_page_that_has_not_changed_is_not_sent_again(http: httpx.Client):
    etag = http.get("/en/faq/").headers["etag"]
    reply = http.get("/en/faq/", headers={"if-none-match": etag})
    assert (reply.status_code, reply.content) == (304, b"")
    assert "content-security-policy" in reply.headers


@pytest.mark.parametrize(
    ("path", "location"),
    [("/en", "/en/"), ("//en", "/en/"), ("/en/faq?q=1", "/en/faq/?q=1"), ("///en/faq", "/en/faq/")],
)
def test_a_redirect_stays_on_this_host(client, path: str, location: str):
    with client(allowed_hosts="evil.example") as http:
        request = http.build_request("GET", "/", headers={"host": "evil.example"})
        request.url = request.url.copy_with(raw_path=path.encode())
        reply = http.send(request)
    assert (reply.status_code, reply.headers["location"]) == (307, location)


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/en/", "/api/docs"])
def test_head_is_get_without_a_body(http: httpx.Client, path: str):
    reply = http.head(path)
    assert (reply.status_code, reply.content) == (200, b"")
    assert reply.headers["content-type"] == http.get(path).headers["content-type"]


def test_other_sites_may_not_call_the_api(http: httpx.Client):
    origin = {"origin": "https://docs.example.com"}
    preflight = {**origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    replies = [http.get("/api/rules", headers=origin), http.options("/api/ask", headers=preflight)]
    assert [name for reply in replies for name in reply.headers if name.startswith("access-control")] == []


def test_named_origins_may_call_the_api(client):
    named, other = "https://docs.example.com", "https://docs.example.com.evil.example"
    with client(cors_origins=f"{named},http://127.0.0.1:9") as http:
        for origin, allowed in ((named, named), (other, None)):
            reply = http.post("/api/ask", json={"question": "What is CNI?"}, headers={"origin": origin})
            assert reply.headers.get("access-control-allow-origin") == allowed
            wanted = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
            preflight = http.options("/api/ask", headers={"origin": origin, **wanted})
            assert preflight.headers.get("access-control-allow-origin") == allowed
            assert "access-control-allow-credentials" not in preflight.headers
