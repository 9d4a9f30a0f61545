"""Changes in the catalogue: which pairs are to be compared, and what that showed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.digests import digest
from policy_archive.catalogue.history import Pair
from policy_archive.diff import ChangeSummary, Past

_PUT = """
    INSERT INTO changes (policy, segment, before, after, since, bridged, captured, technical, key,
        shown)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_MOVE = """
    UPDATE changes SET before = ?, after = ?, since = ?, bridged = ?, captured = ?, technical = ?,
        shown = ?
    WHERE policy = ? AND segment = ?
"""
_PUT_SUMMARY = """
    UPDATE changes SET passages = ?, added = ?, removed = ?, moved = ?, cosmetic = ?,
        returned = ?, returns = ?, share = ?, excerpts = ?, made = ?
    WHERE id = ?
"""


class ToCompare(NamedTuple):
    """A pair of snapshots that nobody has compared yet, by ids."""

    id: int
    policy: int
    before: int
    after: int
    key: str


def put(
    catalogue: Catalogue,
    policy_id: int,
    policy: Policy,
    compared: Sequence[Pair],
    ids: Mapping[str, int],
) -> list[str]:
    """Hold these pairs as the policy's changes, while writing; `ids` are snapshots' by segment.

    Given back are digests of what their pages show.
    """
    ask = catalogue.connection.execute
    known = {
        segment: (key, shown)
        for segment, key, shown in ask(
            "SELECT segment, key, shown FROM changes WHERE policy = ?", (policy_id,)
        )
    }
    around = ["", *(pair.segment for pair in compared), ""]
    digests, past = [], ""
    for at, pair in enumerate(compared):
        key = digest((pair.before.result, pair.after.result, past))
        past = digest((past, pair.before.segment, pair.before.key))
        shown = digest((key, _shown(policy, pair), around[at], around[at + 2]))
        digests.append(shown)
        was = known.pop(pair.segment, None)
        if was == (key, shown):
            continue
        bridged = json.dumps([ids[entry.segment] for entry in pair.bridged])
        ends = (ids[pair.before.segment], ids[pair.after.segment], ids[pair.since.segment], bridged)
        seen = (pair.after.snapshot.captured, pair.technical)
        if was and was[0] == key:
            ask(_MOVE, (*ends, *seen, shown, policy_id, pair.segment))
            continue
        ask("DELETE FROM changes WHERE policy = ? AND segment = ?", (policy_id, pair.segment))
        ask(_PUT, (policy_id, pair.segment, *ends, *seen, key, shown))
    for segment in known:
        ask("DELETE FROM changes WHERE policy = ? AND segment = ?", (policy_id, segment))
    return digests


def _shown(policy: Policy, pair: Pair) -> object:
    """What the page of a change says besides what the texts do."""
    ends = (pair.before, pair.after, pair.since, *pair.bridged)
    return policy.url, policy.site, pair.technical, [_named(entry) for entry in ends]


def _named(entry: Entry) -> tuple[str, str, bool]:
    return entry.segment, entry.snapshot.captured, entry.doubtful


def to_compare(catalogue: Catalogue, made: str | None) -> list[ToCompare]:
    """Every pair of which `made` was not made yet, a policy's together and in time order.

    None: every pair that was not compared.
    """
    rows = catalogue.connection.execute(
        "SELECT c.id, c.policy, before, after, key FROM changes c "
        "JOIN snapshots a ON a.id = after "
        "WHERE made <> coalesce(?, made) OR made = '' ORDER BY c.policy, a.position",
        (made,),
    )
    return [ToCompare(*row) for row in rows]


def pasts(catalogue: Catalogue, changes: Sequence[int]) -> Iterator[Mapping[bytes, str]]:
    """Of some changes of a policy, in time order: what each new text has of captures before.

    That is before the older of the two that are compared; see `diff.returns`.
    """
    ask = catalogue.connection.execute
    wanted, past = set(changes), Past()
    rows = ask(
        "SELECT c.id, b.segment, c.before, c.after FROM changes c "
        "JOIN snapshots b ON b.id = c.before JOIN snapshots a ON a.id = c.after "
        "WHERE c.policy = (SELECT policy FROM changes WHERE id = ?) ORDER BY a.position",
        changes[:1],
    )
    for id, segment, *ends in rows.fetchall():
        old = _passage_keys(catalogue, ends[0])
        if id in wanted:
            yield past.of(old, _passage_keys(catalogue, ends[1]))
        past.add(segment, old)


def _passage_keys(catalogue: Catalogue, snapshot: int) -> bytes:
    query = "SELECT passage_keys FROM snapshots WHERE id = ?"
    found: bytes = catalogue.connection.execute(query, (snapshot,)).fetchone()[0]
    return found


def put_summaries(
    catalogue: Catalogue, summaries: Iterable[tuple[int, ChangeSummary]], made: str
) -> None:
    """Hold what comparing showed, by the change's id, while writing."""
    for id, it in summaries:
        figures = (it.passages, it.added, it.removed, it.moved, it.cosmetic)
        again = (it.returned, it.returns, it.share)
        excerpts = msgspec.json.encode(it.excerpts).decode()
        catalogue.connection.execute(_PUT_SUMMARY, (*figures, *again, excerpts, made, id))
        catalogue.connection.execute("DELETE FROM change_topics WHERE change = ?", (id,))
        topics = (
            (id, *figures, msgspec.json.encode(spans).decode()) for *figures, spans in it.topics
        )
        catalogue.insert("change_topics", topics)


def put_failures(catalogue: Catalogue, failures: Iterable[tuple[int, str]]) -> None:
    """Hold why pairs could not be compared, by the change's id, while writing; empty: they were."""
    for id, failure in failures:
        query = "SELECT after FROM changes WHERE id = ?"
        (after,) = catalogue.connection.execute(query, (id,)).fetchone()
        catalogue.connection.execute(
            "DELETE FROM diagnostics WHERE source = ? AND about = 'change'", (after,)
        )
        if failure:
            message = f"It could not be compared with the snapshot before it ({failure})."
            row = (after, "change", 0, "not-compared", "problem", message, 1)
            catalogue.insert("diagnostics", [row])
