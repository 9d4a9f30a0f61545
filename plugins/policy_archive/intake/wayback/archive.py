"""A web archive as a place to ask: which captures of an address there are, and what each holds.

Every error that the network or the archive may give becomes one sentence with the address and what
to do.
"""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeVar

from policy_archive import __version__
from policy_archive.intake.capture import IntakeError
from policy_archive.intake.documents import missing
from policy_archive.intake.interrupt import Interrupt
from policy_archive.intake.wayback.history import Row
from policy_archive.sources.warc.payload import TooLargeError

try:
    import requests
    import wayback
    from wayback import exceptions as faults

    from policy_archive.intake.wayback import transport
except ImportError as error:
    raise missing("web archives", "the client `wayback`", "wayback") from error

_PATIENCE = 5
"""How often a request is made again that the archive has put off."""

_LONGEST_WAIT = 3_600

_USER_AGENT = f"policy-archive/{__version__} wayback/{wayback.__version__}"

Answer = TypeVar("Answer")


class Fetched(NamedTuple):
    """A capture that the archive gave back."""

    data: bytes
    moment: str
    url: str
    status: int
    content_type: str
    redirects: tuple[str, ...]
    """Addresses of the captures that led on to it."""
    source: str
    """The address that it was had from."""
    doubt: str


class UnavailableError(IntakeError):
    """The archive has the capture no more, or cannot give it back; others may well be there."""


class WebArchive:
    """A service that lists and replays captures."""

    def __init__(
        self,
        replay: str,
        interrupt: Interrupt,
        say: Callable[[str], None],
        limits: dict[str, Any] | None = None,
    ) -> None:
        """`replay` stands before the moment in addresses of captures; `say` tells of waits.

        `limits` are the client's own, of which the defaults are what the Internet Archive asks for.
        """
        self.replay = replay
        self._interrupt = interrupt
        self._say = say
        self._transport = transport.Transport(replay)
        session = _Session(user_agent=_USER_AGENT, **limits or {})
        for scheme in ("https://", "http://"):
            session.mount(scheme, self._transport)
        self._client = wayback.WaybackClient(session)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def memento_url(self, moment: str, url: str) -> str:
        """The address at which people see the capture."""
        return f"{self.replay}/{moment}/{url}"

    def list(self, url: str, first: str, last: str) -> list[Row]:
        """The captures of `url` from the moment `first` to `last` (14 digits or empty), in time.

        Raises:
            IntakeError: the archive cannot be asked, or lists nothing that can be read.
        """
        return self._asked(url, lambda: sorted(_rows(self._client, url, first, last)))

    def get(self, url: str, moment: str, *, nearest: bool = False) -> Fetched:
        """The capture of `url` at `moment`, or that nearest to it, redirects followed.

        Raises:
            UnavailableError: the archive does not give it back.
            IntakeError: the archive cannot be asked.
        """
        return self._asked(url, lambda: self._fetched(url, moment, nearest))

    def _fetched(self, url: str, moment: str, nearest: bool) -> Fetched:
        window = 10**10 if nearest else 86_400
        found = self._client.get_memento(
            url, timestamp=moment, exact=not nearest, exact_redirects=True, target_window=window
        )
        raw = found._raw_headers
        kept = raw.get("X-Archive-Orig-Content-Type") or raw.get("Content-Type") or ""
        when = found.timestamp.astimezone(UTC)
        return Fetched(
            found.content,
            f"{when:%Y%m%d%H%M%S}",
            found.url,
            found.status_code,
            kept,
            tuple(self._own(it.memento_url) for it in found.history),
            self._transport.theirs(found.memento_url),
            raw.get(transport.DOUBT) or "",
        )

    def _own(self, memento_url: str) -> str:
        """As people see it, without the flag."""
        return re.sub(r"(/[0-9]{14})[a-z]{2}_/", r"\1/", self._transport.theirs(memento_url))

    def _asked(self, url: str, ask: Callable[[], Answer]) -> Answer:
        for number in range(_PATIENCE + 1):
            try:
                return ask()
            except faults.RateLimitError as error:
                if number == _PATIENCE:
                    break
                self._wait(error.retry_after)
            except (TooLargeError, faults.MementoPlaybackError) as error:
                raise UnavailableError(_why(error)) from error
            except Exception as error:
                raise IntakeError(f"{url}: {self._fault(error)}") from error
        raise IntakeError(
            f"{url}: {self.replay} keeps asking to wait (429); run the same command again later: "
            "it goes on where it stopped"
        )

    def _wait(self, asked: float | None) -> None:
        seconds = min(max(asked or 60, 1), _LONGEST_WAIT)
        self._say(f"{self.replay} asks to wait for {seconds:.0f} s (429)")
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._interrupt.check()
            time.sleep(min(left, 0.2))

    def _fault(self, error: Exception) -> str:
        """What is wrong, and what to do."""
        cause = getattr(error, "cause", None) or error
        if isinstance(cause, requests.exceptions.SSLError):
            return f"{self.replay} shows no valid certificate; see that the address is right"
        if isinstance(cause, requests.exceptions.Timeout):
            return f"{self.replay} does not answer in time; try again later"
        if isinstance(cause, requests.exceptions.ConnectionError):
            return f"{self.replay} cannot be reached; see that you are online and the address right"
        if isinstance(cause, faults.BlockedSiteError | faults.BlockedByRobotsError):
            return f"{self.replay} has excluded it, so it gives no capture back"
        if isinstance(cause, faults.UnexpectedResponseFormat | ValueError):
            return f"what {self.replay} answers is no list of captures; is it a web archive?"
        if isinstance(cause, faults.WaybackException | requests.RequestException):
            return f"{self.replay} cannot answer ({_why(cause)}); try again later"
        raise error


def _rows(client: Any, url: str, first: str, last: str) -> Iterator[Row]:
    found = client.search(
        url,
        match_type="exact",
        from_date=_moment(first),
        to_date=_moment(last),
    )
    for it in found:
        when = it.timestamp.astimezone(UTC)
        yield Row(f"{when:%Y%m%d%H%M%S}", it.original, it.statuscode or 0, it.mimetype, it.digest)


def _moment(digits: str) -> date | None:
    return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC) if digits else None


def _why(error: Exception) -> str:
    if isinstance(error, faults.NoMementoError):
        return "the archive has no such capture"
    if isinstance(error, faults.MementoPlaybackError):
        return "the archive cannot give it back, or what it leads on to"
    return " ".join(str(error).split())[:200]


class _Session(wayback.WaybackSession):  # type: ignore[misc]
    """The client's session, which does not try for minutes to reach what was never there."""

    _reached = False

    def send(self, request: Any, **options: Any) -> Any:
        response = super().send(request, **options)
        self._reached = True
        return response

    def should_retry_error(self, error: Exception) -> bool:
        unreached = isinstance(error, requests.ConnectionError) and not self._reached
        return not unreached and bool(super().should_retry_error(error))
