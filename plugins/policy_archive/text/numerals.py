"""Roman numerals, as the items of lists are numbered with them."""

_SIGNS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_VALUES = {"i": 1, "v": 5, "x": 10}
"""No policy has fifty items in a list; `c`, `d`, `l` and `m` are letters of the alphabet."""


def roman(number: int) -> str:
    """A number from 1 to 3999 in small letters: 14 is `xiv`."""
    numeral = ""
    for value, sign in _SIGNS:
        numeral += sign * (number // value)
        number %= value
    return numeral


def roman_value(numeral: str) -> int:
    """What a numeral of i, v and x, large or small, stands for; 0 where it is none."""
    letters = numeral.lower()
    if not letters or not all(letter in _VALUES for letter in letters):
        return 0
    values = [_VALUES[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(v if v >= n else -v for v, n in zip(values, following, strict=True))
