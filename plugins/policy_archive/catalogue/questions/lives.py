"""From when to when the paragraphs of a policy stood, by the ids of their words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from policy_archive.catalogue.catalogue import Catalogue

_ID_BYTES = 4
"""Of a block's id: its eight hex digits, as `snapshots.digests` has them."""


class Life(NamedTuple):
    """Moments (as in `captured`) of the captures in a row that have a paragraph."""

    first: str
    last: str
    """Empty: it stands in the newest capture."""


Lives = Mapping[bytes, Life]
"""By the digest of a block's words."""


def lives(captures: Iterable[tuple[str, bytes]]) -> list[Lives]:
    """Of each capture (its moment and its blocks' digests, in time order) those of its blocks.

    Captures that look broken must not be among them: nothing ends there.
    """
    runs: list[dict[bytes, list[str]]] = []
    for captured, digests in captures:
        before = runs[-1] if runs else {}
        own = {}
        for block in _blocks(digests):
            run = before.get(block) or [captured, captured]
            run[1] = captured
            own[block] = run
        runs.append(own)
    for run in runs[-1].values() if runs else ():
        run[1] = ""
    return [{block: Life(*run) for block, run in own.items()} for own in runs]


def _blocks(digests: bytes) -> Iterator[bytes]:
    for at in range(0, len(digests), _ID_BYTES):
        yield digests[at : at + _ID_BYTES]


def of_snapshots(catalogue: Catalogue, ids: Iterable[int]) -> dict[int, Lives]:
    """By id, of the good captures of one policy, given in time order; none of a lone one."""
    ask = catalogue.connection.execute
    query = "SELECT captured, digests FROM snapshots WHERE id = ?"
    good = list(dict.fromkeys(ids))
    if len(good) < 2:
        return {}
    return dict(zip(good, lives(ask(query, (id,)).fetchone() for id in good), strict=True))
