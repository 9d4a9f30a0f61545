"""A passage that stood before is told to return, and is no change."""

from policy_archive.diff import Past, compare, passage_keys, returning
from policy_archive.diff.change import Change
from policy_archive.model import Block, Document, Item, Run, Section

POLICY = (
    "We collect your name and your address when you register with us.",
    "We share them with nobody but the post office.",
    "We keep them.",
)
NOTICE = "Our new policy for readers in Britain applies from the first of May."


def document(*texts: str) -> Document:
    blocks = tuple(Block("paragraph", (1, 1), (Run(text),), id=text) for text in texts)
    return Document("", (Section("s", None, 1, (1, 1), blocks),))


def last_change(*captures: tuple[str, ...]) -> Change:
    """The change between the last two captures of a policy, with what returns told."""
    documents = [document(*texts) for texts in captures]
    past = Past()
    for number, it in enumerate(documents[:-2]):
        past.add(f"{number:04}", passage_keys(it))
    known = past.of(*map(passage_keys, documents[-2:]))
    return returning(compare(documents[-2], documents[-1]), known)


def test_a_notice_that_comes_again_returns() -> None:
    change = last_change((NOTICE, *POLICY), POLICY, (NOTICE, *POLICY))
    assert not change.substantive
    assert [edit.returns for edit in change.returning] == ["0000"]


def test_a_notice_that_goes_again_returns() -> None:
    change = last_change(POLICY, (NOTICE, *POLICY), POLICY)
    assert not change.substantive
    assert [edit.returns for edit in change.returning] == ["0000"]


def test_a_wording_that_comes_back_returns() -> None:
    other = (POLICY[0], "We share them with our partners and the post office.", POLICY[2])
    change = last_change(POLICY, other, POLICY)
    assert [edit.returns for edit in change.returning] == ["0000"]
    assert not change.substantive


def test_short_passages_return_to_their_neighbours_only() -> None:
    change = last_change((*POLICY[1:], POLICY[0]), POLICY[:2], POLICY)
    assert change.substantive
    assert not change.returning


def test_a_list_returns_although_one_of_its_items_stands_elsewhere() -> None:
    """As the rows of tables, which are told together."""
    items = ("We use your name to send you what you have ordered from us.", POLICY[0])

    def with_list(*texts: str) -> Document:
        listed = tuple(Item("", document(text).blocks) for text in texts)
        blocks = (*document(*POLICY).blocks, *([Block("list", (1, 1), items=listed)] * bool(texts)))
        return Document("", (Section("s", None, 1, (1, 1), blocks),))

    first, second = with_list(*items), with_list()
    past = Past()
    past.add("0000", passage_keys(first))
    known = past.of(passage_keys(second), passage_keys(first))
    change = returning(compare(second, first), known)
    assert not change.substantive
    assert [edit.returns for edit in change.returning] == ["0000"]


def test_what_is_new_is_no_return() -> None:
    change = last_change(
        POLICY, POLICY[:2], (*POLICY[:2], "We keep them forever, and we sell them.")
    )
    assert change.substantive
    assert not change.returning


def test_what_went_for_the_first_time_is_no_return() -> None:
    change = last_change(POLICY, (*POLICY, NOTICE), (POLICY[0], NOTICE))
    assert change.substantive


def test_the_latest_capture_that_had_a_passage_is_named() -> None:
    change = last_change((NOTICE, *POLICY), (NOTICE, *POLICY), POLICY, (NOTICE, *POLICY))
    assert [edit.returns for edit in change.returning] == ["0001"]


def test_numbers_marks_and_addresses_make_no_other_passage() -> None:
    one = document("1. Write to us at “lamps@example.com” about what we keep, or call us.")
    other = document("2. Write to us at [email protected] about what we keep; or call us")
    assert passage_keys(one) == passage_keys(other)
    assert len(passage_keys(one)) == 6
    assert passage_keys(document("Write to us about what we sell, or call us.")) != passage_keys(
        one
    )
