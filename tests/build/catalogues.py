"""Catalogues as what they say, without ids and revisions, so that two can be compared."""

from policy_archive.catalogue.catalogue import Catalogue

TABLES = {
    "sources": "SELECT name, path, revision, rank, key, corrections, made, wanted FROM sources",
    "snapshots": "SELECT name, s.*, p.url FROM snapshots s JOIN sources USING (id) "
    "LEFT JOIN policies p ON p.id = policy",
    "diagnostics": "SELECT name, d.* FROM diagnostics d JOIN sources s ON s.id = source",
    "findings": "SELECT name, f.* FROM findings f JOIN sources s ON s.id = snapshot",
    "passages": "SELECT name, f.* FROM passages f JOIN sources s ON s.id = snapshot",
    "policies": "SELECT name, p.* FROM policies p JOIN sources s ON s.id = newest",
    "changes": "SELECT url, b.name, a.name, d.name, c.* FROM changes c "
    "JOIN policies p ON p.id = policy JOIN sources b ON b.id = before "
    "JOIN sources a ON a.id = after JOIN sources d ON d.id = since",
    "change_topics": "SELECT url, c.segment, t.* FROM change_topics t "
    "JOIN changes c ON c.id = change JOIN policies p ON p.id = policy",
    "similar": "SELECT url, m.* FROM similar m JOIN policies p ON p.id = policy",
    "ranges": "SELECT first FROM ranges",
}
_IDS = frozenset({"id", "policy", "newest", "speaking", "source", "snapshot", "before", "after", "since",
                  "change", "changed", "bridged"})  # fmt: skip


def said(catalogue: Catalogue) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but for what is of one catalogue alone."""
    found = {}
    for table, query in TABLES.items():
        cursor = catalogue.connection.execute(query)
        kept = [at for at, it in enumerate(cursor.description) if it[0] not in _IDS]
        rows = [tuple(row[at] for at in kept) for row in cursor]
        found[table] = sorted(rows, key=repr)
    return found


def pages(catalogue: Catalogue) -> dict[str, object]:
    """What the page of each snapshot, policy and change shows, by its place."""
    ask = catalogue.connection.execute
    shown = dict(ask("SELECT url, (SELECT group_concat(o.url) FROM policies o WHERE o.site = p.site)"
                     " || shown FROM policies p"))  # fmt: skip
    for table in ("snapshots", "changes"):
        shown |= dict(ask(
            f"SELECT p.url || t.segment || '/', t.shown FROM {table} t JOIN policies p "
            f"ON p.id = t.policy {'WHERE position IS NOT NULL' if table == 'snapshots' else ''}"
        ))  # fmt: skip
    return shown
