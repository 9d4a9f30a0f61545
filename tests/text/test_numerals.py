from hypothesis import given
from hypothesis import strategies as st

from policy_archive.text.numerals import roman, roman_value


def test_numerals() -> None:
    assert [roman(number) for number in (1, 4, 14, 49, 1999)] == [
        "i", "iv", "xiv", "xlix", "mcmxcix",
    ]  # fmt: skip
    assert [roman_value(numeral) for numeral in ("i", "IV", "xiv", "c", "", "a", "x1")] == [
        1, 4, 14, 0, 0, 0, 0,
    ]  # fmt: skip


@given(st.integers(1, 39))
def test_values_of_numerals(number: int) -> None:
    assert roman_value(roman(number)) == number
