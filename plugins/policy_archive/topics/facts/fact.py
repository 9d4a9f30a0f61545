"""Which facts there are, and where each is shown."""

from collections.abc import Mapping
from typing import NamedTuple

Value = tuple[str, float]
"""A value as readers see it, and by what it is sorted."""


class About(NamedTuple):
    """How a kind of fact is shown."""

    topic: str
    """Beside the answers to whose question."""
    label: str
    first: str
    last: str
    """What stands first when its values are sorted upwards, and downwards."""


FACTS: Mapping[str, About] = {
    "periods": About("retention", "Periods named", "shortest period first", "longest period first"),
    "dnt": About("choices", "Do Not Track", "Do Not Track honoured first", "not honoured first"),
    "deadline": About(
        "rights", "Answers within", "shortest deadline first", "longest deadline first"
    ),
    "dated": About("changes-contact", "Dates itself", "oldest date first", "newest date first"),
}
"""By name, a word that can name an attribute; in the order in which they are shown."""
