"""From when to when a policy's text stood: captures between which not a word changed are one."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from policy_archive.catalogue.questions.contents import ChangeRow, SnapshotRow


class Standing(NamedTuple):
    """How long the text of a capture stood in the archive; moments as in `captured`."""

    first: str
    """The first capture in a row that has these words."""
    last: str
    """The last one of them."""
    change: str
    """The segment of the change that ended it; empty: none did."""
    following: str
    """The segment of the first capture with other words; empty: there is none."""


def standings(
    snapshots: Sequence[SnapshotRow], changes: Sequence[ChangeRow]
) -> Mapping[str, Standing]:
    """By segment, of each capture that was compared with another one.

    `changes` are all of the policy, oldest first: each leads from one good capture to the next.
    """
    if not changes:
        return {}
    captured = {it.segment: it.captured for it in snapshots}
    stretches: list[list[str]] = [[changes[0].before]]
    ends: list[ChangeRow | None] = []
    for change in changes:
        if change.replaces:
            ends.append(change)
            stretches.append([change.after])
        else:
            stretches[-1].append(change.after)
    ends.append(None)
    found: dict[str, Standing] = {}
    for stretch, end in zip(stretches, ends, strict=True):
        moments = captured[stretch[0]], captured[stretch[-1]]
        standing = Standing(*moments, end.segment if end else "", end.after if end else "")
        found |= dict.fromkeys(stretch, standing)
    return found
