"""What full-text search costs: time and memory of its index, bytes of a reader's first answer.

    python -m benchmarks.search.measure [--sizes 1000,3000] [--bare 1000] [--write]

The index is the difference between a build in which nothing has changed but the index is gone, and
one in which nothing has changed. Bytes are those that a server which does not compress sends to
Chromium with an empty cache; the page itself, with the scripts, styles and fonts that any page
brings, is told apart from what the question costs. CHROMIUM names the browser.
"""

import argparse
import functools
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Self

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.scale import sites
from benchmarks.scale.measure import Figures, edited, numbers, run

RESULT = Path(__file__).with_name("results.md")
BUILD = (sys.executable, "-m", "mkdocs", "build", "-q")
QUESTIONS = (
    "cookies",
    "how long is data retained",
    "sell personal information",
    "children under 13",
    "information",
    "Saskatchewan",
    '"binding corporate rules"',
)
"""From words that are in nearly every policy to words that are in few."""
BUILDS = """
| policies | build | wall, s | CPU, s | ÷ bare | largest process, MB |
|---|---|---|---|---|---|"""
ANSWERS = """| policies | question | answer | page, kB | first answer, kB |
|---|---|---|---|---|"""


class Answer(NamedTuple):
    """What a question cost: bytes of the page, and of everything after it."""

    page: int
    asked: int
    results: str


def indexing(folder: Path, count: int) -> Iterator[tuple[str, Figures]]:
    """Builds of the archive, with the index's own part."""
    sites.ours(folder, count, "search, policy-archive: {search: pagefind}")
    yield "cold, with the index", run(folder, *BUILD)
    yield "nothing changed", (same := run(folder, *BUILD))
    shutil.rmtree(folder / ".cache/policy-archive/search")
    anew = run(folder, *BUILD)
    step = Figures(anew.wall - same.wall, anew.cpu - same.cpu, anew.megabytes)
    yield "the index alone", step
    edited(folder)
    yield "one policy edited", run(folder, *BUILD)


class Server:
    """Serves a site and counts what it sends.

    A browser's own events do not tell of everything that Pagefind's worker loads.
    """

    def __init__(self, site: Path) -> None:
        self.sent = 0
        outer = self

        class Handler(SimpleHTTPRequestHandler):
            def copyfile(self, source: Any, outputfile: Any) -> None:
                data = source.read()
                outer.sent += len(data)
                outputfile.write(data)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        handler = functools.partial(Handler, directory=str(site))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.root = f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Self:
        """Begin."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self._server.shutdown()


def asking(browser: Browser, server: Server, question: str) -> Answer:
    """Open the search page, type a question as a reader does, and wait for the answer."""
    server.sent = 0
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{server.root}search/", wait_until="networkidle")
    opened = server.sent
    page.get_by_label("Words to look for").press_sequentially(question, delay=90)
    page.keyboard.press("Enter")
    _settled(page)
    heading = page.locator("#pa-results").inner_text()
    context.close()
    return Answer(opened, server.sent - opened, heading)


def _settled(page: Page) -> None:
    page.wait_for_selector("#pa-results [role=status]:not(:empty)", timeout=60_000)
    page.wait_for_selector(".pa-results:not([aria-busy])", timeout=60_000)
    page.wait_for_load_state("networkidle")


def of_size(count: int, bare: bool, browser: Browser) -> Iterator[str]:
    """The lines of a size."""
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        figures = []
        if bare:
            sites.bare(place / "bare", count)
            figures.append(("bare MkDocs + Material", run(place / "bare", *BUILD)))
            shutil.rmtree(place / "bare")
        figures += indexing(place / "ours", count)
        first = figures[0][1].cpu if bare else 0.0
        for name, (wall, cpu, megabytes, _) in figures:
            ratio = f"{cpu / first:.2f}" if first else ""
            yield f"| {count:,} | {name} | {wall:.1f} | {cpu:.1f} | {ratio} | {megabytes:.0f} |"
        index = place / "ours/site/search/index"
        size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
        shards = sum(path.is_dir() for path in index.iterdir()) - 1
        yield f"\n{count:,} policies: {size / 1e6:.1f} MB in {shards} shards.\n"
        yield ANSWERS
        with Server(place / "ours/site") as server:
            for question in QUESTIONS:
                page, asked, found = asking(browser, server, question)
                sizes = f"{page / 1e3:.0f} | {asked / 1e3:.0f}"
                yield f"| {count:,} | {question} | {found} | {sizes} |"
        yield ""


def main() -> None:
    """Print the tables, and write them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=numbers, default=[1000, 3000])
    parser.add_argument("--bare", type=numbers, default=[1000])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    text = "# Full-text search\n\n`python -m benchmarks.search.measure`\n"
    print(text, flush=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox", "--disable-gpu"]
        )
        for count in options.sizes:
            for line in chain([BUILDS], of_size(count, count in options.bare, browser)):
                print(line, flush=True)
                text += f"{line}\n"
                if options.write:
                    RESULT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
