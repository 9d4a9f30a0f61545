import pytest

from policy_archive.text.sentences import counted, nearest


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 policies"), (1, "1 policy"), (2, "2 policies"), (2386, "2,386 policies")],
)
def test_numbers_have_the_right_noun(number: int, said: str) -> None:
    assert counted(number, "policy", "policies") == said


def test_most_nouns_take_an_s() -> None:
    assert (counted(1, "doubt"), counted(2, "doubt")) == ("1 doubt", "2 doubts")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no-dat", "; did you mean 'no-date'?"),
        ("NO-URL", "; did you mean 'no-url'?"),
        ("Rule", "; did you mean 'RULE'?"),
        ("something else", ""),
    ],
)
def test_the_name_that_was_meant(name: str, said: str) -> None:
    assert nearest(name, ["no-url", "no-date", "RULE", "empty"]) == said
