"""`index.md`: whatever a text is made of, its Markdown is read as the same words again."""

from itertools import chain, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policy_archive.build.tasks import read_bytes
from policy_archive.model import Block, Document, Item, Run, Section
from policy_archive.pages.data import markdown_text, snapshot_markdown
from policy_archive.reading import markdown
from policy_archive.reading.runs import tidy
from policy_archive.settings import Settings
from policy_archive.text.words import words

PIECES = (
    *("word", "Data", "a", "7", "l'été", "漢字", "_ga", "C:", "don’t", "10", "x" * 40),
    *(" ", "  ", "\n", ".", ",", ":", "!", "(", ")", "/", "-", "–", "\xa0", "'", '"'),
    *("*", "**", "_", "__", "`", "```", "~~", "#", "## ", "[", "](x)", "![", "|", "\\", "\\\n"),
    *("<b>", "<div>", "</p>", "<!-- ", "&amp;", "&copy", "&#65;", "<https://a.example>"),
    *("1. ", "23) ", "- ", "+ ", "> ", "---", "===", ":--", "| a |", "\n| - |", "• ", "§ "),
)
texts = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
urls = st.sampled_from(("", "https://a.example/?a=1&copy=2", "mailto: a@b.example", "a b(", "<\\>"))


def stand_apart(runs: tuple[Run, ...]) -> bool:
    """Whether no word runs into a link: the reader parts these, so that no document has them."""
    return not any(
        one.href != other.href and one.text[-1:].isalnum() and other.text[:1].isalnum()
        for one, other in pairwise(runs)
    )


styled = st.builds(Run, texts, urls, st.booleans(), st.booleans(), st.just(""))
runs = st.lists(styled, max_size=5).map(tidy).filter(stand_apart)
LINES = (1, 1)
numbers = st.sampled_from(("", "", "1.", "7)", "(a)", "iv.", "§ 3", "1234567890."))


def block(kind: str, **values: object) -> Block:
    return Block(kind, LINES, **values)  # type: ignore[arg-type]


paragraphs = runs.filter(bool).map(lambda it: block("paragraph", runs=it))
preformatted = texts.filter(str.strip).map(lambda it: block("preformatted", runs=(Run(it),)))
headings = st.builds(
    lambda it, level: block("heading", runs=it, level=level), runs.filter(bool), st.integers(1, 6)
)
tables = st.builds(
    lambda rows, header: block("table", rows=tuple(map(tuple, rows)), has_header=header),
    st.lists(st.lists(runs, min_size=1, max_size=3), min_size=1, max_size=3),
    st.booleans(),
)


def nested(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(inner, max_size=3).map(tuple)
    items = st.lists(st.builds(Item, numbers, several), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        items.map(lambda it: block("list", items=it)),
        several.filter(bool).map(lambda it: block("quote", blocks=it)),
    )


leaves = st.one_of(paragraphs, preformatted, headings, tables)
blocks = st.recursive(leaves, nested, max_leaves=6)


def words_of(blocks: tuple[Block, ...]) -> list[str]:
    return list(chain.from_iterable(words(block.text) for block in blocks))


@given(st.lists(blocks, max_size=4).map(tuple))
@example((block("paragraph", runs=(Run("a", bold=True), Run("b"))),))
@example((block("paragraph", runs=(Run("one", "x"), Run("two", "y"), Run("three"))),))
@example((block("paragraph", runs=(Run("!"), Run("word", "x"))),))
@example((block("table", rows=(((Run("a|b\\"),), (Run("c\nd"),)), ((Run("<br>"),),))),))
def test_what_is_written_is_read_as_the_same_words(given: tuple[Block, ...]) -> None:
    section = Section("s", None, 1, LINES, given)
    written = markdown_text.document(Document("", (section,)))
    assert words_of(markdown.read(written).blocks) == words_of(given), written


TEXT = """# Privacy *Policy*

We use **cookies**, see [our
partners](https://a.example/?a=1&b=2) and \\*all\\* that.

1. One
2. Two
   - inner

   more

| name | what |
| --- | --- |
| a \\| b | c |

> Quoted.
"""


def test_what_marks_there_are_stand_in_the_text() -> None:
    record = read_bytes(TEXT.encode(), "policies/a.example.md", Settings())
    written = markdown_text.document(record.document)
    assert written == (
        "# Privacy Policy\n\n"
        "We use **cookies**, see [our partners](https://a.example/?a=1&b=2) and \\*all\\* that.\n\n"
        "1. One\n\n2. Two\n\n   - inner\n\n\n   more\n\n\n"
        "| name | what |\n| --- | --- |\n| a \\| b | c |\n\n> Quoted.\n"
    )


@pytest.mark.parametrize(
    "front",
    [
        "site: a.example\ncaptured: 2014-05-21\noriginal_url: https://a.example/x?a=1\n",
        "site: 'The \"Shop\" \\ 商店'\nkind: terms-of-service\ncaptured: 2014-05-21T17:33:13Z\n",
        "site: a.example\ncollection: 'One: # two'\n",
        "memento_url: https://web.archive.org/web/20140521173313/http://a.example/privacy\n",
    ],
)
def test_provenance_is_read_again(front: str) -> None:
    record = read_bytes(f"---\n{front}---\n{TEXT}".encode(), "policies/x.md", Settings())
    again = read_bytes(snapshot_markdown.made(record, {}), "policies/x.md", Settings())
    assert again.snapshot == record.snapshot
    assert [notice.code for notice in again.notices] == [it.code for it in record.notices]
    assert again.document.texts == record.document.texts
