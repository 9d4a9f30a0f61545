"""What stands around a policy's words is no change of them."""

import pytest

from policy_archive.diff.change import Change, Unit, UnitKind
from policy_archive.diff.edits import compare_units


def units(*texts: str, kind: UnitKind = "paragraph") -> list[Unit]:
    return [Unit(kind, text) for text in texts]


POLICY = units(
    "We collect your name and your address.",
    "We share them with nobody but the post office.",
    "We keep them for a year and delete them then.",
)
MENU = units("Products", "Premium", "Support", "About us", "Jobs", "For the record")


def counts(change: Change) -> bool:
    return bool(change.substantive)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Write to privacy@acme.example today.", "Write to [email protected] today."),
        ("Write to [email\xa0protected] today.", "Write to dpo@acme.example today."),
        (
            "Write to [email protected].",
            "Write to (email protected, possibly dpo@acme.example).",
        ),
        (
            "Write to [email protected] now.",
            "Write to [(email protected, possibly a@b.example)]"
            "(mailto:(email protected, possibly a@b.example)) now.",
        ),
        ("Write to (email protected, possibly a@b.example) now.", "Write to a@b.example now."),
        ("Write to dpo [at] acme [dot] example now.", "Write to dpo@acme.example now."),
        ("Write to dpo(at)acme.example now.", "Write to dpo@acme.example now."),
        ("We sell \ue904 nothing at all.", "We sell nothing at all."),
        ('See <a href="">here</a> for more.', "See here for more."),
        ("Copyright © 2025 All rights reserved.", "Copyright © 2026 All rights reserved."),
        (
            "See https://a.example/p?sid=4f2a for more.",
            "See https://a.example/p?sid=77b0 for more.",
        ),
        ("See a.example/p;jsessionid=4F.", "See a.example/p."),
        ("See a.example/?utm_source=x&utm_medium=y now.", "See a.example/ now."),
        ("1,234 views · 5 min read", "1,301 views · 5 min read"),
        ("Expand all Collapse all", "Collapse all"),
        ("Tue 1 Jul 2025 13.21 BST", "Tue 1 Jul 2025 14.21 CEST"),
        ("Your DataUsage is ours to know.", "Your Data Usage is ours to know."),
    ],
)
def test_what_only_looks_different_is_cosmetic(old: str, new: str) -> None:
    change = compare_units(units(old), units(new))
    assert not counts(change)
    assert {edit.kind for edit in change.edits} == {"cosmetic"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Write to privacy@acme.example today.", "Write to dpo@acme.example today."),
        ("Write to [email protected] today.", "Write to our lawyers today."),
        ("Write to dpo [at] acme [dot] example now.", "Write to law@acme.example now."),
        ("See a.example/?page=privacy now.", "See a.example/?page=terms now."),
        ("We have 12 views of this.", "We have 13 views of this."),
        ("30 minutes", "60 minutes"),
        ("We keep it for 2025 days.", "We keep it for 2026 days."),
        ("Copyright © 2025 Acme", "Copyright © 2025 Example"),
        ("Tue 1 Jul 2025 13.21 BST", "Wed 2 Jul 2025 13.21 BST"),
        ("The service closes at 13.21 BST", "The service closes at 14.21 BST"),
    ],
)
def test_what_says_something_else_counts(old: str, new: str) -> None:
    assert counts(compare_units(units(old), units(new)))


@pytest.mark.parametrize(
    "text",
    ["Close", "× close", "Read more", "3", "[ ]", "Back to top", "12 comments", "1.2k likes"],
)
def test_buttons_and_counters_that_came_are_cosmetic(text: str) -> None:
    before, after = POLICY, [*POLICY[:1], *units(text), *POLICY[1:]]
    change = compare_units(before, after)
    assert not counts(change)
    assert change.apply(before) == tuple(after)
    assert change.reversed().apply(after) == tuple(before)


@pytest.mark.parametrize("text", ["We close accounts", "Location data", "No cookies"])
def test_short_passages_count(text: str) -> None:
    assert counts(compare_units(POLICY, [*POLICY[:1], *units(text), *POLICY[1:]]))


def test_a_menu_that_came_or_went_at_either_end_is_cosmetic() -> None:
    for old, new in ((POLICY, [*MENU, *POLICY]), ([*POLICY, *MENU], POLICY)):
        assert not counts(compare_units(old, new))


def test_a_menu_under_the_title_is_cosmetic() -> None:
    title = units("Acme's policy", kind="heading")
    assert not counts(compare_units([*title, *MENU, *POLICY], [*title, *POLICY]))


def test_a_table_of_contents_is_cosmetic() -> None:
    titles = [unit for text in ("What we collect", "Whom we tell", "How long we keep it")
              for unit in units(text, kind="heading")]  # fmt: skip
    parts = [unit for pair in zip(titles, POLICY, strict=True) for unit in pair]
    contents = units("What we collect", "Whom we tell", "How long we keep it", kind="item")
    assert not counts(compare_units(parts, [*parts[:2], *contents, *parts[2:]]))
    other = units("What we collect", "Whom we tell", "How we sell it", kind="item")
    assert counts(compare_units(parts, [*parts[:2], *other, *parts[2:]]))
    item = units("What we collect", kind="item")
    assert counts(compare_units(parts, [*parts[:4], *item, *parts[4:]]))


def test_the_name_of_the_site_behind_a_title_is_cosmetic() -> None:
    old, new = (units(text, kind="heading") for text in ("Privacy Policy", "Privacy Policy | Acme"))
    assert not counts(compare_units([*old, *POLICY], [*new, *POLICY]))
    other = units("Privacy Policy of Acme", kind="heading")
    assert counts(compare_units([*old, *POLICY], [*other, *POLICY]))


def test_short_items_amid_the_policy_count() -> None:
    assert counts(compare_units(POLICY, [*POLICY[:1], *MENU, *POLICY[1:]]))


def test_passages_added_at_the_end_count() -> None:
    ending = units(
        "Who we are", "Acme", "Old Street 5", "London", "United Kingdom", "dpo@acme.example"
    )
    assert counts(compare_units(POLICY, [*POLICY, *ending]))


def test_menus_that_cleaning_folded_do_not_count() -> None:
    old, new = ([*POLICY, Unit("item", text, folded=True)] for text in ("Our Jobs", "Our Careers"))
    assert not counts(compare_units(old, new))


def test_items_added_in_a_row_are_one_addition() -> None:
    items = units("names of our users", "their street addresses", "what they bought", kind="item")
    change = compare_units(POLICY, [*POLICY[:2], *items, *POLICY[2:]])
    assert [edit.new for edit in change.substantive] == [tuple(items)]


@pytest.mark.parametrize(
    ("label", "times", "counts_"),
    [("Key Terms", 3, False), ("Key Terms", 2, True), ("Your rights to object", 3, True)],
)
def test_a_label_that_comes_beside_each_part_is_no_change(
    label: str, times: int, counts_: bool
) -> None:
    after = [it for n, unit in enumerate(POLICY) for it in (*units(label)[: n < times], unit)]
    assert counts(compare_units(POLICY, after)) is counts_
