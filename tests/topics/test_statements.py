"""What can be quoted of a block, and what cannot stand by itself."""

from policy_archive.model import Block, Item, Run, Section
from policy_archive.topics.statements import plain, statements


def paragraph(text: str, id: str = "p") -> Block:
    return Block("paragraph", (1, 1), (Run(text),), id=id)


def bullets(*texts: str, id: str = "l") -> Block:
    return Block("list", (1, 1), items=tuple(Item("", (paragraph(it),)) for it in texts), id=id)


def table(*rows: tuple[str, ...], has_header: bool = False) -> Block:
    cells = tuple(tuple((Run(cell),) for cell in row) for row in rows)
    return Block("table", (1, 1), rows=cells, has_header=has_header, id="t")


def shown(*blocks: Block) -> list[str]:
    """What can be quoted of a section, as readers see it."""
    section = Section("s", "Title", 1, (1, 1), blocks)
    return [it.shown for it in statements(section, {block.id for block in blocks})]


def test_a_paragraph_is_quoted_by_its_sentences() -> None:
    assert shown(
        paragraph("We keep logs, e.g. of visits. Acme Inc. deletes them after a year.")
    ) == [
        "We keep logs, e.g. of visits.",
        "Acme Inc. deletes them after a year.",
    ]


def test_where_a_statement_stands_is_known() -> None:
    block = paragraph("We keep logs of visits. We delete them after a year.")
    section = Section("s", None, 1, (1, 1), (block,))
    _, second = statements(section, {"p"})
    assert block.text[second.start : second.end] == "We delete them after a year."


def test_a_line_that_only_announces_stands_with_what_it_announces() -> None:
    quoted = shown(
        paragraph("The data that we process include, but are not limited to;"),
        bullets("your name;", "your address."),
    )
    assert quoted[0] == (
        "The data that we process include, but are not limited to; your name; your address."
    )


def test_a_line_that_ends_in_a_colon_brings_its_items() -> None:
    quoted = shown(
        paragraph("We share your data with:"), bullets("service providers;", "affiliates.")
    )
    assert quoted[0] == "We share your data with: service providers; affiliates."


def test_a_line_that_ends_in_a_colon_with_nothing_behind_is_not_quoted() -> None:
    assert shown(paragraph("We share your personal data with third parties as follows:")) == []


def test_an_item_is_quoted_with_the_line_that_introduces_it() -> None:
    quoted = shown(
        paragraph("We share your data with:"), bullets("service providers", "affiliates")
    )
    assert quoted[1:] == [
        "We share your data with: service providers",
        "We share your data with: affiliates",
    ]


def test_an_item_that_is_a_sentence_stands_alone() -> None:
    quoted = shown(paragraph("In short:"), bullets("We never sell your data.", "You can opt out."))
    assert quoted[1:] == ["We never sell your data.", "You can opt out."]


def test_only_so_many_items_follow_as_can_be_read() -> None:
    quoted = shown(paragraph("We collect the following:"), bullets(*(["a long item " * 8] * 9)))
    assert quoted[0].endswith("; …")
    assert len(quoted[0]) < 400


def test_headings_dates_and_links_are_not_quoted() -> None:
    for text in (
        "Your choices",
        "Last updated: May 25, 2018",
        "Effective Date: Jan 1, 2026",
        "privacy@acme.example",
        "https://acme.example/privacy",
    ):
        assert shown(paragraph(text)) == [], text


def test_a_table_is_quoted_by_its_cells_without_bars_and_head() -> None:
    rows = (
        ("What we collect and why", "With whom"),
        ("We collect your name.", "We sell nothing, ever."),
    )
    assert shown(table(*rows, has_header=True)) == [
        "We collect your name.",
        "We sell nothing, ever.",
    ]


def test_a_table_of_nothing_but_its_head_is_not_quoted() -> None:
    assert shown(table(("We share your information with:",), has_header=True)) == []


def test_marks_of_lists_and_emphasis_are_left_out() -> None:
    assert plain("** * We never sell** your *data* #### to | anyone .") == (
        "We never sell your data to anyone."
    )
    assert plain("(a) Retention – we keep 2 * 3 logs") == "Retention we keep 2 3 logs"
    assert plain("4.2 We keep opt-out lists") == "We keep opt-out lists"


def test_blocks_that_are_not_wanted_are_not_quoted_but_introduce() -> None:
    lead, items = paragraph("We share your data with:", id="a"), bullets("affiliates", id="b")
    section = Section("s", None, 1, (1, 1), (lead, items))
    assert [it.shown for it in statements(section, {"b"})] == [
        "We share your data with: affiliates"
    ]
