"""What one text may cost is bounded, and a text beyond the bounds is shown whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.build.tasks import read_bytes
from policy_archive.model import Block
from policy_archive.reading import Reading, forms, limits
from policy_archive.settings import Settings
from policy_archive.text.words import words

PROSE = "We may collect your name and share it with partners of ours who ask for it."
LONGER = " ".join([PROSE] * 9)
PAGE = f"<h1>Privacy Policy</h1>\n<p>{LONGER}</p>\n"


def shown(reading: Reading) -> str:
    return "\n".join(block.text for block in reading.blocks)


@pytest.mark.parametrize(
    ("limit", "size", "path", "text"),
    [
        ("CHARACTERS", len(PROSE), "a.txt", PROSE),
        ("CHARACTERS", len(PROSE), "a.md", PROSE),
        ("LINES", 3, "a.txt", "one\ntwo\nthree\nfour"),
        ("LINES", 3, "a.md", "one\ntwo\nthree\nfour"),
        ("LINES", 3, "a.html", "<pre>\none\ntwo\nthree</pre>"),
        ("MARKS", 7, "a.md", "`a` *b* [c](d) <e>"),
        ("MARKS", 6, "a.html", "<p>one<br>two <b>three</b><i>four</i>"),
        ("TOKENS", 16, "a.md", "|a|\n|-|\n|b|"),
        ("DEPTH", 6, "a.md", "> - 1. deep"),
        ("PAGE_CHARACTERS", len(PAGE), "a.html", PAGE),
    ],
)
def test_a_text_is_read_up_to_a_limit(
    limit: str, size: int, path: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, limit, size)
    assert not forms.read(text, path).unread
    monkeypatch.setattr(limits, limit, size - 1)
    reading = forms.read(text, path)
    assert reading.unread
    assert shown(reading) == text.strip("\n")
    assert {block.kind for block in reading.blocks} == {"preformatted"}
    (notice,) = reading.notices
    assert (notice.code, notice.severity) == ("beyond-limits", "doubt")
    assert f"{size - 1:,} " in notice.message


def test_characters_of_a_page_are_those_that_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHARACTERS", len(PROSE) + 10)
    hidden = f"<script>{'x' * 5000}</script><svg>{'<path/>' * 500}</svg><!-- {'y' * 5000} -->"
    assert not forms.read(f"{hidden}<p>{PROSE}</p>", "a.html").unread
    assert forms.read(f"<p>{PROSE}</p><p>{PROSE}</p>", "a.html").unread


def test_what_is_beyond_limits_is_neither_cleaned_nor_labelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = f"# Privacy Policy\n\nHome\n\nLast updated: May 1, 2018\n\n**Cookies**\n\n{LONGER}\n"
    whole = read_bytes(text.encode(), "policies/a.example.md", Settings())
    assert whole.passages
    assert whole.repairs
    assert whole.stated_dates
    monkeypatch.setattr(limits, "CHARACTERS", 100)
    record = read_bytes(text.encode(), "policies/a.example.md", Settings())
    assert "\n".join(record.document.texts) == text.strip("\n")
    assert (record.passages, record.repairs, record.stated_dates) == ((), (), ())
    assert not record.checked
    assert record.words == whole.words
    assert record.document.title == "Privacy policy"
    assert [notice.code for notice in record.notices] == ["no-provenance", "beyond-limits"]


@given(st.text(alphabet="ab  \n", max_size=400), st.integers(1, 50))
def test_every_word_stands_where_it_stood(text: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "_PIECE", size)
        blocks = limits.as_it_stands(text, "it is long").blocks
    lines = text.split("\n")
    for block in blocks:
        first, last = block.lines
        assert len(block.text) <= size
        assert block.text in "\n".join(lines[first - 1 : last])
        assert block.text.count("\n") == last - first
    assert "".join(word for block in blocks for word in words(block.text)) == "".join(words(text))
    if all(len(word) < size for word in text.split()):
        assert [word for block in blocks for word in words(block.text)] == words(text)


def test_a_long_text_is_shown_in_pieces_of_whole_lines() -> None:
    lines = [f"line {number} of a long text" for number in range(2000)]
    blocks = limits.as_it_stands("\n".join(lines), "it is long").blocks
    assert len(blocks) == 5
    assert [line for block in blocks for line in block.text.split("\n")] == lines
    assert blocks[1].lines[0] == blocks[0].lines[1] + 1


def test_a_library_that_gives_up_loses_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(text: str) -> Reading:
        raise RecursionError

    monkeypatch.setattr(forms, "reader_of", lambda path: give_up)
    reading = forms.read(PROSE, "a.md")
    assert reading.unread
    assert shown(reading) == PROSE
    assert "nests too deep" in reading.notices[0].message


DEEP = 4000
NESTED = {
    "quotes": ("> " * DEEP + "word", "md"),
    "quotes in turn": ("".join(f"{'> ' * n}word\n" for n in range(90)), "md"),
    "lists": ("- " * DEEP + "word", "md"),
    "numbered lists": ("1. " * DEEP + "word", "md"),
    "indented lists": ("".join("  " * n + "- word\n" for n in range(200)), "md"),
    "lists in quotes": ("> - " * DEEP + "word", "md"),
    "indented prose": (f"Text.\n\n    {'> ' * 200}word {PROSE}", "md"),
    "brackets": ("[" * DEEP + "word" + "](a)" * DEEP, "md"),
    "pictures": ("![" * DEEP + "word" + "](a)" * DEEP, "md"),
    "emphasis": ("*_" * DEEP + "word" + "_*" * DEEP, "md"),
    "bullets": ("- " * DEEP + "word", "txt"),
    "numbers": ("1. a. i. " * DEEP + "word", "txt"),
    "numbers on lines": ("1. x\na. x\ni. x\nA. x\n" * 500 + "word", "txt"),
    "lists that begin in lists": ("1) word\n\n" * DEEP + "2) word\n\n" * DEEP, "md"),
    "titles": ("# Privacy Policy\n\n" * DEEP + "word", "md"),
    "headings in an item": ("* x\n" + "  ## Privacy Policy\n" * DEEP + "word", "md"),
    **{
        f"<{tag}>": (f"<{tag}>" * DEEP + "word", "html")
        for tag in ("div", "b", "a href=x", "ul><li", "dl><dt", "table><tr><td", "blockquote")
    },
}


@pytest.mark.parametrize("case", NESTED)
def test_no_depth_loses_a_text(case: str) -> None:
    text, form = NESTED[case]
    record = read_bytes(text.encode(), f"policies/a.example.{form}", Settings())
    found = words("\n".join(record.document.texts))
    gone = [word for it in record.repairs if not it.after for word in words(it.before)]
    assert found.count("word") + gone.count("word") == text.count("word")


def depth(blocks: tuple[Block, ...]) -> int:
    inner = [block.blocks for block in blocks]
    inner += [item.blocks for block in blocks for item in block.items]
    return 1 + max(map(depth, inner)) if blocks else 0


def test_lists_that_begin_in_lists_are_made_to_a_depth() -> None:
    text = "1) word\n\n" * 300 + "2) word\n\n" * 300
    record = read_bytes(text.encode(), "policies/a.example.md", Settings())
    assert depth(record.document.blocks) <= 20


@pytest.mark.no_cover
def test_rows_that_are_short_are_not_completed_without_end() -> None:
    """256 columns and 250 rows of one cell are 64,000 cells, and the library has no sum for all."""
    table = "a|" * 256 + "\n" + "-|" * 256 + "\n" + "a|\n" * 250 + "\n"
    assert not forms.read(table, "a.md").unread
    assert forms.read(table * 20, "a.md").unread


def test_a_table_in_which_most_cells_are_missing_is_no_table() -> None:
    wide = "<td>wide</td>" * 200
    page = f"<table><tr>{wide}</tr>{'<tr><td>a</td><td>b</td></tr>' * 200}</table>"
    reading = forms.read(f"<p>{LONGER}</p>{page}", "a.html")
    assert not [block for block in reading.blocks if block.kind == "table"]
    assert words(shown(reading)).count("wide") == 200
    dense = f"<table>{f'<tr>{wide}</tr>' * 5}</table>"
    tables = [b for b in forms.read(dense, "a.html").blocks if b.kind == "table"]
    assert [len(row) for row in tables[0].rows] == [200] * 5
