"""Web archives on 127.0.0.1: one of our own, and pywb behind the same door.

Both list and replay as pywb does. The door can be told to ask for patience, to hang up, or to be
slow, and notes what it was asked.
"""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from policy_archive.sources.warc.crawl import Crawl, Page, payload

PYWB = "pywb==2.10.0"
_REPLAY = re.compile(r"/web/([0-9]{1,14})(?:[a-z]{2}_)?/(.+)", re.DOTALL)


@dataclass
class Door:
    """What a client meets."""

    url: str = ""
    crawl: Crawl | None = None
    upstream: int = 0
    """The port that pywb listens on, if it does."""
    asked: list[str] = field(default_factory=list)
    faults: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    """Answers to give instead, the first to the next request: status and headers; 0 hangs up."""
    slow: float = 0.0
    columns: bool = False
    """Whether captures are listed as the Wayback Machine does, some at a time."""

    @property
    def archive(self) -> str:
        return f"{self.url}/web"


def _key(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|/$", "", url).lower()


class _Handler(BaseHTTPRequestHandler):
    door: Door

    def log_message(self, *said: object) -> None:
        pass

    def do_GET(self) -> None:  # the name that the library calls
        door = self.door
        door.asked.append(self.path)
        time.sleep(door.slow)
        if door.faults:
            status, headers = door.faults.pop(0)
            if status == 0:
                self.connection.shutdown(socket.SHUT_RDWR)
            else:
                self._answer(status, headers, b"Please wait.")
        elif door.upstream:
            self._pass_on(door.upstream)
        elif self.path.startswith("/cdx/search/cdx?" if door.columns else "/web/cdx?"):
            self._list()
        elif match := _REPLAY.fullmatch(self.path):
            self._replay(match[1], match[2])
        else:
            self._answer(404, {}, b"Nothing here.")

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _pass_on(self, port: int) -> None:
        inner = http.client.HTTPConnection("127.0.0.1", port)
        inner.request("GET", self.path, headers={"Host": self.headers["Host"]})
        found = inner.getresponse()
        headers = {
            k: v
            for k, v in found.getheaders()
            if k.lower() not in ("transfer-encoding", "content-length")
        }
        self._answer(found.status, headers, found.read())

    def _pages(self, url: str) -> list[Page]:
        assert self.door.crawl
        return [it for it in self.door.crawl.pages() if _key(it.record.url) == _key(url)]

    def _list(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        first, last = query.get("from", ["0"])[0], query.get("to", ["9"])[0]
        lines = []
        for page in self._pages(query["url"][0]):
            record = page.record
            if first <= record.captured <= last.ljust(14, "9"):
                revisit = record.type == "revisit"
                row = {
                    "urlkey": _key(record.url),
                    "timestamp": record.captured,
                    "url": record.url,
                    "mime": "warc/revisit" if revisit else record.content_type.split(";")[0],
                    "digest": record.digest.removeprefix("sha1:"),
                    "length": str(record.size),
                }
                row |= {} if revisit else {"status": str(record.status)}
                lines.append(json.dumps(row))
        if self.door.columns:
            return self._in_columns(lines, int(query.get("resumeKey", ["0"])[0]))
        self._answer(200, {"Content-Type": "text/x-ndjson"}, "\n".join(lines).encode())
        return None

    def _in_columns(self, lines: list[str], start: int) -> None:
        names = ("urlkey", "timestamp", "url", "mime", "status", "digest", "length")
        page = [" ".join(json.loads(it).get(name, "-") for name in names) for it in lines]
        shown = page[start : start + 2]
        if start + 2 < len(page):
            shown += ["", str(start + 2)]
        self._answer(200, {"Content-Type": "text/plain"}, "\n".join(shown).encode())

    def _replay(self, digits: str, url: str) -> None:
        pages = self._pages(url)
        if not pages:
            return self._answer(404, {}, b"URL Not Found")
        page = min(pages, key=lambda it: abs(_moment(it.record.captured) - _moment(digits)))
        assert self.door.crawl
        record, holder = page.record, page.holder
        found = payload(self.door.crawl.file(holder), holder)
        headers = {
            "Content-Type": holder.content_type,
            "Memento-Datetime": format_datetime(
                datetime.fromtimestamp(_moment(record.captured), UTC), usegmt=True
            ),
            "Link": f'<{record.url}>; rel="original", <{self.door.url}/web/timemap/link/{record.url}>; rel="timemap"',
        }
        headers |= {"Location": record.location} if record.location else {}
        self._answer(record.status or holder.status, headers, found.data)
        return None


def _moment(digits: str) -> float:
    when = f"{digits}{'00000101000000'[len(digits) :]}"
    return datetime.strptime(when, "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp()


@contextmanager
def opened(files: Iterable[Path], upstream: int = 0) -> Iterator[Door]:
    """A web archive of these WARCs."""
    door = Door(crawl=Crawl(files), upstream=upstream)
    handler = type("Handler", (_Handler,), {"door": door})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    door.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield door
    finally:
        server.shutdown()
        server.server_close()


def pywb_programs() -> Path | str:
    """The folder of pywb's programs, in an environment of its own; or why there is none.

    `POLICY_ARCHIVE_PYWB` names one that is there; else it is made once, beside our own.
    """
    if given := os.environ.get("POLICY_ARCHIVE_PYWB"):
        return Path(given)
    folder = Path(sys.prefix) / "pywb"
    programs = folder / "bin"
    if not (folder / "ready").exists():
        made = subprocess.run(
            [sys.executable, "-m", "venv", folder], capture_output=True, check=False
        )
        pip: list[str | Path] = [
            programs / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            PYWB,
            "setuptools<81",
        ]
        if made.returncode or subprocess.run(pip, capture_output=True, check=False).returncode:
            return f"{PYWB} cannot be installed for this Python"
        (folder / "ready").touch()
    return programs


@contextmanager
def pywb(programs: Path, folder: Path, files: Iterable[Path]) -> Iterator[int]:
    """The port of a pywb whose collection `web` has these WARCs."""
    folder.mkdir(parents=True)
    manager = [programs / "wb-manager"]
    for arguments in (["init", "web"], ["add", "web", *map(str, files)]):
        subprocess.run([*manager, *arguments], cwd=folder, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [programs / "wayback", "-b", "127.0.0.1", "-p", str(port)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def served(files: Iterable[Path], by: str, folder: Path) -> Iterator[Door]:
    """The records in `files` served `by` "ours" or "pywb", which works in `folder`."""
    listed = list(files)
    with ExitStack() as stack:
        port = 0
        if by == "pywb":
            if not os.environ.get("POLICY_ARCHIVE_THOROUGH"):
                pytest.skip("pywb is tried by `make test-all`")
            programs = pywb_programs()
            if isinstance(programs, str):
                pytest.skip(programs)
            port = stack.enter_context(pywb(programs, folder / "pywb", listed))
        yield stack.enter_context(opened(listed, port))
