"""Sites in a real browser: built as a maintainer builds them, read as a reader reads them."""

import functools
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Dialog,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

from ..site.conftest import POLICY, archived, write_project

BLOCKS = ".pa-text div[id]"
PERMALINKS = '.pa-text [title="Permalink"]'
ROOT = Path(__file__).parents[2]
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

# A page of each type; `shelf` is the archive of own-made policies below, the rest is our own site.
PAGE_TYPES = {
    "home": "archive:",
    "policies": "archive:policies/",
    "policy": "archive:policies/istonsoft.com/",
    "policy with several captures": "shelf:policies/lamps.example/",
    "snapshot": "archive:policies/istonsoft.com/20190423004435/",
    "snapshot without provenance": "archive:policies/colasoft.com/undated-1310155b/",
    "change": "shelf:policies/lamps.example/20140521173313..20180522173313/",
    "changes": "shelf:changes/",
    "changes on a topic": "shelf:topics/data-collected/changes/",
    "any two captures": "shelf:policies/lamps.example/compare/#20140521173313..20180522173313",
    "history": "shelf:policies/lamps.example/history/",
    "topic in the past": "shelf:topics/cookies/2014/",
    "older snapshot": "shelf:policies/lamps.example/20140521173313/",
    "snapshot not checked": "shelf:policies/leuchten.example/20160302010203/",
    "topics": "archive:topics/",
    "topic": "archive:topics/cookies/",
    "topic with absences": "shelf:topics/cookies/",
    "withdrawn": "shelf:about/withdrawn/",
    "what became of a policy": "shelf:policies/stools.example/",
    "compare": "archive:compare/",
    "side by side": "archive:compare/?sites=istonsoft.com,softorino.com",
    "search": "archive:search/",
    "search with results": "archive:search/?words=cookies",
    "method": "archive:about/method/",
    "own page": "archive:about/",
    "nothing there": "archive:policies/nobody.example/",
}

PLAIN = """# Privacy Policy

We at {name} collect your name and address when you order. We use them to deliver what you ordered,
to answer your questions, and for nothing else. We share them with the carrier who brings the
parcel. We keep our books for ten years, as the law asks us to, and delete them after that.

We may change this policy, and will then say so on this page. You can ask us at any time what we
hold about you, and have it corrected or deleted; write to the address at the foot of the page.
"""

LAMPS = (
    POLICY
    + """
## What goes where

| Information | Who receives it | How long we keep it |
|---|---|---|
| Name and address | the carrier | until the parcel has arrived |
| Card number | the bank | not at all |
"""
)

GERMAN = """# Datenschutzerklärung

Wir nehmen den Schutz Ihrer persönlichen Daten sehr ernst und behandeln Ihre personenbezogenen Daten
vertraulich und entsprechend der gesetzlichen Vorschriften sowie dieser Erklärung. Die Nutzung
unserer Webseite ist in der Regel ohne Angabe personenbezogener Daten möglich.

## Cookies

Die Internetseiten verwenden teilweise so genannte Cookies. Cookies richten auf Ihrem Rechner keinen
Schaden an und enthalten keine Viren. Sie dienen dazu, unser Angebot nutzerfreundlicher, effektiver
und sicherer zu machen. Sie können Ihren Browser so einstellen, dass Sie darüber informiert werden.
"""

SHELF = {
    "lamps-2014.md": archived("lamps.example", "20140521173313", LAMPS.format(name="Lamps")),
    "lamps-2018.md": archived("lamps.example", "20180522173313", LAMPS.format(name="Lamps Ltd")),
    "chairs.md": archived("chairs.example", "20180102030405", PLAIN.format(name="Chairs")),
    "leuchten.md": archived("leuchten.example", "20160302010203", GERMAN),
    "terms.md": "---\nsite: lamps.example\ncaptured: 2018-05-22\nkind: terms-of-service\n"
    f"original_url: http://lamps.example/terms\n---\n{PLAIN.format(name='Lamps')}",
}

WITHDRAWN = json.dumps(
    {
        "site": "stools.example",
        "kind": "privacy-policy",
        "place": "policies/stools.example/",
        "reason": "It names a private person.",
        "day": "2026-11-25",
        "whole": True,
    }
)


def chromium() -> str | None:
    """The browser's path: the environment's, or the first that is installed."""
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    asked = os.environ.get("CHROMIUM")
    return asked or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if not path:
        reason = "no Chromium found: install one, or set CHROMIUM to its path"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=arguments)
        yield running
        running.close()


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a prefix, its 404 page for the rest, as a static host does."""

    def __init__(self, *args: Any, prefix: str, **options: Any) -> None:
        self.prefix = prefix
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "there is no such file")
        return super().translate_path(path[len(self.prefix) - 1 :])

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            return super().send_error(code, message, explain)
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.read_bytes())

    def end_headers(self) -> None:
        if self.path.startswith(f"{self.prefix}assets/"):
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64  # a page of search asks for more at once than five, which is usual


@dataclass(frozen=True)
class Served:
    folder: Path
    root: str


@contextmanager
def serving(folder: Path, prefix: str = "/") -> Iterator[Served]:
    handler = functools.partial(_Handler, directory=str(folder), prefix=prefix)
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield Served(folder, f"http://127.0.0.1:{server.server_port}{prefix}")
    finally:
        server.shutdown()
        server.server_close()


def build(config: Path, folder: Path, strict: bool = True) -> Path:
    """What `make site` does, into another folder."""
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(config), "-d", str(folder)]
    done = subprocess.run(
        [*command, *(["--strict"] if strict else [])],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    return folder


def our_theme() -> dict[str, Any]:
    """The theme as our own `mkdocs.yml` has it."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    return dict(settings["theme"])


def made(
    tmp_path_factory: pytest.TempPathFactory,
    policies: Mapping[str, str],
    strict: bool = True,
    withdrawn: str = "",
    **config: Any,
) -> Path:
    """A site of own-made policies, with the looks and features of our own."""
    project = tmp_path_factory.mktemp("project")
    write_project(project, policies, **{"theme": our_theme(), **config})
    if withdrawn:
        (project / "withdrawn.jsonl").write_text(withdrawn, "utf-8")
    return build(project / "mkdocs.yml", project / "built", strict)


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("own") / "site")


@pytest.fixture(scope="session")
def archive(own_site: Path) -> Iterator[Served]:
    """Our own site."""
    with serving(own_site) as served:
        yield served


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """What our own site lacks so far: several captures, another kind, another language."""
    pages = {"index.md": "# A shelf\n"}
    options = {"search": "pagefind"}
    site = made(tmp_path_factory, SHELF, withdrawn=WITHDRAWN, pages=pages, options=options)
    with serving(site) as served:
        yield served


@pytest.fixture(scope="session")
def places(archive: Served, shelf: Served) -> Mapping[str, str]:
    """The address of a page of each type."""
    roots = {"archive": archive.root, "shelf": shelf.root}
    split = {name: place.split(":", 1) for name, place in PAGE_TYPES.items()}
    return {name: roots[site] + path for name, (site, path) in split.items()}


Contexts = dict[str, BrowserContext]


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Contexts:
    """Browsers by their options: a warm cache saves half of the time."""
    return {}


@dataclass
class Visit:
    """Pages of one test, and what they did that a reader would not see."""

    browser: Browser
    contexts: Contexts
    pages: list[Page] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __call__(self, address: str, script: str = "", **options: Any) -> Page:
        """Open a page, in a browser with these options; `script` runs before those of the page."""
        options.setdefault("viewport", DESKTOP)
        key = repr(sorted(options.items()))
        if key not in self.contexts:
            self.contexts[key] = self.browser.new_context(**options)
        page = self.contexts[key].new_page()
        self.pages.append(page)
        page.on("request", self._request)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("dialog", self._dialog)
        page.on("console", self._console)
        if script:
            page.add_init_script(script)
        page.goto(address)
        return page

    def _request(self, request: Request) -> None:
        if not re.match(r"http://127\.0\.0\.1:\d+/|data:|blob:", request.url):
            self.faults.append(f"request to {request.url}")

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append("a dialog")
        dialog.dismiss()

    def _console(self, message: Any) -> None:
        # The browser itself reports the status of a page that is meant to be missing.
        if message.type in ("error", "warning") and "404 (Not Found)" not in message.text:
            self.faults.append(f"console: {message.text}")


@contextmanager
def visiting(browser: Browser, contexts: Contexts) -> Iterator[Visit]:
    """Opens pages; none may end with an error, a dialog or a request to another host."""
    visited = Visit(browser, contexts)
    yield visited
    for page in visited.pages:
        page.close()
    assert visited.faults == []


@pytest.fixture
def visit(browser: Browser, contexts: Contexts) -> Iterator[Visit]:
    with visiting(browser, contexts) as visited:
        yield visited
