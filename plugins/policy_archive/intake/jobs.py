"""What a person asks for, told apart: files, crawls, lists, captures, addresses."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from policy_archive.intake import crawled, lists, saved
from policy_archive.intake.capture import IntakeError
from policy_archive.intake.events import Event, LeftOut
from policy_archive.intake.folder import Folder
from policy_archive.intake.interrupt import Interrupt
from policy_archive.intake.saved import Said
from policy_archive.sources import capture_urls
from policy_archive.sources.urls import clean
from policy_archive.sources.warc.container import crawls, is_crawl

WAYBACK = "https://web.archive.org/web"

_ADDRESS = re.compile(r"https?:", re.IGNORECASE)
_MOMENT = re.compile(r"/[0-9]{14}(?:[a-z]{2}_)?/https?(?::|%3a)", re.IGNORECASE)


class Job(NamedTuple):
    """One thing to add, and what comes of it."""

    name: str
    events: Callable[[], Iterator[Event]]


@dataclass
class Intake:
    """How everything is to be added."""

    folder: Folder
    interrupt: Interrupt
    say: Callable[[str], None]
    """Tells of waits."""
    said: Said = field(default_factory=Said)
    match: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    every: str = "change"
    archive: str = ""
    """Another service than the Wayback Machine: what stands before moments in its addresses."""
    _archives: dict[str, Any] = field(default_factory=dict)

    def jobs(self, source: str) -> Iterator[Job]:
        """What `source` stands for.

        Raises:
            IntakeError: it is nothing that can be added.
        """
        path = Path(source)
        if _ADDRESS.match(source):
            yield self._of_entry(lists.Entry(source))
        elif lists.is_list(path):
            yield from self.listed(source)
        elif path.is_dir() and (found := lists.declarations(path)):
            for file in found:
                yield from self.listed(str(file))
        elif path.exists():
            yield Job(source, lambda: self._of_files(path))
        else:
            raise IntakeError("no such file or folder; addresses begin with https://")

    def listed(self, name: str) -> Iterator[Job]:
        """What the list called `name` stands for; `-` is standard input.

        Raises:
            IntakeError: it cannot be read.
        """
        try:
            text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8", "replace")
        except OSError as error:
            raise IntakeError(error.strerror or str(error)) from error
        for entry in lists.read(text, "standard input" if name == "-" else name):
            if isinstance(entry, lists.Fault):
                yield _fault(entry)
            else:
                yield self._of_entry(entry)

    def since(self, name: str, memento_url: str, **asked: str) -> Job:
        """What followed a capture, in the archive that it is from; `asked` as `Asked` has it."""
        replay = self.archive or _replay(memento_url)
        return Job(name, lambda: self._of_web(replay, **asked))

    def close(self) -> None:
        """Give connections back."""
        for archive in self._archives.values():
            archive.close()

    def _of_files(self, path: Path) -> Iterator[Event]:
        if not path.is_dir():
            of_crawl = is_crawl(path)
        elif boxes := crawled.boxed(path):
            return crawled.of_boxes(boxes, self.match, self.said)
        else:
            of_crawl = bool(crawls(path))
        if of_crawl:
            return crawled.events(path, self.match, self.said)
        return saved.events(path, self.said)

    def _of_entry(self, entry: lists.Entry) -> Job:
        kind = entry.kind or self.said.kind
        found = capture_urls.parse(entry.url)
        if found and found.original.url and found.digits:
            named = found.memento_url if len(found.digits) == 14 else ""
            asked = {"url": found.original.url, "moment": found.digits, "memento_url": named}
            replay = self.archive or _replay(entry.url)
        else:
            asked = {"url": clean(entry.url).url, "moment": entry.moment}
            replay = self.archive or WAYBACK
        return Job(entry.url, lambda: self._of_web(replay, kind=kind, **asked))

    def _of_web(self, replay: str, **asked: str) -> Iterator[Event]:
        """What a web archive gives; only here the client is loaded, which comes with an extra."""
        if not asked["url"]:
            raise IntakeError("it is no http or https address")
        events = import_module("policy_archive.intake.wayback.events")
        span = {"first": self.first, "last": self.last, "every": self.every}
        wanted = events.Asked(**{"site": self.said.site, **span, **asked})
        found: Iterator[Event] = events.events(wanted, self.service(replay), self.folder)
        return found

    def service(self, replay: str) -> Any:
        """The `WebArchive` at `replay`, one for all that it is asked.

        Raises:
            IntakeError: the client is not installed.
        """
        if replay not in self._archives:
            module = import_module("policy_archive.intake.wayback.archive")
            self._archives[replay] = module.WebArchive(replay, self.interrupt, self.say)
        return self._archives[replay]


def _fault(fault: lists.Fault) -> Job:
    return Job(fault.place, lambda: iter([LeftOut(fault.place, fault.why, failed=True)]))


def _replay(memento_url: str) -> str:
    """The service that the address of a capture belongs to."""
    host = urlsplit(memento_url).hostname or ""
    match = _MOMENT.search(memento_url)
    return WAYBACK if host.endswith("archive.org") or not match else memento_url[: match.start()]


def replay_of(service: str) -> str:
    """What stands before moments in the addresses of the service that a person calls `service`.

    Raises:
        ValueError: it is no address.
    """
    url = clean(service).url.rstrip("/")
    if not url:
        raise ValueError(f"{service!r} is no http or https address")
    # Without a path the service is like the Wayback Machine, whose captures are below `/web/`.
    return url if urlsplit(url).path else f"{url}/web"
