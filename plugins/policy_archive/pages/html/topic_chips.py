"""Topics of a text's blocks, as links to where other policies speak of them."""

import re
from collections import defaultdict
from collections.abc import Sequence

from policy_archive.model import Block, Passage
from policy_archive.pages.addresses import policy_of, row_id, topic_place
from policy_archive.pages.context import BodyContext
from policy_archive.pages.language import gettext, marked
from policy_archive.pages.views import TopicChip
from policy_archive.topics.labeller import DECIDED

_HEADING = re.compile("heading “(.*)”", re.DOTALL)
_BY_HAND = marked("corrected by hand")


def why(evidence: Sequence[str]) -> str:
    """A labeller's evidence in words: a heading, and wording of the text."""
    return "; ".join(map(_said, evidence))


def _said(evidence: str) -> str:
    if found := _HEADING.fullmatch(evidence):
        return gettext("heading “%(heading)s”", heading=found[1])
    return gettext(evidence) if evidence == _BY_HAND else evidence


class TopicChips:
    """Topics of blocks and sections, as links to the policy's row in the topic's comparison."""

    def __init__(self, context: BodyContext, here: str, passages: Sequence[Passage]) -> None:
        """For the snapshot whose page stands at `here`."""
        row, relative = row_id(policy_of(here)), context.addresses.relative
        self._known = {
            topic: (name, relative(topic_place(topic), here, row)) for topic, name in context.topics
        }
        self._by_block: dict[str, list[Passage]] = defaultdict(list)
        for passage in passages:
            self._by_block[passage.block].append(passage)

    def of_block(self, block: Block) -> tuple[TopicChip, ...]:
        """The topics that a block speaks to."""
        passages = self._by_block.get(block.id)
        return self.of(passages) if passages else ()

    def of(self, passages: Sequence[Passage]) -> tuple[TopicChip, ...]:
        """One chip a topic, for its best passage, in taxonomy order."""
        best: dict[str, Passage] = {}
        for passage in passages:
            if passage.topic not in best or passage.score > best[passage.topic].score:
                best[passage.topic] = passage
        return tuple(
            TopicChip(topic, name, url, best[topic].score < DECIDED, why(best[topic].evidence))
            for topic, (name, url) in self._known.items()
            if topic in best
        )
