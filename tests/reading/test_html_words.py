"""Nothing is lost: each visible word is in the blocks, in order, or in the ledger."""

import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from policy_archive.model import Block
from policy_archive.reading import Reading
from policy_archive.reading.html import read
from policy_archive.reading.html.boxes import InlineText
from policy_archive.reading.html.layout import page_of
from policy_archive.text.words import words

WORDS = ("orchard", "we", "collect", "your", "privacy", "apples", "information", "may", "disclose")

AROUND = "<p>We collect personal information and share it with third parties.</p>" * 60


def texts(block: Block) -> Iterator[str]:
    """The text of a block without the numbers that only a browser prints."""
    if block.kind == "list":
        for item in block.items:
            for inner in item.blocks:
                yield from texts(inner)
    elif block.kind == "quote":
        for inner in block.blocks:
            yield from texts(inner)
    else:
        yield block.text


def shown(reading: Reading) -> list[str]:
    return [word for block in reading.blocks for text in texts(block) for word in words(text)]


sentence = st.lists(st.sampled_from(WORDS), min_size=1, max_size=20).map(" ".join)
inline = st.recursive(
    sentence,
    lambda inner: st.tuples(
        st.sampled_from(["b", "em", "span", "font", "a href='#x'", "a href='mailto:a@b.example'"]),
        inner,
    ).map(lambda pair: f" <{pair[0]}>{pair[1]}</{pair[0].split()[0]}> "),
    max_leaves=3,
)
flow = st.lists(inline, min_size=1, max_size=4).map("<br>".join)
page = st.recursive(
    flow.map(lambda text: f"<p>{text}</p>"),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["div", "section", "center", "blockquote", "td"]), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
        ),
        st.tuples(flow, inner).map(lambda pair: f"<h2>{pair[0]}</h2>{pair[1]}"),
        st.tuples(inner, inner).map(lambda pair: f"<ul><li>{pair[0]}</li><li>{pair[1]}</ul>"),
        st.tuples(flow, inner).map(lambda pair: f"<ol>{pair[0]}<li>{pair[1]}</ol>"),
        st.tuples(flow, inner).map(lambda pair: f"<dl><dt>{pair[0]}<dd>{pair[1]}</dl>"),
        st.tuples(inner, inner).map(
            lambda pair: f"<table><tr><td>{pair[0]}<td>{pair[1]}<tr><td>1<td>2</table>"
        ),
        st.tuples(inner, inner).map("".join),
        flow.map(lambda text: f"<pre>{text}\n\n{text}</pre>"),
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(page)
def test_every_word_of_a_page_without_furniture_is_shown_in_order(markup: str) -> None:
    page = AROUND + markup + AROUND
    reading = read(f"<body>{page}</body>")
    assert not reading.repairs
    source = words(re.sub(r"<[^>]*>", " ", page))
    # Sections of a list have its printed numbers before their first words.
    assert [word for word in shown(reading) if not word.isdigit()] == [
        word for word in source if not word.isdigit()
    ]


FRAGMENTS = (
    "<div hidden>", "<nav>", "</nav>", "<select><option>", "</p>", "<!--", "-->", "<", "&#0;", "\0",
    "<table>", "<script>", "<td>", "<noscript>", "<![CDATA[", "<b", "<li>", "<frameset>", "</body>",
    "<textarea>", "<form class='login'>", "<a href='/x'>", "\ud800", "<title>", "<?php ", "<svg>",
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(page, st.lists(st.tuples(st.integers(0, 400), st.sampled_from(FRAGMENTS)), max_size=8))
def test_broken_pages_lose_nothing_that_they_show(markup: str, cuts: list[tuple[int, str]]) -> None:
    for position, fragment in cuts:
        markup = markup[:position] + fragment + markup[position:]
    reading = read(markup)
    source = [
        word
        for node in (page_of(markup).root.walk() if markup.strip() else ())
        if isinstance(node, InlineText)
        for word in words(node.text)
    ]
    removed = [word for repair in reading.repairs for word in words(repair.before)]
    # A fragment may stand within a word, so letters are compared.
    kept = [word for word in [*shown(reading), *removed] if not word.isdigit()]
    assert sorted("".join(kept)) == sorted("".join(word for word in source if not word.isdigit()))
    assert all(1 <= first <= last for block in reading.blocks for first, last in [block.lines])


def test_cells_in_preformatted_text_stand_apart() -> None:
    reading = read("<pre>one\n\ntwo<table><tr><td>1<td>2</table></pre>")
    assert shown(reading) == ["one", "two", "1", "2"]
