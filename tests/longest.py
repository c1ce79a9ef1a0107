"""The files that take longest, the longest first: begun last, one would keep a single process busy at the end."""

from collections.abc import Sequence
from pathlib import PurePath

FILES = (
    "browser/test_chat_axe.py",
    "cost/test_growth.py",
    "browser/test_quote.py",
    "browser/test_pages_axe.py",
    "browser/test_check_page.py",
    "browser/test_check_input.py",
    "browser/test_chat_access.py",
    "browser/test_layout.py",
    "browser/test_real_service.py",
    "hostile/test_stuffing.py",
    "bot/checks/test_bad_values.py",
    "browser/test_language_menu.py",
    "browser/test_api_docs.py",
    "bot/cli/test_cli.py",
    "bot/learning/test_gaps_small_sites.py",
    "index/publishing/test_publish.py",
    "browser/test_look.py",
    "index/storage/test_faults.py",
    "bot/service/test_serve_watch.py",
    "browser/test_chat_opens.py",
    "browser/test_chat_newest.py",
    "bot/slack/test_processes.py",
    "browser/test_search_box.py",
    "index/encoder/test_transformer.py",
    "bot/api/test_api_schema.py",
    "bot/evidence/test_candidates.py",
    "browser/test_chat_failures.py",
    "browser/test_page_questions.py",
    "browser/test_hostile.py",
)
TESTS = PurePath(__file__).parent
_PLACES = {TESTS / file: place for place, file in enumerate(FILES)}


def first(files: Sequence[PurePath]) -> list[int]:
    """The order, as places in `files`: the longest ones first, and the others as they stand."""
    return sorted(range(len(files)), key=lambda at: _PLACES.get(files[at], len(FILES)))
