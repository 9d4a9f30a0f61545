import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.cleaning.rule import Ledger
from policy_archive.cleaning.rules.site_menu import RULE
from policy_archive.model import Block
from policy_archive.reading import markdown, plain

CLAUSES = [
    "We collect the information that you give us when you register, such as your name and address.",
    "We use cookies to remember what you have put in your basket, and for nothing else at all.",
    "Your information is kept on servers that are locked away, and only two people have the key.",
    "We may share your information with the company that delivers our parcels, and no one else.",
]
MENU = ["Skip to content", "Home", "Garden Gnomes", "Bird Baths", "About Us", "Cart (0)", "Search"]
FOOTER = ["Follow us", "Facebook", "Twitter", "About Us", "Garden Gnomes", "© 2014 Gnomes Ltd"]


def apply(lines: list[str]) -> list[Block]:
    return RULE.apply(list(plain.read("\n".join(lines)).blocks), Ledger())


def folded(lines: list[str]) -> list[str]:
    return [block.text for block in apply(lines) if block.folded]


def test_menus_before_and_after_are_folded_in_place() -> None:
    lines = [*MENU, "Privacy Policy", *CLAUSES, *FOOTER]
    blocks = apply(lines)
    assert [block.text for block in blocks] == lines
    assert [block.text for block in blocks if block.folded] == [*MENU, *FOOTER]


def test_a_policy_without_menu_is_left_alone() -> None:
    assert folded(["Privacy Policy", *CLAUSES]) == []


def test_the_table_of_contents_below_the_title_is_the_policys() -> None:
    titles = ["What we collect", "Cookies", "Security", "Sharing"]
    body = [line for pair in zip(titles, CLAUSES, strict=True) for line in pair]
    assert folded([*MENU, "Privacy Policy", *titles, *body, *FOOTER]) == [*MENU, *FOOTER]


def test_the_heading_above_the_first_clause_stays_without_a_title() -> None:
    assert folded([*MENU, "What we collect", *CLAUSES]) == MENU


def test_an_address_at_the_end_is_the_policys() -> None:
    address = ["How to reach us", "Gnomes Ltd", "12 Mill Street", "Oldtown", "Tel: 01234 567890"]
    assert folded(["Privacy Policy", *CLAUSES, *address]) == []
    assert folded(["Privacy Policy", *CLAUSES, *address, *FOOTER]) == FOOTER


def test_a_cookie_banner_above_the_menu_folds_with_it() -> None:
    banner = "We use cookies to give you the best experience on our website. By going on you agree."
    long = [clause + " " + clause for clause in CLAUSES]
    assert folded([banner, *MENU, "Privacy Policy", *long]) == [banner, *MENU]


def test_long_clauses_are_never_folded() -> None:
    long = " ".join(CLAUSES)
    lines = [long, *MENU[:3], "Privacy Policy", *CLAUSES]
    assert long not in folded(lines)


def test_brief_lists_inside_the_policy_are_not_menus() -> None:
    items = ["Name", "Address", "Age", "Telephone number", "Favourite gnome"]
    assert folded(["Privacy Policy", CLAUSES[0], *items, *CLAUSES[1:]]) == []


def test_details_of_cookies_after_the_last_clause_are_the_policys() -> None:
    cookies = [f"{key}: gnome {n}" for n in range(8) for key in ("Name", "Purpose", "Expiry")]
    assert folded(["Privacy Policy", *CLAUSES, *cookies]) == []


def test_a_page_that_is_no_policy_is_left_alone() -> None:
    assert folded([*MENU, "Our gnomes are the finest gnomes there are.", *FOOTER]) == []


def test_markdown_menus_and_their_captions() -> None:
    text = "\n\n".join(
        [
            "*   [Home](/)\n*   [About us](/about)\n*   [Cart](/cart)\n*   [Log in](/login)",
            "# Privacy Policy",
            *CLAUSES,
            "### Follow us",
            "*   [Facebook](http://example.org/f)\n*   [Twitter](http://example.org/t)",
        ]
    )
    blocks = RULE.apply(list(markdown.read(text).blocks), Ledger())
    assert [block.kind for block in blocks if block.folded] == ["list", "paragraph", "list"]
    assert blocks[1].kind == "heading"


LINES = st.lists(
    st.one_of(st.sampled_from([*MENU, *CLAUSES, *FOOTER, "Privacy Policy"]), st.text(max_size=30)),
    max_size=40,
)


@given(LINES)
def test_nothing_is_dropped_and_a_second_time_changes_nothing(lines: list[str]) -> None:
    before = list(plain.read("\n".join(lines)).blocks)
    once = RULE.apply(before, Ledger())
    assert [(b.text, b.lines) for b in once] == [(b.text, b.lines) for b in before]
    assert RULE.apply(once, Ledger()) == once


def folded_markdown(*parts: str) -> list[str]:
    blocks = RULE.apply(list(markdown.read("\n\n".join(parts)).blocks), Ledger())
    return [block.text for block in blocks if block.folded]


SITE = "*   [Shop](/shop)\n*   [Gnomes](/g)\n*   [Log in](/l)\n*   [Cart](/c)"


@pytest.mark.parametrize(
    "head",
    [
        ["# Privacy Policy", "Effective August 11, 2020", "Our Privacy Policy has been updated."],
        ["# Privacy Policy", "Mon 2 Feb 2026 14.45 CET", "[Add us to your news](/news)"],
        ["# Gnomes Privacy Policy", "[1. What we collect](#a)", "[2. Cookies](#b)", "[3. Use](#c)"],
        ["# Privacy Policy", "Last Modified: 10/01/2020", "Table of Contents", "## About Gnomes"],
    ],
)
def test_a_policys_head_is_never_folded(head: list[str]) -> None:
    assert folded_markdown(*head, "## What we collect", *CLAUSES) == []
    below = [*head, "## What we collect", *CLAUSES]
    assert folded_markdown(SITE, *below) == ["Shop\nGnomes\nLog in\nCart"]


def test_a_title_above_a_menu_is_not_folded_with_it() -> None:
    text = ["Privacy Policy\n=======", "Documents", SITE, "OUR POLICY WAS UPDATED IN MAY 2020"]
    assert "Privacy Policy" not in folded_markdown(*text, *CLAUSES)


def test_a_long_section_of_contacts_is_the_policys() -> None:
    offices = [f"Gnomes {n} Ltd  \n{n} Mill Street  \nprivacy@gnomes.example" for n in range(20)]
    assert folded_markdown(*CLAUSES, "**17. CONTACT INFORMATION**", *offices) == []
    assert folded_markdown(*CLAUSES, "## Contact", *offices, SITE) == ["Shop\nGnomes\nLog in\nCart"]


@pytest.mark.parametrize("title", ["## Contact us", "Contact", "**Contact us**"])
def test_a_short_section_of_contacts_above_the_sites_links_is_the_policys(title: str) -> None:
    links = ["[Terms](/t)", "[Home](/h)", "[Careers](/c)", "[Press](/p)"]
    folded = folded_markdown(*CLAUSES, title, "privacy@gnomes.example", *links)
    assert folded == ["Terms", "Home", "Careers", "Press"]


def test_a_sentence_after_the_last_clause_is_the_policys() -> None:
    last = "A list of all earlier changes is available upon request."
    assert folded_markdown(*CLAUSES, last, SITE) == ["Shop\nGnomes\nLog in\nCart"]
