"""`kb serve --watch` as an author has it: a saved page is on the site and in the answers; a mistake changes nothing."""

import sys
from pathlib import Path

import pytest
from patience import until

pytestmark = pytest.mark.slow

PAGE = "# Gateways { #gateways }\n\n## Colour { #colour }\n\nThe gateway is painted in the colour of %s.\n"
CONFIG = "site_name: T\ntheme: {name: material, font: false}\nplugins: [search]\nmarkdown_extensions: [attr_list]\n"
# Its answering encoder embeds, without torch.
IN_FOLDER = """
import os, sys
from bot.cli import main
from index import build
from index.encoder.bundled import BundledEncoder
build.building_encoder = lambda model: BundledEncoder()
os.chdir({0!r})
sys.argv.append("--watch")
main()
"""


def save(page: Path, text: str) -> None:
    """The whole page at once: a build that begins at any moment sees the old one or the new one."""
    written = page.parent.with_name("written")
    written.write_text(text, "utf-8")
    written.replace(page)


def test_a_saved_page_is_served_and_answers(serving, connecting_anew, tmp_path: Path):
    page = tmp_path / "docs/index.md"
    page.parent.mkdir()
    page.write_text(PAGE % "plums", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    program = [sys.executable, "-c", IN_FOLDER.format(str(tmp_path))]
    with (
        serving(program=program, site="site", index="index") as running,
        connecting_anew(running.url) as http,
    ):

        def says(colour: str) -> bool:
            asked = http.post("/api/ask", json={"question": "What colour is the gateway painted in?"}).json()
            return colour in http.get("/").text and any(colour in cited["quote"] for cited in asked["citations"])

        assert says("plums")
        save(page, PAGE % "lemons")
        until(lambda: says("lemons"))
        save(page, "---\ntitle: [\n---\n" + PAGE % "figs")
        until(lambda: "docs/index.md:3: the settings between" in running.log.read_text("utf-8"))
        assert says("lemons")
        save(page, PAGE % "figs")
        until(lambda: says("figs"))
