"""From when to when the text of a capture stood."""

from policy_archive.catalogue.questions.contents import ChangeRow, SnapshotRow
from policy_archive.catalogue.questions.standing import Standing, standings


def captures(*days: str) -> list[SnapshotRow]:
    return [SnapshotRow(day, "", "", day, "") for day in days]


def change(segment: str, *, counts: bool) -> ChangeRow:
    return ChangeRow(segment, "", counts, counts)


def test_captures_of_the_same_words_stand_together_and_lead_to_what_replaced_them() -> None:
    found = standings(
        captures("20110101", "20120101", "20130101"),
        [
            change("20110101..20120101", counts=False),
            change("20120101..20130101", counts=True),
        ],
    )
    old = Standing("20110101", "20120101", "20120101..20130101", "20130101")
    assert found["20110101"] == found["20120101"] == old
    assert found["20130101"] == Standing("20130101", "20130101", "", "")


def test_what_was_bridged_has_no_standing() -> None:
    changes = [change("20110101..20130101", counts=True)]
    found = standings(captures("20110101", "20120101", "20130101"), changes)
    assert sorted(found) == ["20110101", "20130101"]


def test_a_return_to_older_words_ends_a_standing_though_it_is_no_news() -> None:
    back = ChangeRow("20110101..20120101", "", counts=False, replaces=True)
    found = standings(captures("20110101", "20120101"), [back])
    assert found["20110101"].following == "20120101"


def test_a_lone_capture_has_none() -> None:
    assert standings(captures("20110101"), []) == {}
