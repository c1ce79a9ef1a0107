"""Questions, and the file that names two sites."""

from typing import Any

from fastapi.testclient import TestClient

COFFEE = """<!doctype html><html lang="en"><body><main><h1 id="coffee">Coffee machine</h1>
<h2 id="descale">How often is the machine descaled?</h2><p>The machine is descaled every three months.</p>
<h2 id="warranty">Warranty</h2><p>The warranty of the machine lasts two years.</p></main></body></html>"""
DESCALED = "How often is the machine descaled?"
SUBNET = "Which subnet size does the gateway need?"
FILE = """
[[site]]
name = "net"
title = "Networking"
site = "net"
max_question = 60

[[site]]
name = "coffee"
site = "coffee"
site_url = "https://coffee.example/"
rate_limit = "2/day"

[[site]]
name = "broken"
site = "broken"
"""


def ask(http: TestClient, question: str, path: str = "/api/ask", **given: object) -> Any:
    reply = http.post(path, json={"question": question, **given})
    assert reply.status_code == 200, reply.text
    return reply.json()
