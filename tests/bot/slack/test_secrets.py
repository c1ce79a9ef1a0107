"""No secret is in anything that the service puts out: log, replies, calls, metrics, probes, errors."""

import time

import httpx
from standin import BOT, HUMAN, SECRET, Slack, command, post_command, post_event

SECRETS = {
    "slack_signing_secret": SECRET,
    "slack_signing_secret_old": "canary-signing-old",
    "slack_bot_token": "xoxb-canary-bot",
    "slack_app_token": "xapp-canary-app",
    "rate_store": "redis://:canary-redis@127.0.0.1:1/0",  # nothing listens there: its failure is logged
}
LOOKED_FOR = ("canary", SECRET, "xoxb", "xapp")
SEEN = ("/metrics", "/readyz", "/livez", "/api/openapi.json", "/api/rules", "/slack/events", "/en/", "/nowhere")


def test_a_canary_is_in_no_output(serving, addresses, slack: Slack):
    put_out: dict[str, str] = {}
    with serving(rate_limit="1000/minute", **SECRETS, **addresses) as running:
        event = {"type": "app_mention", "user": HUMAN, "text": f"<@{BOT}> What is CNI?", "ts": "1.1", "channel": "C1"}
        post_event(running.url, event, f"Ev{time.time_ns()}")
        post_command(running.url, command("What is CNI?", slack.response_url, f"secrets-{time.time_ns()}"))
        post_command(running.url, command("check", slack.response_url, f"secrets-{time.time_ns()}"))
        slack.called("chat.postMessage")
        slack.called("views.open")
        slack.replied()
        put_out |= {path: str(reply.headers) + reply.text for path in SEEN if (reply := httpx.get(running.url + path))}
        asked = httpx.post(f"{running.url}/api/ask", json={"question": "What is CNI?"}, timeout=30)
        unsigned = httpx.post(f"{running.url}/slack/events", content=b"{}")
        broken = httpx.post(f"{running.url}/api/ask", content=b"{")
        assert (asked.status_code, unsigned.status_code, broken.status_code) == (200, 401, 422)
        put_out |= {"asked": asked.text, "unsigned": unsigned.text, "broken": broken.text}
        put_out |= {"replies": str([body for _, body in slack.replies]), "calls": str(slack.calls)}
    put_out["log"] = running.log.read_text("utf-8")  # to the very end of the process
    assert "store of the rate limit cannot be reached" in put_out["log"]
    assert [(where, word) for where, text in put_out.items() for word in LOOKED_FOR if word in text] == []
