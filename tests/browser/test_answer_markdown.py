"""An answer as Markdown: what is pasted into an issue reads as it did on the page."""

import pytest

pytestmark = pytest.mark.slow

ANSWER = {
    "question": "Can I use <kubenet> or a *_private_* one?",
    "answer": "No. See [x].\n1. Upgrade first.",
    "citations": [
        {"title": "kubenet (old)", "url": "/en/faq/#kubenet", "quote": "No.\nPlugin\tSupported"},
        {"title": "vnet_subnet_id", "url": "javascript:alert(1)", "quote": "# not a heading"},
    ],
    "rules": [{"id": "AGC001", "name": "kubenet", "title": "kubenet is not used", "url": "/en/rules/agc001/"}],
}
TEXT = r"""## Can I use \<kubenet\> or a \*\_private\_\* one?

No. See \[x\].

1\. Upgrade first.

1. [kubenet (old)](https://docs.example/en/faq/#kubenet)

   > No.
   > Plugin | Supported

2. vnet_subnet_id

   > \# not a heading

- [AGC001 kubenet](https://docs.example/en/rules/agc001/): kubenet is not used
"""


def test_markdown_holds_everything_and_nothing_turns_into_markup(page, server):
    page.goto(server.url)
    text = page.evaluate(
        """async (answer) => {
          const { markdown } = await import("/assets/answer-markdown.js");
          return markdown(answer, (path) => (path.startsWith("/") ? `https://docs.example${path}` : null));
        }""",
        ANSWER,
    )
    assert text == TEXT
