"""Reading Markdown as converters leave it; the cases are shapes seen in real archives."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.model import Block, Run, plain
from policy_archive.reading import forms, markdown
from policy_archive.text.words import words


def blocks(text: str) -> tuple[Block, ...]:
    return markdown.read(text).blocks


def shapes(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks(text)]


def test_kinds_and_lines() -> None:
    text = "# Title\n\nOne\ntwo.\n\n  * a\n  * b\n\n\n> said\n\n| x | y |\n|---|---|\n| 1 | 2 |\n"
    assert [(b.kind, b.lines) for b in blocks(text)] == [
        ("heading", (1, 1)),
        ("paragraph", (3, 4)),
        ("list", (6, 7)),
        ("quote", (10, 10)),
        ("table", (12, 14)),
    ]


def test_underlined_headings() -> None:
    assert [(b.level, b.text) for b in blocks("Privacy\n=======\n\nWho we are\n---------\n")] == [
        (1, "Privacy"),
        (2, "Who we are"),
    ]


def test_printed_numbers_stay_with_their_items() -> None:
    assert blocks("3. three\n4. four\n")[0].text == "3. three\n4. four"
    assert shapes(r"1\. Scope") == [("paragraph", "1. Scope")]


def test_nested_list_keeps_its_numbers() -> None:
    (block,) = blocks("1. one\n   1. inner\n   2. more\n2. two\n")
    assert block.text == "1. one\n1. inner\n2. more\n2. two"
    assert block.items[0].blocks[1].kind == "list"


def test_hard_break_stays_and_soft_break_is_a_space() -> None:
    assert shapes("Acme Inc  \nPO Box 1\nTown") == [("paragraph", "Acme Inc\nPO Box 1 Town")]


def test_marks_and_links() -> None:
    assert blocks("**Name.** see [*our* site](https://example.org/a)")[0].runs == (
        Run("Name.", bold=True),
        Run(" see "),
        Run("our", "https://example.org/a", italic=True),
        Run(" site", "https://example.org/a"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[name]: https://example.org 'title'",
        '--8<-- "/etc/passwd"',
        "{{ config }} {% raw %}",
        "<!-- a comment -->",
    ],
)
def test_what_other_engines_would_run_is_text(text: str) -> None:
    assert " ".join(shape[1] for shape in shapes(text)) == text


def test_link_with_a_forbidden_scheme_prints_its_text_alone() -> None:
    assert shapes("[menu](javascript:void(0))") == [("paragraph", "menu")]


def test_image_leaves_its_alternative_text() -> None:
    assert shapes("![our logo](https://example.org/x.png)") == [("paragraph", "our logo")]


def test_grown_together_link_is_parted_and_said_so() -> None:
    reading = markdown.read("Learn more in[Your Data](https://example.org) today.")
    assert reading.blocks[0].text == "Learn more in Your Data today."
    assert [(r.rule, r.before, r.after) for r in reading.repairs] == [
        ("missing-space", "inYour", "in Your")
    ]


def test_indented_prose_is_a_paragraph_and_a_dump_is_not() -> None:
    prose = (
        "Intro.\n\n    You may opt out of receiving targeted ads from [partners](https://e.org).\n"
    )
    assert shapes(prose)[1] == (
        "paragraph",
        "You may opt out of receiving targeted ads from partners.",
    )
    assert blocks(prose)[1].lines == (3, 3)
    assert shapes("Intro.\n\n    array(3) {\n      [0]=> 1\n    }\n")[1][0] == "preformatted"


def test_layout_table_without_words_is_gone_and_header_is_told() -> None:
    assert shapes("|  |  |\n|---|---|\n|  |  |\n") == []
    (table,) = blocks("|  |  |\n|---|---|\n| a | b |\n")
    assert (table.rows[0][0][0].text, table.has_header) == ("a", False)
    assert blocks("| h |\n|---|\n| a |\n")[0].has_header


@pytest.mark.no_cover
@pytest.mark.parametrize("text", ["[" * 20000, "> " * 5000 + "x", "* " * 3000 + "x", "_*" * 9000])
def test_hostile_nesting_is_read_in_bounded_time(text: str) -> None:
    started = time.process_time()
    found = forms.read(text, "a.md")
    assert time.process_time() - started < 20  # a loop without an end, not a speed test
    if "x" in text:
        assert "x" in " ".join(block.text for block in found.blocks)


@given(st.text(alphabet="ab *_#>-|[]()<>`1.\\\n\t&;:", max_size=200))
def test_no_text_stops_the_reader_and_no_word_is_lost(text: str) -> None:
    found = markdown.read(text)
    assert all(1 <= b.lines[0] <= b.lines[1] <= text.count("\n") + 1 for b in found.blocks)
    if not set(text) & set("[]()<&_"):  # link targets and entities are no visible words
        source = [word for word in words(text.replace("\\", "")) if word]
        shown = [word for block in found.blocks for word in words(block.text)]
        assert sorted("".join(shown)) == sorted("".join(source))


def test_a_link_around_blocks_leaves_its_blocks() -> None:
    text = "* [\n\n  #### Blog\n\n  Read it.\n\n  ](https://example.org/a?b=c)\n"
    reading = markdown.read(text)
    shown = "\n".join(block.text for block in reading.blocks)
    assert "Read it." in shown
    assert "example.org" not in shown
    assert [(r.rule, r.lines) for r in reading.repairs] == [("split-link", (7, 7))]


def test_images_stand_apart_from_words() -> None:
    assert shapes("![print icon](a.png)Print") == [("paragraph", "print icon Print")]


def test_links_in_a_row_stand_apart() -> None:
    assert shapes('[Expand All](# "Expand")[Collapse All](# "Collapse")') == [
        ("paragraph", "Expand All Collapse All")
    ]


def test_line_breaks_that_a_converter_wrote_into_cells() -> None:
    source = "|  |  |\n| --- | --- |\n| Name<br>E-mail<br/>**Age** | b |\n\nA <br> here.\n"
    reading = markdown.read(source)
    table, after = reading.blocks
    assert "".join(run.text for run in table.rows[0][0]) == "Name\nE-mail\nAge"
    assert not table.has_header
    assert after.text == "A <br> here."
    repairs = [(r.rule, r.lines, r.before) for r in reading.repairs]
    assert repairs == [("cell-break", (3, 3), "<br> <br/>")]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("**Ad data:**This is", (("Ad data: ", True), ("This is", False))),
        ("**2.1.1.**After you", (("2.1.1. ", True), ("After you", False))),
        ("**Consent: **When we", (("Consent: ", True), ("When we", False))),
        ("**Is it kept?**If so", (("Is it kept? ", True), ("If so", False))),
        ("**第三者提供：**当社は", (("第三者提供：", True), ("当社は", False))),
        ("当社は**「個人情報」**を**「第三者」**に", (
            ("当社は", False), ("「個人情報」", True), ("を", False), ("「第三者」", True), ("に", False),
        )),
        ("我们**（公司）**收集", (("我们", False), ("（公司）", True), ("收集", False))),
        ("so **(see “Disputes”****)** and", (
            ("so ", False), ("(see “Disputes”)", True), (" and", False),
        )),
        ("**Acme.tv****Privacy Notice**", (
            ("Acme.tv", True), (" ", False), ("Privacy Notice", True),
        )),
        ("**Pa****rt 1**", (("Part 1", True),)),
        ("version 2.1**.** If", (("version 2.1", False), (".", True), (" If", False))),
        ("**  \nUsage.** We", (("Usage.", True), (" We", False))),
        ("_Access and use  \n_", (("Access and use", False),)),
        ("**_**_8.1 Keeping_**_**", (("8.1 Keeping", False),)),
    ],
)  # fmt: skip
def test_emphasis_beside_punctuation(text: str, runs: tuple[tuple[str, bool], ...]) -> None:
    (block,) = blocks(text)
    assert tuple((run.text, run.bold) for run in block.runs) == runs


@pytest.mark.parametrize(
    "text",
    [
        r"a hashed\* version. \*Hashing is a way",
        "a hashed* version of it",
        "** Without tax",
        "5 ** 3",
        "dial *86 first",
        "under *.example.com and *.example.org",
        r"cookies \_ga , \_gid and utm\_ , wp\_",
        "cookies _ga , _gid and _fbp",
        "a_b_c and __init__x",
        "paid with **** **** **** 1234",
    ],
)
def test_asterisks_and_underscores_that_are_text(text: str) -> None:
    assert shapes(text) == [("paragraph", text.replace("\\", ""))]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("**5. Take control", "5. Take control"),
        ("what they share with us.**", "what they share with us."),
        ("the Policy__.", "the Policy."),
        ("**A text **B** more", "A text B more"),
    ],
)
def test_a_mark_without_a_partner_goes_to_the_ledger(text: str, printed: str) -> None:
    reading = markdown.read(text)
    assert [block.text for block in reading.blocks] == [printed]
    assert [(r.rule, r.after) for r in reading.repairs] == [("lone-mark", "")]


def test_inserted_spaces_are_in_the_ledger() -> None:
    text = "**Ad data:**This\n\n**Acme****Notice** and [a](x)[b](y)"
    assert [(r.rule, r.before, r.after) for r in markdown.read(text).repairs] == [
        ("missing-space", "data:This", "data: This"),
        ("missing-space", "eN", "e N"),
        ("missing-space", "][", "] ["),
    ]


def test_indented_lists_are_lists() -> None:
    assert shapes("Visitors:\n\n    * Name\n    * See our [page](https://example.org/p)\n") == [
        ("paragraph", "Visitors:"),
        ("list", "Name\nSee our page"),
    ]
    assert [b.kind for b in blocks("Text\n\n    ## Careers\n\n    **Join us**\n")] == [
        "paragraph",
        "heading",
        "paragraph",
    ]


@pytest.mark.parametrize("number", ["9", "10", "99"])
def test_what_is_indented_by_four_columns_belongs_to_the_item(number: str) -> None:
    (block,) = blocks(f"{number}.  **Chapter**.\n    \n    1.  **Whole agreement**. fine\n")
    assert block.text == f"{number}. Chapter.\n1. Whole agreement. fine"


def test_code_stays_code() -> None:
    assert shapes("Text\n\n    .menu { color: red }\n")[1] == (
        "preformatted",
        ".menu { color: red }",
    )


@pytest.mark.parametrize("header", ["", "| --- | --- |\n"])
def test_a_caption_behind_a_tables_rule(header: str) -> None:
    text = (
        f"|     |     |\n| --- | --- |Cookies we need\n| Name | Kept |\n{header}| sid | a day |\n"
    )
    caption, table = blocks(text)
    assert (caption.kind, caption.text, caption.lines) == ("paragraph", "Cookies we need", (2, 2))
    assert (table.kind, table.text) == ("table", "Name | Kept\nsid | a day")
    assert table.has_header == bool(header)


def test_marks_in_a_cell_are_printed_as_what_they_stand_for() -> None:
    text = (
        "| #### Who | What |\n| --- | --- |\n| us | *   names<br>    <br>*   **cards**<br>- x |\n"
    )
    (table,) = blocks(text)
    assert table.text == "Who | What\nus | • names\n\n• cards\n• x"
    assert table.rows[0][0] == (Run("Who", bold=True),)


def test_links_around_blocks_in_a_row() -> None:
    text = "[### One\n\nText of one.](https://example.org/1)[### Two\n\nText of two.](https://example.org/2)"
    assert [(b.kind, b.text, b.lines) for b in blocks(text)] == [
        ("heading", "One", (1, 1)),
        ("paragraph", "Text of one.", (3, 3)),
        ("heading", "Two", (3, 3)),
        ("paragraph", "Text of two.", (5, 5)),
    ]


def test_a_bracket_that_is_text_stays() -> None:
    assert shapes("we [the company\n\nsee [here](x) and [sic]") == [
        ("paragraph", "we [the company"),
        ("paragraph", "see here and [sic]"),
    ]


def test_a_heading_grown_together_with_the_text_above() -> None:
    assert shapes("It is safe. ### 10. Children\n\n1. ## Scope\n") == [
        ("paragraph", "It is safe."),
        ("heading", "10. Children"),
        ("list", "1. Scope"),
    ]


def test_an_address_with_a_space_is_a_link() -> None:
    assert blocks("[us@example.org](mailto: us@example.org)")[0].runs == (
        Run("us@example.org", "mailto:us@example.org"),
    )


@pytest.mark.parametrize(
    ("link", "href"),
    [
        ("[the form](https://example.org/our form.pdf)", "https://example.org/our%20form.pdf"),
        (r"[the form](mailto:\(us, or them\)@example.org)", "mailto:(us,%20or%20them)@example.org"),
        (r"[the form](#what-you-give\)", "#what-you-give%5C"),
        (r"[the form](https://example.org/form\).%22)", "https://example.org/form).%22"),
    ],
)
def test_addresses_that_markdown_takes_for_text_are_addresses(link: str, href: str) -> None:
    (found,) = blocks(f"See {link}, and [the rest](#rest).")
    assert found.text == "See the form, and the rest."
    assert [run.href for run in found.runs if run.href] == [href, "#rest"]


def test_an_address_with_a_title_is_left_alone() -> None:
    (found,) = blocks('[the form](https://example.org/form "our form") is here')
    assert (found.text, found.runs[0].href) == ("the form is here", "https://example.org/form")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[](https://example.org/p)*   Data\n[](https://example.org/p)*   Rights", "list"),
        ("[](#a)1.  Data\n[](#b)2.  Rights", "list"),
        ("[](#a)[](#b)## Data", "heading"),
    ],
)
def test_an_anchor_before_a_mark_does_not_hide_it(text: str, shown: str) -> None:
    (found,) = blocks(text)
    assert found.kind == shown
    assert found.text.split("\n")[0].removeprefix("1. ") == "Data"


def test_struck_out_text_goes_to_the_ledger() -> None:
    reading = markdown.read("~~We **sell** your\ndata.~~ We do not, for ~50 reasons ~~ and more.")
    assert [block.text for block in reading.blocks] == ["We do not, for ~50 reasons ~~ and more."]
    assert [(r.rule, r.before, r.after) for r in reading.repairs] == [
        ("struck-text", "We sell your data.", "")
    ]


def test_a_paragraph_all_struck_out_leaves_no_block() -> None:
    assert shapes("~~We sell it.~~\n\nWe do not.") == [("paragraph", "We do not.")]


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        ("We ~~may~~ will.", (Run("We "), Run("", struck="may"), Run("will."))),
        ("~~May~~ We will.", (Run("", struck="May"), Run("We will."))),
        ("We will. ~~We may.~~", (Run("We will."), Run("", struck="We may."))),
        ("~~Gone.~~\n\nKept.", (Run("", struck="Gone.\n"), Run("Kept."))),
        ("Kept.\n\n~~Gone.~~\n\n~~Too.~~", (
            Run("Kept."), Run("", struck="\nGone."), Run("", struck="\nToo."),
        )),
    ],
)  # fmt: skip
def test_struck_out_text_is_marked_where_it_stood(source: str, runs: tuple[Run, ...]) -> None:
    (block,) = blocks(source)
    assert [(run.text.strip(), run.struck) for run in block.runs] == [
        (run.text.strip(), run.struck) for run in runs
    ]
    assert block.text == plain(runs).strip()


def test_struck_out_items_and_cells_are_marked_where_they_stood() -> None:
    (found,) = blocks("* ~~We sell it.~~\n* We keep it.\n* ~~We lend it.~~")
    assert found.text == "We keep it."
    (item,) = found.items
    assert [run.struck for run in item.blocks[0].runs] == ["We sell it.\n", "", "\nWe lend it."]
    (table,) = blocks("| Data | Sold |\n|---|---|\n| Name | ~~yes~~ no |\n| Card | ~~yes~~ |")
    assert table.text == "Data | Sold\nName | no\nCard |"
    assert [run.struck for row in table.rows for cell in row for run in cell if run.struck] == [
        "yes", "yes",
    ]  # fmt: skip
