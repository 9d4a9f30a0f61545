import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.cleaning.rule import Ledger
from policy_archive.cleaning.rules.bare_heading import RULE
from policy_archive.model import Block, Item, Run, Runs
from policy_archive.reading import plain

CLAUSES = (
    "We collect the information that you give us when you register, such as your name and address.",
    "We use cookies to remember what you have put in your basket, and for nothing else at all.",
    "Your information is kept on servers that are locked away, and only two people have the key.",
    "We may share your information with the company that delivers our parcels, and no one else.",
    "If we change this policy, we will say so on this page at least thirty days before we do.",
    "You can write to us at any time to ask what we know about you, or to have it all deleted.",
)
TITLES = (
    "Information We Collect",
    "How We Use Cookies",
    "Security",
    "Sharing Your Information",
    "Changes to This Policy",
    "Your Rights",
)
POLICY = "\n".join(line for pair in zip(TITLES, CLAUSES, strict=True) for line in pair)


def headings(text: str) -> list[str]:
    return [block.text for block in result(text) if block.kind == "heading"]


def result(text: str) -> list[Block]:
    return RULE.apply(list(plain.read(text).blocks), Ledger(rule=RULE.name))


def paragraph(line: int, *runs: Run) -> Block:
    return Block("paragraph", (line, line), runs)


def test_bare_titles_above_clauses_are_headings() -> None:
    assert headings(POLICY) == list(TITLES)


def test_the_ledger_says_what_became_a_heading() -> None:
    ledger = Ledger(rule=RULE.name)
    RULE.apply(list(plain.read(POLICY).blocks), ledger)
    repair = ledger.repairs[0]
    assert (repair.rule, repair.lines) == ("bare-heading", (1, 1))
    assert (repair.before, repair.after) == (TITLES[0], f"## {TITLES[0]}")


def test_questions_as_headings() -> None:
    questions = (
        "What information do we collect?",
        "Do we use cookies?",
        "How do we protect your information?",
        "Do we disclose any information to outside parties?",
    )
    text = "\n".join(x for pair in zip(questions, CLAUSES, strict=False) for x in pair)
    assert headings(text) == list(questions)


def test_a_heading_right_above_its_paragraph() -> None:
    blocks = result(POLICY + f"\n\nWhat are cookies?\n{CLAUSES[1]}\n\n" + "\n\n".join(CLAUSES))
    position = next(i for i, block in enumerate(blocks) if block.text == "What are cookies?")
    assert blocks[position].kind == "heading"
    assert blocks[position].lines == (14, 14)
    assert (blocks[position + 1].text, blocks[position + 1].lines) == (CLAUSES[1], (15, 15))


@pytest.mark.parametrize(
    "lines",
    [
        ["We share your data with the following:", "Delivery companies", "Banks", "The tax office"],
        ["Contact us at:", "Example Works Ltd", "12 Mill Street", "Oldtown, NY 12345", "USA"],
        ["Home", "About Us", "Products", "Where To Buy", "Careers", "Press", "© 2014"],
        ["Last updated: May 25, 2018", "www.example.org", "privacy@example.org"],
        ["Was this helpful? Tell us what you think of it, and we will do better next time."],
        ["Read more", "2 years ago", "Back to top"],
    ],
    ids=["list", "address", "menu", "dates and links", "question", "links"],
)
def test_what_is_no_heading(lines: list[str]) -> None:
    found = headings("\n".join([POLICY, *lines, CLAUSES[0], CLAUSES[2]]))
    assert [title for title in found if title in lines] == []


@pytest.mark.parametrize("cell", ["Yes", "NO.", "N/A", "12 months", "12 / 24 months"])
def test_what_a_tables_cells_answer_is_no_heading(cell: str) -> None:
    rows = [
        line
        for kind in ("Identifiers", "Commercial information", "Geolocation")
        for line in (f"{kind} such as what we collect when you visit our stores or order.", cell)
    ]
    assert cell not in headings("\n".join([*rows, CLAUSES[0]]))


NUMBERED = (
    "1. Network traffic that may go through third parties",
    "2. Persons under the age of 13",
    "3. What happens when you leave us, or when we leave you",
    "4. Reasons",
    "5. How long do we keep what you have given to us and to our partners?",
)


@pytest.mark.parametrize("numbers", ["{}. ", "{}) ", "Section {}. ", "2.{} ", "16{letter}. "])
def test_numbers_that_count_on_over_text_are_of_headings(numbers: str) -> None:
    titles = [
        numbers.format(n, letter="ABCDE"[n - 1]) + title.partition(" ")[2]
        for n, title in enumerate(NUMBERED, 1)
    ]
    text = "\n".join(x for pair in zip(titles, CLAUSES, strict=False) for x in pair)
    assert headings(f"{POLICY}\n{text}")[-5:] == titles


def test_clauses_that_are_numbered_are_no_headings() -> None:
    clauses = [f"{n}. {clause}" for n, clause in enumerate(CLAUSES, 1)]
    clauses[2] = "3. No data is sold."
    text = "\n".join(x for clause in clauses for x in (clause, CLAUSES[0]))
    assert headings(f"{POLICY}\n{text}") == list(TITLES)


@pytest.mark.parametrize("end", ["", ":"])
def test_headings_as_they_were_set_in_the_nineties(end: str) -> None:
    capitals = [f"{title.upper()}{end}" for title in TITLES]
    text = "\n".join(x for pair in zip(capitals, CLAUSES, strict=True) for x in pair)
    assert headings(text) == capitals
    numbered = [f"{n}. {title}{end}" for n, title in enumerate(TITLES, 1)]
    text = "\n".join(x for pair in zip(numbered, CLAUSES, strict=True) for x in pair)
    assert headings(text) == numbered


def test_an_address_is_no_heading() -> None:
    address = "https://www.example.com/pages/privacy-policy"
    assert address not in headings(f"{address}\n{POLICY}")


@pytest.mark.parametrize("title", ["Example.com Privacy Policy", "Example.com privacy policies"])
def test_the_title_of_a_site_is_no_address(title: str) -> None:
    assert headings(f"{title}\nEffective Date: May 2, 2020\n{POLICY}")[0] == title


def test_a_signature_is_no_heading() -> None:
    signature = ["Yours sincerely,", "Jane Example", "Data Protection Officer", "Oldtown"]
    assert headings("\n".join([POLICY, *signature])) == list(TITLES)


def test_a_table_of_contents_is_not_the_headings_it_names() -> None:
    blocks = result("\n".join(["Privacy Policy", *TITLES, POLICY]))
    found = [block.lines[0] for block in blocks if block.kind == "heading"]
    assert [line for line in found if 2 < line <= 1 + len(TITLES)] == []
    assert found[-len(TITLES) + 1 :] == [8 + 2 * n for n in range(1, len(TITLES))]


def test_marked_and_folded_text_is_left_alone() -> None:
    marked: list[Runs] = [
        (Run("Security", bold=True),),
        (Run("Security", italic=True),),
        (Run("Security", href="#security"),),
    ]
    for runs in marked:
        blocks = [paragraph(1, *runs), paragraph(2, Run(CLAUSES[2]))]
        assert RULE.apply(blocks, Ledger()) == blocks
    folded = [
        Block("paragraph", (1, 1), (Run("Security"),), folded=True),
        paragraph(2, Run(CLAUSES[2])),
    ]
    assert RULE.apply(folded, Ledger()) == folded


def test_list_items_are_never_headings() -> None:
    items = tuple(Item("", (paragraph(n, Run(title)),)) for n, title in enumerate(TITLES, 1))
    blocks = [Block("list", (1, 6), items=items), paragraph(7, Run(CLAUSES[0]))]
    assert RULE.apply(blocks, Ledger()) == blocks


def test_what_a_list_goes_on_with_is_no_heading() -> None:
    text = "Privacy Policy\n\n{}\n\n• Name\n• Address\n• Card\n\n" + "\n\n".join(CLAUSES)
    assert headings(text.format("Visitors:")) == ["Privacy Policy"]
    assert headings(text.format("What We Collect")) == ["Privacy Policy", "What We Collect"]


def test_a_text_with_headings_gets_no_doubtful_ones() -> None:
    blocks = [
        Block("heading", (1, 1), (Run("Privacy Policy"),), level=1),
        Block("heading", (2, 2), (Run("Security"),), level=2),
        paragraph(3, Run(CLAUSES[2])),
        paragraph(4, Run("Partners of Example Works")),
        paragraph(5, Run(CLAUSES[3])),
        Block("heading", (6, 6), (Run("Your rights"),), level=2),
        paragraph(7, Run(CLAUSES[5])),
    ]
    assert RULE.apply(blocks, Ledger()) == blocks


def levels(*titles: str) -> dict[str, int]:
    text = "\n".join(x for n, title in enumerate(titles) for x in (title, CLAUSES[n % 6]))
    return {block.text: block.level for block in result(text) if block.kind == "heading"}


def test_levels_follow_printed_numbers() -> None:
    found = levels(
        "1. Information We Collect",
        "1.1 Information You Give Us",
        "1.2 Cookies and Tracking",
        "2. Data Security",
        "3. Your Rights",
        "3.1 Access to Your Data",
    )
    assert list(found.values()) == [2, 3, 3, 2, 2, 3]


def test_capitals_stand_above_other_headings() -> None:
    found = levels(
        "INFORMATION WE COLLECT",
        "Information You Give Us",
        "Cookies and Tracking",
        "DATA SECURITY",
        "Your Rights",
        "CHANGES TO THIS POLICY",
    )
    assert list(found.values()) == [2, 3, 3, 2, 3, 2]


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [*TITLES, *CLAUSES, "1. Security", "COOKIES", "We collect:", "Home", "• x"]
        ),
        st.text(max_size=40),
        st.just(""),
    ),
    max_size=30,
)


@given(LINES)
def test_applying_the_rule_again_changes_nothing(lines: list[str]) -> None:
    once = result("\n".join(lines))
    ledger = Ledger()
    assert RULE.apply(once, ledger) == once
    assert ledger.repairs == []


@given(LINES)
def test_words_stay_in_order(lines: list[str]) -> None:
    before = list(plain.read("\n".join(lines)).blocks)
    after = RULE.apply(before, Ledger())
    assert "\n".join(b.text for b in after).split() == "\n".join(b.text for b in before).split()
