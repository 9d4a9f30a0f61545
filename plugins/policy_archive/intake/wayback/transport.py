"""Between the client and a web archive: bounds, and the words that the client understands.

The client speaks to `web.archive.org` alone. For another service its requests are sent there, and
what comes back is put as the Wayback Machine puts it:

- lists of captures as seven columns (pywb gives JSON);
- a redirect that was archived names a capture, not a live page (a bare `Location` under `id_`);
- a capture of another moment than was asked for is a redirect to that moment.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ChunkedEncodingError
from requests.structures import CaseInsensitiveDict

from policy_archive.sources.warc.payload import LARGEST, TooLargeError, unpacked

WAYBACK = "https://web.archive.org/web"
_WAYBACK_LIST = "/cdx/search/cdx"
CDX = f"https://web.archive.org{_WAYBACK_LIST}"
DOUBT = "X-Policy-Archive-Doubt"
"""A header of ours: why the body may not be whole."""

_MEMENTO = re.compile(r"(?P<digits>[0-9]{1,14})(?P<flag>[a-z]{2}_)?/(?P<target>.+)", re.DOTALL)
_COLUMNS = (
    ("urlkey",),
    ("timestamp",),
    ("url", "original"),
    ("mime", "mimetype"),
    ("status", "statuscode"),
    ("digest",),
    ("length",),
)


class Transport(HTTPAdapter):
    """Sends what the client asks of the Wayback Machine to the service at `replay`."""

    def __init__(self, replay: str = WAYBACK) -> None:
        """`replay` is what stands before the moment in the addresses of its captures."""
        super().__init__()
        self.replay = replay
        self._lists = list(_lists_of(replay))

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        """Send it; takes what adapters take.

        Raises:
            TooLargeError: the answer is larger than any policy.
        """
        asked = str(request.url)
        options["stream"] = True
        if asked.startswith(CDX):
            return self._list(request, asked, *args, **options)
        ours = request.copy()
        ours.url = self.theirs(asked)
        response = self._read(super().send(ours, *args, **options), request)
        if response.headers.get("Memento-Datetime"):
            # Of its links the client needs this one, and warns of others that are not its own.
            original = response.links.get("original", {}).get("url")
            response.headers["Link"] = f'<{original}>; rel="original"' if original else ""
            _as_asked(response, asked)
        if location := response.headers.get("Location"):
            response.headers["Location"] = self._led_to(location, response, asked)
        return response

    def theirs(self, address: str) -> str:
        """The service's own address for what stands at `address` in the Wayback Machine."""
        return f"{self.replay}{address.removeprefix(WAYBACK)}"

    def _list(self, request: PreparedRequest, asked: str, *args: Any, **options: Any) -> Response:
        """A list of captures, from the first of the service's addresses that has one."""
        for number, place in enumerate(list(self._lists), 1):
            ours = request.copy()
            query = dict(parse_qsl(urlsplit(asked).query))
            if not place.endswith(_WAYBACK_LIST):
                query["output"] = "json"
            ours.url = f"{place}?{urlencode(query)}"
            response = self._read(super().send(ours, *args, **options), request)
            if response.status_code != 404 or number == len(self._lists):
                break
        if response.ok:
            self._lists = [place]
            response._content = _in_columns(response.content)
        return response

    def _read(self, response: Response, asked: PreparedRequest) -> Response:
        """The answer to what was `asked`, with its body, unpacked within bounds."""
        body = _within_bounds(response, asked)
        found = unpacked(body, "", response.headers.get("Content-Encoding", ""))
        response._content = found.data
        response._content_consumed = True  # type: ignore[attr-defined]
        if found.doubt:
            response.headers[DOUBT] = found.doubt
        response.url = str(asked.url)
        response.request = asked
        return response

    def _led_to(self, location: str, response: Response, asked: str) -> str:
        """Where a redirect leads, in the words of the Wayback Machine."""
        whole = urljoin(self.theirs(asked), location)
        inside = whole.removeprefix(f"{self.replay}/")
        if inside != whole and _MEMENTO.fullmatch(inside):
            return f"{WAYBACK}{whole.removeprefix(self.replay)}"
        match = _MEMENTO.fullmatch(asked.removeprefix(f"{WAYBACK}/"))
        if not match or "Memento-Datetime" not in response.headers:
            return location
        original = response.links.get("original", {}).get("url") or match["target"]
        flag = match["flag"] or ""
        return f"{WAYBACK}/{match['digits']}{flag}/{urljoin(original, location)}"


def _within_bounds(response: Response, asked: PreparedRequest) -> bytes:
    parts, size = [], 0
    try:
        for part in response.raw.stream(1 << 16, decode_content=False):
            size += len(part)
            if size > LARGEST:
                raise TooLargeError
            parts.append(part)
    except TooLargeError:
        raise
    except Exception as error:  # those of the library below
        raise ChunkedEncodingError(error, request=asked) from error
    finally:
        response.close()
    return b"".join(parts)


def _as_asked(response: Response, asked: str) -> None:
    """Have a capture of another moment than was `asked` for be a redirect to that moment.

    The Wayback Machine does so itself; pywb answers with the nearest capture as if it were meant.
    """
    match = _MEMENTO.fullmatch(asked.removeprefix(f"{WAYBACK}/"))
    try:
        moment = parsedate_to_datetime(response.headers["Memento-Datetime"]).astimezone(UTC)
    except (TypeError, ValueError):
        return
    digits = f"{moment:%Y%m%d%H%M%S}"
    if not match or digits == match["digits"]:
        return
    target = response.links.get("original", {}).get("url") or match["target"]
    response.status_code = 302
    response.headers = CaseInsensitiveDict(
        {"Location": f"{WAYBACK}/{digits}{match['flag'] or ''}/{target}"}
    )
    response._content = b""


def _lists_of(replay: str) -> Iterator[str]:
    """Where a service may list its captures."""
    if replay == WAYBACK:
        yield CDX
        return
    parts = urlsplit(replay)
    yield f"{replay}/cdx"  # pywb
    yield f"{parts.scheme}://{parts.netloc}{_WAYBACK_LIST}"  # the Wayback Machine's own server
    yield f"{replay}-cdx"  # pywb before version 2


def _in_columns(data: bytes) -> bytes:
    """A list of captures as lines of seven columns; one that is that already stays as it is."""
    text = data.decode("utf-8", "replace")
    if not text.lstrip().startswith(("{", "[")):
        return data
    return "".join(_line(it) for it in _rows(text)).encode()


def _rows(text: str) -> Iterator[dict[str, str]]:
    """JSON, one object a line (pywb), or a list of lists whose first has the names (Wayback)."""
    if text.lstrip().startswith("["):
        names, *rows = json.loads(text) or [[]]
        yield from (dict(zip(names, row, strict=False)) for row in rows)
        return
    for line in text.splitlines():
        if line.strip():
            yield json.loads(line)


def _line(row: dict[str, str]) -> str:
    values = (next((row[name] for name in names if row.get(name)), "-") for names in _COLUMNS)
    return " ".join(str(value).replace(" ", "%20") for value in values) + "\n"
