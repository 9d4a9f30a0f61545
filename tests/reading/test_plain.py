import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.model import Block
from policy_archive.reading import plain

PROSE = (
    "We collect the information that you give us when you order something, and use it to deliver "
    "what you have ordered. We never sell your address to anybody, and we keep it for no longer "
    "than the law asks us to. If you would like to know what we hold about you, write to us, and "
    "we will send you a copy of it within a month of your letter."
)


def read(text: str) -> list[Block]:
    return list(plain.read(text).blocks)


def shown(text: str) -> list[str]:
    """Blocks as one line each: lists by number and words, nested ones in brackets."""
    return [_show(block) for block in read(text)]


def _show(block: Block) -> str:
    if block.kind != "list":
        return block.text.replace("\n", " / ")
    items = (
        " ".join(filter(None, (item.number or "•", *map(_show, item.blocks))))
        for item in block.items
    )
    return f"[{' | '.join(items)}]"


def test_one_block_a_line_with_source_lines() -> None:
    blocks = read("Privacy Policy\nWe respect you.\nCookies\nWe use none.\n")
    assert [(block.text, block.lines) for block in blocks] == [
        ("Privacy Policy", (1, 1)),
        ("We respect you.", (2, 2)),
        ("Cookies", (3, 3)),
        ("We use none.", (4, 4)),
    ]


def test_blanked_out_provenance_keeps_line_numbers_and_changes_nothing_else() -> None:
    blocks = read("\nPrivacy Policy\nWe respect you.")
    assert [block.lines for block in blocks] == [(2, 2), (3, 3)]


def test_blank_lines_part_paragraphs_and_single_ones_stay_inside() -> None:
    text = "Overview\n\nWhat are cookies?\nSmall files.\n\nYours,\nThe Team\n\nThe end."
    assert shown(text) == [
        "Overview",
        "What are cookies? / Small files.",
        "Yours, / The Team",
        "The end.",
    ]


def test_text_is_neither_markdown_nor_html() -> None:
    text = "# Not a heading\n<b>bold</b> &amp; *stars* [link](http://example.org)\n    code"
    assert shown(text) == [
        "# Not a heading",
        "<b>bold</b> &amp; *stars* [link](http://example.org)",
        "code",
    ]


@pytest.mark.parametrize("width", [60, 72, 100, 140])
def test_wrapped_text_is_put_together_again(width: int) -> None:
    lines = textwrap.wrap(f"{PROSE} {PROSE}", width)
    text = "\n".join(["What we collect", *lines, "Security", *textwrap.wrap(PROSE, width)])
    assert shown(text) == ["What we collect", f"{PROSE} {PROSE}", "Security", PROSE]
    assert read(text)[1].lines == (2, 1 + len(lines))


def test_a_word_divided_at_its_hyphen_stays_one() -> None:
    text = (
        "We may pass your name to the companies that deliver for us, in the\n"
        "country that you live in, and to no one else. We also keep some non-\n"
        "personal figures, such as the number of visitors who came to see the\n"
        "page, and which of our pages they have read before they went away."
    )
    (paragraph,) = read(text)
    assert "some non-personal figures" in paragraph.text
    assert "\n" not in paragraph.text


def test_lists_of_phrases_are_not_taken_for_wrapped_text() -> None:
    text = (
        "When you visit our website, we may collect the following things:\n"
        "information about your computer and your visits to this website\n"
        "information that you give us when you register for our newsletter\n"
        "information that you post for publication on the website's pages"
    )
    assert len(read(text)) == 4


def test_bullets_of_every_kind() -> None:
    for mark in ("•", "·", "*", "-", "–", "o"):
        assert shown(f"We collect:\n{mark} your name\n{mark} your age\nThat is all.") == [
            "We collect:",
            "[• your name | • your age]",
            "That is all.",
        ]


def test_a_letter_for_a_bullet_goes_to_the_ledger() -> None:
    reading = plain.read("o your name\no your age\nThat is all.")
    assert [(r.rule, r.lines, r.before) for r in reading.repairs] == [
        ("letter-bullet", (1, 1), "o"),
        ("letter-bullet", (2, 2), "o"),
    ]


def test_a_single_dash_or_star_is_no_list() -> None:
    assert shown("* Required fields") == ["* Required fields"]
    assert shown("Thank you.\n- The team") == ["Thank you.", "- The team"]


def test_a_bullet_or_number_alone_on_its_line_belongs_to_the_next() -> None:
    assert shown("We collect:\n•\nyour name\n•\nyour age") == [
        "We collect:",
        "[• your name | • your age]",
    ]
    (block,) = read("•\nyour name")
    assert block.lines == (1, 2)


@pytest.mark.parametrize(
    "numbers", ["1. 2. 3.", "1) 2) 3)", "(a) (b) (c)", "a. b. c.", "i. ii. iii.", "(i) (ii) (iii)"]
)
def test_printed_numbers_are_kept(numbers: str) -> None:
    first, second, third = numbers.split()
    text = f"{first} We ask.\n{second} You answer.\n{third} We forget."
    assert shown(text) == [f"[{first} We ask. | {second} You answer. | {third} We forget.]"]


def test_lists_nest_where_numbers_say_so() -> None:
    text = "1. We collect:\n(a) your name;\n(b) your age.\n2. We use it:\n• to deliver."
    assert shown(text) == [
        "[1. We collect: [(a) your name; | (b) your age.] | 2. We use it: [• to deliver.]]"
    ]


def test_the_ninth_letter_goes_on_and_a_first_one_is_roman() -> None:
    letters = "\n".join(f"({letter}) something." for letter in "abcdefghij")
    assert [item.number for item in read(letters)[0].items] == [f"({x})" for x in "abcdefghij"]
    nested = "(a) one:\n(i) this;\n(ii) that;\n(b) two."
    assert shown(nested) == ["[(a) one: [(i) this; | (ii) that;] | (b) two.]"]


def test_numbered_headings_stay_text_for_the_headings_rule() -> None:
    text = (
        f"1. Information we collect\n{PROSE}\n2. Security\n• We lock the door.\n3. Contact\nWrite."
    )
    assert shown(text) == [
        "1. Information we collect",
        PROSE,
        "2. Security",
        "[• We lock the door.]",
        "3. Contact",
        "Write.",
    ]


def test_an_address_keeps_its_lines() -> None:
    text = (
        f"{PROSE}\nYou may contact us at:\nExample Works Ltd\n12 Mill Street\n"
        "Oldtown AB1 2CD\nTel: 01234 567890\nThis policy was changed in May."
    )
    assert shown(text)[2:] == [
        "Example Works Ltd / 12 Mill Street / Oldtown AB1 2CD / Tel: 01234 567890",
        "This policy was changed in May.",
    ]


def test_drawn_lines_go_to_the_ledger() -> None:
    reading = plain.read("Cookies\n-------\nWe use none.\n* * * * *\n====")
    assert [block.text for block in reading.blocks] == ["Cookies", "We use none."]
    assert [(r.rule, r.lines, r.before, r.after) for r in reading.repairs] == [
        ("rule-line", (2, 2), "-------", ""),
        ("rule-line", (4, 4), "* * * * *", ""),
        ("rule-line", (5, 5), "====", ""),
    ]


def test_other_line_separators_do_not_count_as_lines() -> None:
    assert [block.lines for block in read("one\u2028two\u0085three\x0bfour\nfive")] == [
        (1, 1),
        (2, 2),
    ]


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "", "•", "1.", "(a) your name;", "b) that", "- item", "o thing", "-----", "ii. more",
                "1.2 Deep", "We keep the", "and so on; and", "12 Mill Street", "Contact us at:",
                PROSE, PROSE[:71], PROSE[71:140], "i) x", "h. y", "I. Z", "I.", "  • deep", "9.",
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=25,
).map("\n".join)  # fmt: skip


@given(TEXTS)
def test_every_word_is_kept_in_order_and_lines_are_true(text: str) -> None:
    reading = plain.read(text)
    source = text.split("\n")
    pieces = [(block.lines, block.text) for block in reading.blocks]
    bullets = [repair for repair in reading.repairs if repair.rule == "letter-bullet"]
    pieces += [(repair.lines, repair.before) for repair in reading.repairs if repair not in bullets]
    pieces.sort(key=lambda piece: piece[0])
    found = [word for _, piece in pieces for word in _words(piece)]
    furniture = any(repair.rule == "page-furniture" for repair in reading.repairs)
    if bullets or furniture:  # furniture may stand amid the lines of a block
        assert sorted(found + ["o"] * len(bullets)) == sorted(_words(text))
    else:
        assert found == _words(text)
    reached = 0
    for first, last in (block.lines for block in reading.blocks):
        assert reached < first <= last <= len(source)
        reached = last


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


PAGE = [
    "We collect personal information when you use our service, and we share it",
    "with third parties only with your consent as described in this privacy",
]
NEXT = ["policy. We keep it for two years and delete it afterwards, unless the law", "says more."]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["3", "Acme Policy – Version 2.1"], ["Page 4 of 12", "Acme Policy – Version 2.1"]),
        (["Page 3 of 12"], ["Page 4 of 12"]),
        (["3", "Acme Policy Page 4 of 12"], ["4", "Acme Policy Page 5 of 12"]),
        (["Acme Policy | Page 3"], ["Acme Policy | Page 4"]),
        (["- 3 -"], ["- 4 -"]),
        (["3 / 12"], ["4 / 12"]),
        (["Seite 3 von 12"], ["Seite 4 von 12"]),
        (["Acme Privacy Policy 3"], ["Acme Privacy Policy 4"]),
        (["Acme Privacy Policy – 3"], ["4 Acme Privacy Policy"]),
        (["iii"], ["iv"]),
        (["\fAcme Policy 1 May 2020"], ["\fAcme Policy 1 May 2020"]),
        (["\fAcme Policy", "1"], ["\fAcme Policy", "2"]),
    ],
)
@pytest.mark.parametrize("blank", ["", "\n"])
def test_heads_and_numbers_of_pages_are_furniture(
    first: list[str], second: list[str], blank: str
) -> None:
    parts = ["\n".join(PAGE), *first, "\n".join(NEXT), *second, "We answer you within thirty days."]
    reading = plain.read(f"\n{blank}".join(parts))
    text = " ".join([*PAGE, *NEXT])
    assert [block.text for block in reading.blocks] == [text, "We answer you within thirty days."]
    taken = [(repair.rule, repair.before) for repair in reading.repairs]
    assert taken == [("page-furniture", line.strip()) for line in (*first, *second)]


def test_a_sentence_goes_on_over_a_page_of_text_that_is_not_wrapped() -> None:
    kept = "We keep it for two years and delete it afterwards."
    text = (
        f"We share it as described in this privacy\nPage 1 of 2\npolicy alone.\n{kept}\nPage 2 of 2"
    )
    assert [block.text for block in plain.read(text).blocks] == [
        "We share it as described in this privacy policy alone.",
        kept,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We count\n1\nYour name.\n2\nYour address.",
        "Gallery Page 1\nGallery Page 2\nGallery Page 3",
        "Grade\n1\nGrade\n2\nGrade\n3",
        "\n".join(f"Data Protection Article {n}\n{PAGE[0]}.\n{NEXT[0]}." for n in (1, 2, 3)),
        f"We share it with:\ni\n{PAGE[0]}.\nii\n{PAGE[1]}.",
        "Founded in\n1999\nThe end.",
        "Call us at\n5551234\nat any time.",
        "3 / 12\nof all visitors",
        "See page 4",
    ],
)
def test_other_numbers_alone_on_a_line_stay(text: str) -> None:
    assert not [repair for repair in plain.read(text).repairs if repair.rule == "page-furniture"]
