"""More questions at once than there is room for: some are refused at once, the others are answered."""

import asyncio
import threading

import httpx
import pytest

from bot.capacity import FullError, Turns


def test_beyond_the_queue_work_is_refused_at_once_and_taken_again_later(run_async):
    async def scenario():
        turns, free = Turns(max_waiting=2, at_once=1), threading.Event()
        running = [asyncio.create_task(turns.run(lambda: free.wait(5))) for _ in range(3)]
        await asyncio.sleep(0.05)
        with pytest.raises(FullError):
            await turns.run(lambda: None)
        free.set()
        assert await asyncio.gather(*running) == [True] * 3
        assert await turns.run(lambda: "again") == "again"

    run_async(scenario())


def test_work_that_fails_leaves_its_place(run_async):
    async def scenario():
        turns = Turns(max_waiting=0, at_once=1)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await turns.run(lambda: 1 // 0)

    run_async(scenario())


def test_a_crowd_is_answered_or_told_to_come_back(serving, run_async):
    async def crowd(url: str) -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=url, timeout=60, limits=httpx.Limits(max_connections=60)) as http:
            asked = [http.post("/api/ask", json={"question": f"What is CNI? {n}"}) for n in range(60)]
            return await asyncio.gather(*asked)

    with serving(max_waiting=1) as running:
        replies = run_async(crowd(running.url))
        assert {reply.status_code for reply in replies} == {200, 503}
        for reply in (reply for reply in replies if reply.status_code == 503):
            assert reply.json()["error"]["code"] == "over_capacity" and int(reply.headers["retry-after"]) > 0
        assert httpx.post(f"{running.url}/api/ask", json={"question": "What is CNI?"}).status_code == 200
