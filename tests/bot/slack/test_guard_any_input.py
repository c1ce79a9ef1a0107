"""Requests of any shape at Slack's addresses: handled or refused, and never a fault of ours."""

import json
import urllib.parse

from deliver import ADDRESSES, FORM, JSON, signed_headers
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

_NAMES = st.sampled_from(
    ["state", "values", "private_metadata", "text", "file", "planned", "selected_option", "files", "id"]
) | st.sampled_from(
    ["type", "event", "team", "user", "actions", "channel", "view", "callback_id", "command", "payload", "container",
     "authorizations", "enterprise", "event_id", "response_url", "trigger_id", "text", "challenge", "value"]
)  # fmt: skip
_VALUES = st.sampled_from(
    ["event_callback", "block_actions", "view_submission", "shortcut", "message_action", "app_mention", "share", "/cni"]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | _VALUES | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=6),
    max_leaves=12,
)


@given(
    body=st.binary(max_size=60) | st.dictionaries(_NAMES, _JSON, max_size=8).map(lambda o: json.dumps(o).encode()),
    kind=st.sampled_from([FORM, JSON, "text/plain", ""]),
    path=st.sampled_from(ADDRESSES),
    correct=st.booleans(),
    strange=st.text(
        alphabet=st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="\x7f"), max_size=20
    ),
)
@settings(max_examples=max(300, settings.default.max_examples), deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_makes_the_service_fail(
    http: TestClient, body: bytes, kind: str, path: str, correct: bool, strange: str
):
    sent = signed_headers(body, kind)
    if not correct:
        sent["x-slack-signature"] = strange
        sent["x-slack-request-timestamp"] = strange
    raw = {name: value.encode("latin-1") for name, value in sent.items()}
    assert http.post(f"/slack/{path}", content=body, headers=raw).status_code < 500


_PAYLOADS = st.fixed_dictionaries(
    {"type": _VALUES | _JSON}, optional={"view": _JSON, "actions": _JSON, "user": _JSON, "team": _JSON, "event": _JSON,
                                         "callback_id": _VALUES, "trigger_id": st.text(max_size=3)}
)  # fmt: skip


@given(payload=_PAYLOADS, path=st.sampled_from(ADDRESSES), form=st.booleans())
@settings(max_examples=max(300, settings.default.max_examples), deadline=None, suppress_health_check=list(HealthCheck))
def test_what_slack_signs_in_any_shape_is_handled_or_400(http: TestClient, payload: dict, path: str, form: bool):
    """404: of no listener; 401: the same example once more."""
    text = json.dumps(payload)
    body = (urllib.parse.urlencode({"payload": text}) if form else text).encode()
    answer = http.post(f"/slack/{path}", content=body, headers=signed_headers(body, FORM if form else JSON))
    assert answer.status_code in (200, 400, 401, 404)
