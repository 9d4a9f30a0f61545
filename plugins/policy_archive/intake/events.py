"""What comes of a source, one after the other, as it is worked through."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeAlias

from policy_archive.intake.capture import Capture, IntakeError
from policy_archive.intake.folder import Folder


class Total(NamedTuple):
    """How many captures there are to look at."""

    number: int


class Known(NamedTuple):
    """A capture that is in the folder already."""

    name: str


class LeftOut(NamedTuple):
    """A capture that is not added."""

    name: str
    why: str
    failed: bool = False
    """It should have been: another run may get it."""


class Remark(NamedTuple):
    """What else a person should know of a source."""

    text: str


Event: TypeAlias = Capture | Total | Known | LeftOut | Remark


@dataclass
class Tally:
    """What came of a source."""

    added: list[Path] = field(default_factory=list)
    known: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    total: int = 0

    @property
    def done(self) -> int:
        """How many captures have been looked at."""
        return len(self.added) + self.known + len(self.left_out)


def take(events: Iterable[Event], folder: Folder, tally: Tally) -> Iterator[Tally]:
    """Write what `events` bring into `folder`; yields `tally` after each capture.

    Raises:
        IntakeError: the source cannot be used any further.
        OSError: a capture cannot be written.
    """
    for event in events:
        match event:
            case Total(number):
                tally.total = number
            case Remark(text):
                tally.remarks.append(text)
            case Known():
                tally.known += 1
            case LeftOut():
                tally.left_out.append(event)
            case Capture():
                _put(event, folder, tally)
        yield tally


def _put(capture: Capture, folder: Folder, tally: Tally) -> None:
    try:
        file = folder.put(capture)
    except IntakeError as error:
        name = capture.memento_url or f"{capture.original_url or capture.source}"
        tally.left_out.append(LeftOut(name, str(error)))
        return
    if file:
        tally.added.append(file)
    else:
        tally.known += 1
