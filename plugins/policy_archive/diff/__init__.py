"""The difference between two texts: a `Change`, and what it comes to.

    change = compare(old.document, new.document)
    summary = summarise(change, old, new)

One comparison gives both: whoever shows the change and whoever lists it need not compare again.
The texts are divided into units (`units`) and made into edits (`edits`): equal units are aligned
(`alignment`), what moved is found (`moves`), units that are versions of each other are put together
(`versions`) and compared word by word (`tokens`, `words`).
"""

from policy_archive.diff.change import Change, Edit, Span, Unit
from policy_archive.diff.edits import compare
from policy_archive.diff.keys import unit_keys
from policy_archive.diff.returns import Past, passage_keys, returning
from policy_archive.diff.summary import ChangeSummary, TopicChange, leading, summarise

__all__ = [
    "Change",
    "ChangeSummary",
    "Edit",
    "Past",
    "Span",
    "TopicChange",
    "Unit",
    "compare",
    "leading",
    "passage_keys",
    "returning",
    "summarise",
    "unit_keys",
]
