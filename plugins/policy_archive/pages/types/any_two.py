"""`policies/<site>/compare/`: any two captures of a policy, compared in the reader's browser."""

from dataclasses import dataclass

from policy_archive.catalogue.questions.contents import PolicyRow
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import snapshot_place
from policy_archive.pages.charts.pictures import Timeline
from policy_archive.pages.data import snapshot_json
from policy_archive.pages.kinds import kind_name
from policy_archive.pages.language import gettext
from policy_archive.pages.page import Page
from policy_archive.pages.types.policy import PolicyPage, timeline_of
from policy_archive.pages.views import Link


@dataclass(frozen=True, slots=True)
class CaptureChoice:
    """A capture to choose."""

    segment: str
    captured: str
    json_url: str


@dataclass(frozen=True, slots=True)
class AnyTwoView:
    """`policies/<site>/compare/`."""

    site: str
    kind: str
    policy_url: str
    captures: tuple[CaptureChoice, ...]
    """Newest first."""
    timeline: Timeline
    steps: tuple[Link, ...]
    """The changes from each capture to the next, newest first: what there is without scripts."""


class AnyTwoPage(Page):
    """`policies/<site>/compare/`."""

    template = "any_two"

    def __init__(self, policy: PolicyPage, row: PolicyRow) -> None:
        """`policy` has several captures."""
        super().__init__(f"{row.url}compare/", policy.publication)
        self.parent = policy
        self._row = row

    @property
    def title(self) -> str:
        """The site."""
        return gettext("%(site)s: compare any two captures", site=self._row.site)

    def depends(self) -> object:
        """Its captures and changes."""
        return self._row.shown

    def view(self) -> object:
        """What there is to choose from."""
        addresses, row, here = self.publication.addresses, self._row, self.place
        shown = {it.segment: capture_time.shown(it.captured) for it in row.snapshots}

        def json_url(segment: str) -> str:
            place = f"{snapshot_place(row.url, segment)}{snapshot_json.NAME}"
            return addresses.relative(place, here)

        return AnyTwoView(
            site=row.site,
            kind=kind_name(row.kind),
            policy_url=addresses.relative(row.url, here),
            captures=tuple(
                CaptureChoice(segment, captured, json_url(segment))
                for segment, captured in reversed(shown.items())
            ),
            timeline=timeline_of(self.publication, self.publication.history(row.id), here),
            steps=tuple(
                Link(
                    gettext("%(first)s to %(last)s", first=shown[it.before], last=shown[it.after]),
                    addresses.relative(f"{row.url}{it.segment}/", here),
                )
                for it in reversed(row.changes)
            ),
        )
