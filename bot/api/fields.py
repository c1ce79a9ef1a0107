"""What each field of the API means, with an example; a test names a field that has none.

The examples are about this site: they stand in bot/data/api_examples.json, where "@Name" is the example of that schema.
"""

import json
from pathlib import Path
from typing import Any

from bot.language import SPOKEN

EXAMPLES_FILE = Path(__file__).parents[1] / "data" / "api_examples.json"
# Schemas with a whole example, for who tries the API, and the fields that it needs not have.
WHOLE = {"Question": {"lang", "history", "version", "page"}, "Vote": {"reason"}, "Search": set()}
_LANGS = " or ".join(f"`{lang}`" for lang in SPOKEN)
_URL = "The page and its heading: a path of the site, or a whole address with `urls=absolute`."
_LANG = f"Language: {_LANGS}."
_SECTION = "Page and heading, the same in every language."
_SEVERITY = "`error`, or `info` for advice."
_PATH = "Headings above it, the page's first."
_MORE = "How many {} the section has beyond these; follow the citation's `url` for them."
_KIND = "Tells the forms of blocks apart."

MEANINGS: dict[tuple[str, str], str] = {
    (
        "Question",
        "question",
    ): "The question. Its length counts as it is read: a character that stands for several counts for all of them.",
    ("Question", "lang"): "Language of the answer; null or absent means that of the question.",
    (
        "Question",
        "history",
    ): "Earlier questions of the conversation, oldest first; together at most `KB_MAX_HISTORY` characters.",
    (
        "Question",
        "version",
    ): "A version of the documentation, or another name of it; the question may name another. Absent: that of `page`.",
    ("Question", "page"): "Path of the page that the reader is on; its version is theirs.",
    ("Asked", "question"): "The earlier question.",
    ("Vote", "answer"): "A name that the client makes for each answer that it shows.",
    ("Vote", "vote"): "The vote; null withdraws the one before.",
    ("Vote", "reason"): "Why an answer did not help.",
    ("Vote", "question"): "The question, as the answer has it.",
    ("Vote", "lang"): "Language of the answer.",
    ("Vote", "status"): "Status of the answer.",
    ("Vote", "section"): "`section` of the first citation, or null.",
    ("Search", "words"): "What was typed into the search box of the site.",
    ("Search", "lang"): "Language of the page.",
    ("Answer", "question"): "The question that is answered.",
    ("Answer", "lang"): f"Language of the answer: {_LANGS}.",
    ("Answer", "status"): (
        "`answered`; `clarify`: several sections come close, and `suggestions` holds the choices; `not_covered`: the "
        "site does not answer this, and nothing is cited."
    ),
    ("Answer", "answer"): (
        "Sentences quoted from the cited sections; before them what rules say of values in the question, and what the "
        "site does not state."
    ),
    ("Answer", "confidence"): "Calibrated probability, from 0 to 1, that the site covers the question.",
    ("Answer", "citations"): "Up to three sections that support the answer, the best first.",
    ("Answer", "rules"): "Rule checks that the cited sections link to.",
    ("Answer", "suggestions"): "Questions near this one that the site answers.",
    ("Answer", "took_ms"): "Milliseconds that the answer took.",
    ("Answer", "runners_up"): "Up to five sections that came next and are not cited, best first.",
    ("Answer", "not_stated"): (
        "Parts of the question, as it writes them, of which the cited sections say nothing; of an answer from a source "
        "other than the site's own, its topic. With one of them no yes or no is said."
    ),
    ("Answer", "checks"): "What the rules say of values in the question.",
    (
        "Answer",
        "verdict",
    ): "`yes`, `no` or `conditional`, as the answer begins; null where it says none or something is not stated.",
    ("Answer", "certainty"): (
        "`high`, `medium` or `low`: how sure the answer is. Never `high` where something is not stated; null "
        "if nothing is answered."
    ),
    ("Answer", "written"): (
        "The answer as a model phrased it from the quotes (KB_WRITER_URL), each sentence checked against them; null "
        "without a model, and where its text says anything else."
    ),
    ("Written", "text"): "The sentences, each with the numbers of its citations.",
    ("Written", "sentences"): "The sentences one by one.",
    ("WrittenSentence", "text"): "The sentence.",
    ("WrittenSentence", "citations"): "`n` of the citations whose quotes say it.",
    ("Answer", "outside"): "Documents of other sites that cover what this one does not.",
    ("Outside", "title"): "What the document is called.",
    ("Outside", "url"): "Its address.",
    ("Answer", "version"): "The version of the documentation that the answer is from; only where there are several.",
    ("Citation", "n"): "Its number in the answer, from 1.",
    ("Citation", "section"): _SECTION,
    ("Citation", "lang"): _LANG,
    ("Citation", "title"): "The heading.",
    ("Citation", "url"): _URL,
    ("Citation", "quote"): "An exact part of the published section.",
    ("Citation", "translation_url"): "The same section in the other language; null if there is none.",
    ("Citation", "path"): _PATH,
    ("Citation", "blocks"): (
        "The quote in the forms of its page, each text an exact part of the section: lists whole or their first items, "
        "rows with their header, code behind the sentence that it belongs to. A yes or no that `verdict` says is left "
        "out."
    ),
    ("Citation", "also"): "Sections that state the same and are therefore not cited on their own.",
    ("Citation", "stale"): "Why the section may be out of date; null where nothing says so.",
    ("Citation", "links"): "Links of the page in `blocks`: where `text` first stands in them, it leads to `url`.",
    ("QuotedLink", "text"): "The words of the link.",
    ("QuotedLink", "url"): "A path of this site, or the address of another site's page.",
    ("Stale", "since"): "The day on which the source was seen changed, or, if that is old, last compared.",
    ("Stale", "source"): "The source's title, or its address.",
    ("Stale", "url"): "The source's address.",
    ("Stale", "why"): "`changed`: the source has changed since; `old`: it was compared longer ago than its limit.",
    ("Place", "section"): _SECTION,
    ("Place", "lang"): _LANG,
    ("Place", "title"): "The heading.",
    ("Place", "path"): _PATH,
    ("Place", "url"): _URL,
    ("Paragraph", "kind"): _KIND,
    ("Paragraph", "text"): "The paragraph, or the sentences of it that are quoted.",
    ("Listing", "kind"): _KIND,
    ("Listing", "items"): "The items.",
    ("Listing", "start"): "Number of the first item here; null: the list has bullets.",
    ("Listing", "more"): _MORE.format("items"),
    ("Item", "text"): "The item's first paragraph; empty if it begins with something else.",
    ("Item", "blocks"): "What else the item holds: further paragraphs, code, a list.",
    ("Table", "kind"): _KIND,
    ("Table", "header"): "The cells that name the columns; empty if no row does.",
    (
        "Table",
        "rows",
    ): "Rows of cells; the lines of a cell are apart by newlines. Where the question names rows, only those.",
    ("Table", "more"): _MORE.format("rows"),
    ("Code", "kind"): _KIND,
    ("Code", "text"): "The code, its line breaks and spaces as on the page.",
    ("Code", "language"): "As the page names it; empty if it names none.",
    ("Code", "more"): _MORE.format("lines"),
    ("Note", "kind"): _KIND,
    ("Note", "note"): "Its kind, as the page names it.",
    ("Note", "title"): "Its title; empty if it has none.",
    ("Note", "blocks"): "What stands in it.",
    ("RuleLink", "id"): "Id of the rule.",
    ("RuleLink", "name"): "Name of the rule.",
    ("RuleLink", "title"): "Title of the rule's page.",
    ("RuleLink", "severity"): _SEVERITY,
    ("RuleLink", "url"): _URL,
    ("CheckedValue", "id"): "Id of the rule.",
    ("CheckedValue", "name"): "Name of the rule.",
    ("CheckedValue", "status"): "`pass`, `fail` or `unknown`.",
    ("CheckedValue", "observed"): "The value, as the question writes it.",
    ("CheckedValue", "expected"): "What the rule expects.",
    ("CheckedValue", "fix"): "What to do.",
    ("CheckedValue", "url"): _URL,
    ("RunnerUp", "section"): _SECTION,
    ("RunnerUp", "lang"): _LANG,
    ("RunnerUp", "title"): "The page's title and the heading.",
    ("RunnerUp", "url"): _URL,
    ("About", "url"): "Public address of the site (KB_SITE_URL).",
    ("About", "langs"): "Languages of the site, its main one first.",
    ("About", "starters"): "Questions to begin with, from the site's headings.",
    ("About", "keeps_searches"): "Whether the service keeps words that a search did not find (KB_KEEP_QUESTIONS).",
    (
        "About",
        "versions",
    ): "Versions of the documentation, the one that is read by default first, where there are several.",
    ("RuleEntry", "id"): "Id of the rule.",
    ("RuleEntry", "name"): "Name of the rule.",
    ("RuleEntry", "severity"): _SEVERITY,
    ("RuleEntry", "title"): "What a cluster that passes is like, by language.",
    ("RuleEntry", "url"): "The rule's page, by language.",
    ("Findings", "schema"): "Version of this form.",
    ("FirstFindings", "schema"): "Version of this form.",
    ("Plans", "schema"): "Version of this form.",
    ("PlansQuote", "text"): "The sentence.",
    ("PlansQuote", "section"): _SECTION,
    ("PlansQuote", "url"): "Its address.",
    ("PlansNote", "text"): "What to mind.",
    ("PlansNote", "title"): "Title of the other document; empty if it is this site.",
    ("PlansNote", "url"): "Address of the other document; empty if it is this site.",
    ("PlansNote", "edition"): "Edition of the other document; empty if it is this site.",
    ("PlansCheck", "command"): "A command that only reads; null if there is none.",
    ("PlansCheck", "expected"): "What it prints if all is well.",
    ("PlansBlocker", "id"): "Name of what is in the way.",
    ("PlansBlocker", "title"): "What is in the way.",
    ("PlansBlocker", "rule"): "Rule that says so.",
    ("PlansBlocker", "observed"): "The data that decided; null if there was none.",
    ("PlansBlocker", "reason"): "Why it is in the way.",
    ("PlansBlocker", "notes"): "What else to mind.",
    ("PlansBlocker", "instead"): "What can be done instead.",
    ("PlansStep", "id"): "Name of the step.",
    ("PlansStep", "title"): "What the step does.",
    ("PlansStep", "marks"): "What the step is like.",
    ("PlansStep", "rule"): "Rule that the step serves.",
    ("PlansStep", "reason"): "Why it is taken.",
    ("PlansStep", "notes"): "What else to mind.",
    ("PlansStep", "check"): "How to see afterwards that it worked.",
    ("Failure", "error"): "What went wrong.",
    ("Problem", "code"): "A name that does not change; the documentation lists all.",
    ("Problem", "message"): "One sentence in the language of the question, or of `Accept-Language`.",
}


def examples() -> dict[str, dict[str, Any]]:
    """An example of each field by its schema."""
    fields: dict[str, dict[str, Any]] = json.loads(EXAMPLES_FILE.read_text("utf-8"))

    def whole(example: Any) -> Any:
        if isinstance(example, list):
            return [whole(each) for each in example]
        if isinstance(example, str) and example.startswith("@"):
            return {name: whole(each) for name, each in fields[example[1:]].items()}
        return example

    return {schema: {name: whole(each) for name, each in known.items()} for schema, known in fields.items()}
