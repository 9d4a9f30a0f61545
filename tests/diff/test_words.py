"""Units as words, and words side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.diff import Span, Unit
from policy_archive.diff.tokens import joined, tokens
from policy_archive.diff.units import units
from policy_archive.diff.words import compare_words
from policy_archive.model import Block, Document, Item, Run, Section


def spans(old: str, new: str, heading: bool = False) -> list[Span]:
    kind = "heading" if heading else "paragraph"
    one, other = (tokens(Unit(kind, text)) for text in (old, new))  # type: ignore[arg-type]
    return list(compare_words(one, other))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("We don’t sell “data”.", ["We", "don't", "sell", "data"]),
        ("1. First, of all;", ["First", ",", "of", "all"]),
        ("(a) it is", ["it", "is"]),
        ("§ 5. Rights…", ["Rights", "..."]),
        ("co-operate – now", ["co", "-", "operate", "-", "now"]),
        ("soft\u00adhyphen,,.", ["softhyphen"]),
        ("2.3", ["2", ".", "3"]),
        ("...", ["..."]),
        ("", []),
        ("“”", [""]),
    ],
)
def test_keys_are_what_a_text_reads_like(text: str, keys: list[str]) -> None:
    assert [token.key for token in tokens(Unit("paragraph", text))] == keys


def test_a_printed_number_is_not_compared() -> None:
    (first, *_), (second, *_) = (tokens(Unit("item", "it is", number)) for number in ("1.", "iv)"))
    assert (first.key, first.text, second.text) == ("it", "1. it ", "iv) it ")


@given(st.lists(st.sampled_from(["", "one", "two.", "“”", ",,", "3."]), max_size=6), st.booleans())
def test_joined_tokens_are_all_of_the_units_a_line_each(texts: list[str], ends: bool) -> None:
    found = joined([Unit("paragraph", text) for text in texts], ends=ends)
    assert "".join(token.text for token in found) == "\n".join(texts)


def test_what_ends_a_paragraph_counts_where_a_sentence_follows() -> None:
    both = [Unit("paragraph", "We sell."), Unit("paragraph", "We buy.")]
    assert [token.key for token in joined(both)] == ["We", "sell", ".", "We", "buy"]
    assert [token.key for token in joined(both, ends=False)][-2:] == ["buy", "."]


def test_words_of_one_side_are_told_from_those_of_both() -> None:
    assert spans("We sell no data", "We never sell data") == [
        ("same", "We ", "We "),
        ("added", "", "never "),
        ("same", "sell ", "sell "),
        ("removed", "no ", ""),
        ("same", "data", "data"),
    ]


def test_looks_are_cosmetic_and_capitals_are_not_but_in_headings() -> None:
    assert spans("our “data”", "our data") == [("cosmetic", "our “data”", "our data")]
    assert spans("our Data", "our data") == [
        ("same", "our ", "our "), ("removed", "Data", ""), ("added", "", "data"),
    ]  # fmt: skip
    assert spans("our Data", "our data", heading=True) == [
        ("same", "our ", "our "), ("cosmetic", "Data", "data"),
    ]  # fmt: skip


def test_what_compares_with_nothing_is_cosmetic_on_one_side_too() -> None:
    assert spans("", "“”") == [("cosmetic", "", "“”")]
    assert spans("“”", "") == [("cosmetic", "“”", "")]
    assert compare_words([], []) == ()


def test_a_long_run_is_one_span_however_many_words_it_has() -> None:
    text = "word " * 20_000
    assert compare_words(*(tokens(Unit("paragraph", it)) for it in (text, text + "more"))) == (
        Span("same", text, text),
        Span("added", "", "more"),
    )


def paragraph(text: str) -> Block:
    return Block("paragraph", (1, 1), (Run(text),))


def test_a_document_is_divided_into_headings_paragraphs_items_and_rows() -> None:
    inner = Block("list", (1, 1), items=(Item("", (paragraph("deep"),)),))
    items = (
        Item("1.", (paragraph("first"), paragraph("more"))),
        Item("2.", ()),
        Item("3.", (paragraph("third"), inner)),
    )
    blocks = (
        paragraph("text"),
        Block("list", (1, 1), items=items, id="p-2"),
        Block("quote", (1, 1), blocks=(paragraph("quoted"),), id="p-3"),
        Block("table", (1, 1), rows=(((Run("a"),), (Run("b"),)),), id="p-4", folded=True),
        Block("preformatted", (1, 1), (Run("x  y"),), id="p-5"),
    )
    document = Document("", (Section("top", "Title", 2, (1, 1), blocks),))
    assert units(document) == (
        Unit("heading", "Title", depth=2, block="top"),
        Unit("paragraph", "text"),
        Unit("item", "first", "1.", 1, "p-2"),
        Unit("item", "more", "", 1, "p-2"),
        Unit("item", "", "2.", 1, "p-2"),
        Unit("item", "third", "3.", 1, "p-2"),
        Unit("item", "deep", "", 2, "p-2"),
        Unit("item", "quoted", "", 1, "p-3"),
        Unit("row", "a | b", "", 0, "p-4", folded=True),
        Unit("preformatted", "x  y", block="p-5"),
    )


def test_links_and_marks_are_part_of_how_a_unit_looks() -> None:
    def marked(*runs: Run) -> str:
        block = Block("paragraph", (1, 1), runs)
        return units(Document("", (Section("s", None, 1, (1, 1), (block,)),)))[0].markup

    plain, bold = marked(Run("one two")), marked(Run("one "), Run("two", bold=True))
    assert plain == ""
    assert len({bold, marked(Run("one ", bold=True), Run("two")), marked(Run("one two", "x"))}) == 3
    assert bold == marked(Run("ONE "), Run("TWO", bold=True))
