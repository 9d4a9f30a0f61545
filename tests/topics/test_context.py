"""What each block is labelled with: the heading that tells, and the line that introduces it."""

from policy_archive.model import Block, Document, Item, Run, Section
from policy_archive.topics.context import in_context


def paragraph(text: str, folded: bool = False) -> Block:
    return Block("paragraph", (1, 1), (Run(text),), id="p", folded=folded)


def bullets(*texts: str) -> Block:
    return Block("list", (1, 1), items=tuple(Item("", (paragraph(it),)) for it in texts), id="p")


def headings(*sections: tuple[int, str | None]) -> list[str | None]:
    """The heading that a paragraph of each section is read with, from levels and titles."""
    made = (Section("s", title, level, (1, 1), (paragraph("x"),)) for level, title in sections)
    return [block.heading for block in in_context(Document("", tuple(made)))]


def parts(*blocks: Block) -> list[list[str]]:
    """The texts that each block is scored by."""
    document = Document("", (Section("s", None, 1, (1, 1), blocks),))
    return [[part.text for part in block.parts] for block in in_context(document)]


def test_a_heading_of_one_word_is_read_with_the_one_above() -> None:
    assert headings((1, "Your rights here"), (2, "Access"), (2, "How to ask"), (3, "Fees")) == [
        "Your rights here",
        "Your rights here: Access",
        "How to ask",
        "How to ask: Fees",
    ]


def test_only_what_is_still_above_counts() -> None:
    assert headings((2, "Use of cookies"), (3, "Kinds"), (2, "General"), (3, "More")) == [
        "Use of cookies",
        "Use of cookies: Kinds",
        "General",
        "General: More",
    ]


def test_the_document_s_own_title_says_nothing_about_its_parts() -> None:
    assert headings((1, "The Privacy Policy"), (2, "Cookies")) == ["The Privacy Policy", "Cookies"]
    assert headings((1, None), (2, "Cookies")) == [None, "Cookies"]


def test_a_list_is_read_with_the_line_that_introduces_it() -> None:
    intro = "We share these with:"
    assert parts(paragraph(intro), bullets("names", "dates"), paragraph("And more.")) == [
        [intro],
        [f"{intro}\nnames\ndates"],
        ["And more."],
    ]


def test_items_that_lost_their_list_are_read_so_too_until_a_paragraph_follows() -> None:
    intro = "We share these with:"
    blocks = ("a) carriers", "• banks", "and others", "Nobody else.", "b) not this")
    assert parts(paragraph(intro), *map(paragraph, blocks)) == [
        [intro],
        [f"{intro}\na) carriers"],
        [f"{intro}\n• banks"],
        [f"{intro}\nand others"],
        ["Nobody else."],
        ["b) not this"],
    ]


def test_of_a_long_introduction_its_end_is_read_and_of_a_longer_one_nothing() -> None:
    def intro(count: int) -> str:
        (_, (found,)) = parts(
            paragraph(" ".join(f"w{n}" for n in range(count)) + ":"), bullets("x")
        )
        return found

    assert intro(240).split() == [*(f"w{n}" for n in range(180, 239)), "w239:", "x"]
    assert intro(241) == "x"


def test_folded_blocks_are_left_out() -> None:
    assert parts(paragraph("Home", folded=True), paragraph("Text.")) == [["Text."]]


def test_long_lists_are_read_in_parts_of_whole_items() -> None:
    item = " ".join(["word"] * 20)
    assert parts(bullets(*[item] * 7)) == [["\n".join([item] * 7)]]
    assert parts(bullets(*[item] * 8)) == [
        ["\n".join([item] * 3), "\n".join([item] * 3), "\n".join([item] * 2)]
    ]


def test_giant_paragraphs_are_read_in_parts_of_whole_sentences() -> None:
    sentence = "This sentence has ten words, and all of them count. "
    (whole,) = parts(paragraph(sentence * 42))
    assert len(whole) == 1
    (divided,) = parts(paragraph(sentence * 43))
    assert [len(part.split()) for part in divided] == [80, 80, 80, 80, 80, 30]
    assert "".join(divided) == sentence * 43
