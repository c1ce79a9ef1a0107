"""Of a text that joins questions the model is given the quotes of all, and its one text may say both."""

from model_standin import Standin, client

from bot.answering.ask import Bot

ASKED = ("Is kubenet supported by AGC?", "How large must the AGC subnet be with CNI Overlay?")


def of_each(asked: dict) -> str:
    """The longest sentence of each of the first two quotes."""
    content = asked["messages"][1]["content"]
    quotes = [content.split(f"\n[{n}] ")[-1].split("\n")[1] for n in (1, 2)]
    longest = [max(quote.split(". "), key=len).rstrip(".") for quote in quotes]
    return " ".join(f"{sentence} [{n}]." for n, sentence in enumerate(longest, 1))


def test_one_text_says_what_both_quotes_say(bot: Bot):
    standin = Standin(of_each)
    alone = [bot.ask(each).citations[0].quote for each in ASKED]
    with client(bot, standin) as http:
        answer = http.post("/api/ask", json={"question": " ".join(ASKED)}).json()
    ((_, body),) = standin.asked
    assert all(quote in body["messages"][1]["content"] for quote in alone)
    assert [each["citations"] for each in answer["written"]["sentences"]] == [[1], [2]]
    assert all(quote in answer["answer"] for quote in alone) and answer["not_stated"] == []
