"""Draw the pictures of docs/<lang>/service/slack.md from the messages that the bot sends: make slack-pictures."""

import json
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

from mrkdwn_html import blocks_html
from PIL import Image
from playwright.sync_api import sync_playwright

from bot.answering.ask import Bot
from bot.checks.posted import posted
from bot.language import say
from bot.service.desk import Desk
from bot.service.store import Store
from bot.settings import Settings, read_settings
from bot.slack.answer_message import answer_message
from bot.slack.check_messages import findings_message
from bot.slack.context import Context

ROOT = Path(__file__).parents[2]
SITE = "https://kb.example.com/"
CLUSTER = {
    "aks": {
        "kubernetesVersion": "1.32",
        "networkProfile": {"networkPlugin": "azure", "networkPolicy": "none"},
        "agentPoolProfiles": [{"name": "pool", "osType": "Linux", "podSubnetId": None}],
    },
    "subnet": {"id": "/vnets/v/subnets/gateway", "addressPrefix": "10.1.0.0/23"},
    "agcAssociations": [],
    "vnets": {"aks": {"id": "/vnets/v"}, "agc": {"id": "/vnets/v"}, "peered": False},
    "albController": {"version": "1.7.9"},
    "planned": "upgrade-to-overlay",
}
COLOURS = 24  # enough for text, and a third of the bytes
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]


def main() -> None:
    """Write docs/<lang>/assets/slack-answer.png and slack-check.png."""
    settings: Settings = read_settings(site_url=SITE)
    bot = Bot.load(settings.index_folder, settings.model)
    context = Context(Desk(settings, bot), Store(Path("build/pictures.db")))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 760, "height": 400}, device_scale_factor=1.3)
        for lang in ("ja", "en"):
            answer = bot.ask(say(lang, "slack", "home.starters.kubenet"), lang)
            checked = posted.findings(json.dumps(CLUSTER).encode(), 10_000, lang, SITE)
            assert isinstance(checked, posted.Checked)
            pictures = {
                "slack-answer": answer_message(answer, context, "picture")["blocks"],
                "slack-check": findings_message(checked.findings, lang, SITE, (), checked.commands)["blocks"],
            }
            for name, blocks in pictures.items():
                page.set_content(_page(lang, blocks))
                drawn = Image.open(BytesIO(page.locator("#message").screenshot()))
                drawn.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(
                    ROOT / f"docs/{lang}/assets/{name}.png", optimize=True
                )
        browser.close()


def _page(lang: str, blocks: list[dict[str, Any]]) -> str:
    style = Path(__file__).with_name("pictures.css").read_text("utf-8")
    logo = (ROOT / "docs/theme/assets/logo.svg").read_text("utf-8")
    return (
        f"<!doctype html><html lang={lang}><meta charset=utf-8><style>{style}</style>"
        f"<div id=message><div class=avatar>{logo}</div>"
        f"<div class=body><div class=who><b>CNI docs</b><span>APP</span></div>{blocks_html(blocks)}</div></div></html>"
    )


if __name__ == "__main__":
    main()
