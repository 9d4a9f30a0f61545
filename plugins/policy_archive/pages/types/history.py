"""`policies/<site>/history/`: one policy's wording on each topic through the years."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from policy_archive.catalogue.entries import Placed
from policy_archive.catalogue.questions import answers
from policy_archive.catalogue.questions.answers import Wording
from policy_archive.catalogue.questions.contents import PolicyRow
from policy_archive.catalogue.questions.policies import PolicyHistory
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import snapshot_place, topic_place
from policy_archive.pages.kinds import kind_name
from policy_archive.pages.language import gettext
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication
from policy_archive.pages.types.policy import PolicyPage
from policy_archive.pages.views import Absence
from policy_archive.topics.labeller import SURE


@dataclass(frozen=True, slots=True)
class Stretch:
    """A wording, and the captures in a row that have it."""

    first: str
    first_iso: str
    last: str
    """Of the last capture in the row; empty: it stands in the newest."""
    last_iso: str
    captures: int
    url: str
    """Of the passage, or of the capture without one, where it was first seen."""
    absence: Absence | None
    quote: str = ""
    language: str = ""
    possible: bool = False


@dataclass(frozen=True, slots=True)
class TopicHistory:
    """What a policy said on one topic, newest first."""

    id: str
    name: str
    question: str
    changes_url: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class HistoryView:
    """`policies/<site>/history/`."""

    site: str
    kind: str
    policy_url: str
    captures: int
    first: str
    last: str
    topics: tuple[TopicHistory, ...]


class HistoryPage(Page):
    """`policies/<site>/history/`."""

    template = "history"
    archived = True

    def __init__(self, policy: PolicyPage, row: PolicyRow) -> None:
        """`policy` has captures that were compared."""
        super().__init__(history_place(row.url), policy.publication)
        self.parent = self._policy = policy
        self._row = row

    @property
    def title(self) -> str:
        """The site."""
        return gettext("%(site)s through the years", site=self._row.site)

    def depends(self) -> object:
        """The policy's snapshots and changes, and which topics have changes."""
        return self._row.shown

    def view(self) -> object:
        """Each topic's wordings."""
        return history_view(self.publication, self._policy.history, self._row.id)


def history_place(policy_url: str) -> str:
    """Where the history of a policy stands."""
    return f"{policy_url}history/"


def history_view(publication: Publication, history: PolicyHistory, policy: int) -> HistoryView:
    """What a policy said on each topic that it ever spoke to."""
    here, addresses = history_place(history.policy.url), publication.addresses
    captures = _good(history)
    said = answers.wordings(publication.catalogue, policy)
    return HistoryView(
        site=history.policy.site,
        kind=kind_name(history.policy.kind),
        policy_url=addresses.relative(history.policy.url, here),
        captures=len(captures),
        first=capture_time.shown(captures[0].snapshot.captured[:8]),
        last=capture_time.shown(captures[-1].snapshot.captured[:8]),
        topics=tuple(
            TopicHistory(
                topic.id,
                topic.name,
                topic.question,
                addresses.relative(topic_place(topic.id), here),
                tuple(_stretches(publication, history.policy.url, captures, said[topic.id]))[::-1],
            )
            for topic in publication.taxonomy.topics
            if topic.id in said
        ),
    )


def _good(history: PolicyHistory) -> Sequence[Placed]:
    """The captures that were compared, oldest first."""
    used = {entry.segment for step in history.steps for entry in (step.before, step.after)}
    return [entry for entry in history.entries if entry.segment in used]


def _stretches(
    publication: Publication, url: str, captures: Sequence[Placed], said: Mapping[int, Wording]
) -> Iterator[Stretch]:
    addresses, here = publication.addresses, history_place(url)

    def words(entry: Placed) -> object:
        wording = said.get(entry.id)
        return wording.text if wording else entry.checked

    for _, group in groupby(captures, key=words):
        row = list(group)
        first, last = row[0].snapshot.captured, row[-1].snapshot.captured
        ended = row[-1] is not captures[-1]
        wording = said.get(row[0].id)
        page = snapshot_place(url, row[0].segment)
        absence: Absence = "none" if row[-1].checked else "unchecked"
        yield Stretch(
            first=capture_time.shown(first[:8]),
            first_iso=capture_time.iso(first),
            last=capture_time.shown(last[:8]) if ended else "",
            last_iso=capture_time.iso(last),
            captures=len(row),
            url=addresses.relative(page, here, wording.block if wording else ""),
            absence=None if wording else absence,
            quote=wording.text if wording else "",
            language=wording.language if wording else "",
            possible=bool(wording and wording.score < SURE),
        )
