"""What sentences to people need: numbers with their nouns, and the name that was meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def counted(number: int, one: str, many: str = "") -> str:
    """`1 file`, `2,386 files`, `0 policies`; `many` is `one` and an s where it is not given."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def nearest(name: str, known: Iterable[str]) -> str:
    """How a sentence about a wrong `name` ends: `; did you mean 'no-date'?`, or nothing."""
    # Case is a slip as any other.
    names = {it.casefold(): it for it in sorted(known, reverse=True)}
    found = get_close_matches(name.casefold(), names, n=1)
    return f"; did you mean {names[found[0]]!r}?" if found else ""
