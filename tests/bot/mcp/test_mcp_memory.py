"""Calls leave nothing behind: neither tasks nor objects, and by the thousand no memory."""

import asyncio
import gc
from pathlib import Path

import pytest
from mcp import Client

CALLS = [
    ("ask", {"question": "Can I upgrade from kubenet?"}),
    ("read_section", {"section": "faq#kubenet-to-overlay"}),
    ("list_rules", {}),
    ("search", {"query": 5}),
]


async def work(client: Client, calls: int) -> None:
    for n in range(calls):
        await client.call_tool(*CALLS[n % len(CALLS)])


def test_hundreds_of_calls_leave_no_objects_and_no_tasks(agent, revision: str):
    async def scenario(client: Client):
        await work(client, 20)
        gc.collect()
        tasks, objects = len(asyncio.all_tasks()), len(gc.get_objects())
        await work(client, 120)
        gc.collect()
        return len(asyncio.all_tasks()) - tasks, len(gc.get_objects()) - objects

    tasks, objects = agent(scenario, revision)
    assert tasks <= 0
    assert objects < 120  # less than one for each call


@pytest.mark.measures
def test_ten_thousand_calls_take_no_more_memory(agent, revision: str):
    def resident() -> int:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * 4096 // 1024

    async def scenario(client: Client):
        await work(client, 2000)
        gc.collect()
        before = resident()
        await work(client, 10_000)
        gc.collect()
        return resident() - before

    assert agent(scenario, revision) < 8 * 1024  # KiB
