"""What became of captures and policies that were withdrawn: a page each, and the log of all."""

from dataclasses import dataclass

from policy_archive.catalogue.published.withdrawn import Withdrawal, newest_first
from policy_archive.pages import capture_time
from policy_archive.pages.kinds import kind_name
from policy_archive.pages.language import gettext, ngettext
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication

LOG = "about/withdrawn/"


@dataclass(frozen=True, slots=True)
class WithdrawalView:
    """One withdrawal."""

    site: str
    kind: str
    whole: bool
    """The policy; else one capture of it."""
    what: str
    """Which of both, with the capture's moment."""
    day: str
    reason: str
    erased: bool
    url: str
    """Of the page that says so."""
    log_url: str


def withdrawal_view(publication: Publication, entry: Withdrawal, here: str) -> WithdrawalView:
    """A withdrawal as the page at `here` tells of it; of the text it says nothing."""
    moment = capture_time.shown(entry.captured)
    return WithdrawalView(
        site=entry.site,
        kind=kind_name(entry.kind),
        whole=entry.whole,
        what=ngettext("policy", "policies", 1)
        if entry.whole
        else gettext("capture of %(day)s", day=moment),
        day=entry.day,
        reason=entry.reason,
        erased=entry.erased,
        url=publication.addresses.relative(entry.place, here),
        log_url=publication.addresses.relative(LOG, here),
    )


class TombstonePage(Page):
    """In the place of a page that is withdrawn."""

    template = "tombstone"

    def __init__(self, place: str, entry: Withdrawal, publication: Publication) -> None:
        """`place` is one of the withdrawal's."""
        super().__init__(place, publication)
        self._entry = entry

    @property
    def title(self) -> str:
        """Whose it was, and nothing of what it said."""
        return gettext("Withdrawn, %(site)s", site=self._entry.site)

    def view(self) -> object:
        """When and why."""
        return withdrawal_view(self.publication, self._entry, self.place)


class WithdrawnPage(Page):
    """`about/withdrawn/`: the log."""

    template = "withdrawn"

    def __init__(self, publication: Publication) -> None:
        """There is one where something was ever withdrawn."""
        super().__init__(LOG, publication)

    @property
    def title(self) -> str:
        """Always the same."""
        return gettext("Withdrawn")

    def view(self) -> object:
        """All withdrawals, the newest first."""
        entries = newest_first(self.publication.withdrawn.entries)
        return [withdrawal_view(self.publication, it, self.place) for it in entries]
