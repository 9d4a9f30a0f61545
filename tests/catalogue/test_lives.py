"""From when to when a paragraph stood."""

from policy_archive.catalogue.questions.lives import Life, lives

A, B, C = b"aaaa", b"bbbb", b"cccc"


def test_a_paragraph_stands_as_long_as_captures_in_a_row_have_it() -> None:
    first, second, third, fourth = lives(
        [("2011", A + B), ("2012", A), ("2013", A + B), ("2014", B + C)]
    )
    assert first == {A: Life("2011", "2013"), B: Life("2011", "2011")}
    assert second == {A: Life("2011", "2013")}
    # It came back: that is another life.
    assert third[B] == fourth[B] == Life("2013", "")
    assert fourth[C] == Life("2014", "")


def test_of_nothing_nothing_is_told() -> None:
    assert lives([]) == []
    assert lives([("2011", b"")]) == [{}]
