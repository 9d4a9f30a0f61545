"""How many of the quotations that stand for a policy on a topic look bad: cut, or with marks.

    python -m benchmarks.topics.quotations

Of the newest policies of all services of both Open Terms corpora. Prints a table.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator

from benchmarks import corpora
from policy_archive.build.tasks import read_bytes
from policy_archive.catalogue.rows import quotes, rows_of
from policy_archive.model import Record
from policy_archive.settings import Settings

KINDS = {
    "ends in a colon": re.compile(r":\s*$"),
    "cut within a sentence": re.compile(r"(?<!;) …$"),
    "a list of which more is not shown": re.compile(r"; …$"),
    "marks of cells": re.compile(r"\|"),
    "asterisks": re.compile(r"\*"),
    "no letters": re.compile(r"^[\W\d_]*$"),
}


def records() -> Iterator[Record]:
    """The newest policy of each service."""
    for name, data in corpora.open_terms_more():
        yield read_bytes(data, name, Settings())
    for path, versions in sorted(corpora.open_terms_versions().items()):
        if path.endswith("/Privacy Policy.md"):
            yield read_bytes(versions[-1][1], path, Settings())


def main() -> int:
    found: Counter[str] = Counter()
    for record in records():
        rows = rows_of(record, quotes(record))
        best = {(topic, place) for topic, place, *_ in rows.findings}
        quoted = [str(it[-1]) for it in rows.passages if (it[0], it[1]) in best]
        found["quotations"] += len(quoted)
        found.update(kind for text in quoted for kind, bad in KINDS.items() if bad.search(text))
    for kind in ("quotations", *KINDS):
        print(f"{found[kind]:6} {kind}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
