"""What each snapshot of a shard has of every facet: `facets.json`, from which a browser counts.

Pagefind counts snapshots, of which a policy has many; readers are shown policies.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

NAME = "facets.json"


def write(folder: Path, snapshots: Sequence[Mapping[str, Sequence[str]]]) -> None:
    """Write the values of `snapshots`, by facet, in the order in which these were indexed.

    By facet: all `values`, sorted, and of each snapshot the indices of its own.
    """
    found = {}
    for name in snapshots[0] if snapshots else ():
        values = sorted({value for it in snapshots for value in it[name]})
        places = {value: at for at, value in enumerate(values)}
        own = [[places[value] for value in it[name]] for it in snapshots]
        found[name] = {"values": values, "of": own}
    (folder / NAME).write_text(json.dumps(found, separators=(",", ":")), "utf-8")
