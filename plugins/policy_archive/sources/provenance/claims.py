"""What one part of the evidence says of a text's provenance, each statement checked in itself.

A part is the front matter, a header, a comment, the first line, the path, a commit. What they say
of each other is for `merge` to decide.
"""

from dataclasses import dataclass, field

from policy_archive.model import Notice
from policy_archive.sources import capture_urls
from policy_archive.sources.capture_urls import NO_MEMENTO, Memento
from policy_archive.sources.site_names import printed, site_name
from policy_archive.sources.urls import NO_URL, CleanUrl, clean
from policy_archive.text.dates import moment


@dataclass(slots=True)
class Claims:
    """Statements of one part; empty where it says nothing."""

    place: str
    """Where they stand, as a noun with its article: `the header`."""
    line: int = 1
    """Of the file, counted from 1."""
    span: tuple[int, int] = (0, 0)
    """From where to where in the text they stand: provenance, and no part of the policy."""
    site: str = ""
    captured: str = ""
    """As written out: 14 or 8 digits."""
    original: CleanUrl = NO_URL
    """Where the page was published."""
    memento: Memento = NO_MEMENTO
    """Where the capture is, and what that address says of page and moment."""
    kind: str = ""
    collection: str = ""
    own: bool = False
    """Written by who keeps the archive, and for this text."""
    encoding: str = ""
    """What a server, or who keeps the archive, says that the text is in."""
    document: str = ""
    """The ending of the document beside it that the text was taken out of."""
    firm: bool = False
    """Of a path: its layout names the site, so that archived words do not overrule it."""
    record_url: str = ""
    """The page of the archive that it comes from, about this very text."""
    licence: str = ""
    """Of that archive: `ODC-BY 1.0`."""
    undated: str = ""
    """Why a commit gives no date, and what to do."""
    notices: list[Notice] = field(default_factory=list)

    @property
    def moments(self) -> tuple[str, ...]:
        """The dates of capture, that in the capture's own address first: 14 or 8 digits each."""
        return tuple(filter(None, (self.memento.captured, self.captured)))

    def say_site(self, written: str) -> None:
        """The site's domain, or its name."""
        self.site = site_name(written)

    def say_captured(self, written: str, line: int) -> None:
        """A written date of capture; one that the calendar does not have is a doubt."""
        self.captured = moment(written)
        if not self.captured:
            message = f"“{_short(written)}” in {self.place} is no real date"
            self.doubt("bad-date", message, line)

    def say_original(self, raw: str, line: int) -> None:
        """The address where the page was published; a capture's own address counts as that."""
        if capture_urls.parse(raw):
            self.say_memento(raw, line)
            return
        self.original = clean(raw)
        self._doubt_url(raw, self.original, line)

    def say_memento(self, raw: str, line: int) -> None:
        """The address of the capture; without an original address it gives that, too."""
        found = capture_urls.parse(raw)
        if found is None:
            cleaned = clean(raw)
            self.memento = Memento(memento_url=cleaned.url)
            self._doubt_url(raw, cleaned, line)
            return
        self.memento = found
        if found.original.fault:
            message = f"“{_short(raw)}” names a page that {found.original.fault}"
            self.doubt("bad-url", message, line)
        if found.digits and not found.captured:
            short = len(found.digits) < 8
            self.doubt(
                "short-timestamp" if short else "bad-date",
                f"the timestamp {found.digits} of the capture's address "
                + ("is less precise than a day" if short else "is no real date and time"),
                line,
            )
        if not self.original.url and found.original.url:
            self.original = found.original

    def doubt(self, code: str, message: str, line: int) -> None:
        """Something that a reader should know."""
        self.notices.append(Notice(code, message, line=line))

    def _doubt_url(self, raw: str, found: CleanUrl, line: int) -> None:
        if found.fault:
            self.doubt("bad-url", f"“{_short(raw)}” in {self.place} {found.fault}", line)


def line_at(text: str, offset: int) -> int:
    """The number of the line that holds `offset`, counted from 1."""
    return text.count("\n", 0, offset) + 1


def _short(text: str) -> str:
    line = printed(text)
    return line if len(line) <= 120 else line[:119] + "…"
