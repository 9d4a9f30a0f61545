"""Every page of an archive of attacks, in Chromium, with the pages' policy and without it.

What counts: a script of a text that ran, a dialog, a request to another host, an error of a page.
"""

import functools
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Dialog, Error, Page, Request, sync_playwright

from benchmarks.faults.project import Outcome, Project, Try, text

_CODE = ("<script>fire()</script>", "<img src=x onerror=fire()>", "<svg/onload=fire()>")
_WAYS_OUT = (
    "{}", '">{}', "'>{}", "</title>{}", "</textarea>{}", "</script>{}", "-->{}", "]]>{}", "\\{}",
    "</p></div></article>{}", "<b {}>", "`{}`", "{{{{ {} }}}}", "<![CDATA[{}]]>", "<!--{}-->",
    "</style>{}", "<noscript><p title='</noscript>{}'>", "<math><mtext></mtext>{}", "&lt;{}&gt;",
)  # fmt: skip
_WHOLE = (
    "[x](javascript:fire())", "[x](&#106;avascript:fire())",
    "[x](data:text/html,<script>fire()</script>)",
    "![x](//evil.example/x.png)", '<iframe srcdoc="<script>parent.fire()</script>"></iframe>',
    '<base href="//evil.example/">', '<meta http-equiv=refresh content="0;url=//evil.example">',
    '<link rel=stylesheet href="//evil.example/x.css">',
    '<object data="//evil.example/x"></object>',
    '<form action="//evil.example"><button autofocus onfocus=fire()>x</button></form>',
    '<a href="java\tscript:fire()">x</a>', '<details open ontoggle=fire()>', "<body onload=fire()>",
    '<style>@import "//evil.example/x.css"</style>', "<video><source onerror=fire()></video>",
    '<p id="__config">{"base": "//evil.example"}</p>', '--8<-- "mkdocs.yml"', "{{ config }}",
)  # fmt: skip
PAYLOADS = (*_WHOLE, *(way.format(code) for way in _WAYS_OUT for code in _CODE))

_LISTENING = """window.fired = 0; window.fire = () => { window.fired += 1; };
for (const name of ['alert', 'confirm', 'prompt']) window[name] = window.fire;"""
_ADDRESSES = (
    "search/?words=",
    "search/#",
    "compare/?sites=",
    "policies/?q=",
    "topics/cookies/#",
    "#",
)


def tries(times: int) -> Iterator[Try]:
    """Visit every page, and pages under hostile addresses; `times` 0 visits one in ten."""
    program = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        project = Project(Path(temporary, "attacked"), search="pagefind")
        _attack(project)
        outcome = project.build()
        yield "the build", outcome, [outcome.output[-300:]] if outcome.status else [], 0
        handler = functools.partial(_Quiet, directory=str(project.site))
        server = _Server(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        root = f"http://127.0.0.1:{server.server_port}/"
        pages = sorted(path.relative_to(project.site) for path in project.site.rglob("*.html"))
        places = [quote(path.as_posix().removesuffix("index.html")) for path in pages]
        places += [f"{place}{quote(it)}" for place in _ADDRESSES for it in PAYLOADS]
        for bypass in (True, False):
            yield from _visited(browser, root, places[:: 1 if times else 10], bypass=bypass)
        browser.close()
        server.shutdown()


_PAGES_IN_A_ROW = 5


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A browser that leaves a page has no more use for it."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _attack(project: Project) -> None:
    """Each payload in a text of each form, in front matter, and all of them in two versions."""
    for number, payload in enumerate(PAYLOADS):
        said = json.dumps(payload)
        head = f"---\nsite: {said}\nkind: {said}\ncollection: {said}\ncaptured: 2016-07-08\n---\n"
        project.write(f"front-{number}.md", head + text(payload))
    every = "\n\n".join(PAYLOADS)
    headings = "\n\n".join(f"## {payload}\n\nWords." for payload in PAYLOADS)
    for year in (2014, 2018):
        date = f"---\nsite: every.example\ncaptured: {year}-07-08\n---\n"
        more = f"## More\n\nIn {year} we {every}"
        project.write(f"every-{year}.md", date + text(f"in {year}", every, headings, more))
    for ending in ("html", "txt"):
        project.write(f"{ending}.example.{ending}", text(ending, every, headings))


def _visited(browser: Browser, root: str, places: list[str], *, bypass: bool) -> Iterator[Try]:
    context = browser.new_context(bypass_csp=bypass)
    page = context.new_page()
    page.add_init_script(_LISTENING)
    seen: list[str] = []
    page.on("request", lambda it: seen.append(it.url) if _foreign(it, root) else None)

    def dismissed(dialog: Dialog) -> None:
        seen.append("a dialog")
        dialog.dismiss()

    page.on("dialog", dismissed)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for place in places:
        seen.clear()
        errors.clear()
        _go(page, "about:blank")  # so that another fragment is another page
        fired = _visit(page, root + place)
        wall = "without the policy" if bypass else "with the policy"
        yield f"{place[:80]} {wall}", Outcome(0, "", 0), [*errors], fired + len(seen)
    context.close()


def _visit(page: Page, address: str) -> int:
    """How often a payload ran."""
    _go(page, address)
    for _ in range(_PAGES_IN_A_ROW):
        try:
            page.mouse.move(300, 300)
            page.keyboard.press("Tab")
            return int(page.evaluate("() => window.fired"))
        except Error:  # `latest/` leads on, within the site, while we ask
            page.wait_for_load_state("load")
    return int(page.evaluate("() => window.fired"))


def _go(page: Page, address: str) -> None:
    """Open `address`, also from a page that is about to lead on by itself."""
    for _ in range(_PAGES_IN_A_ROW):
        try:
            page.goto(address, wait_until="load")
            return
        except Error as error:
            if "interrupted by another navigation" not in str(error):
                raise
            page.wait_for_load_state("load")
    page.goto(address, wait_until="load")


def _foreign(request: Request, root: str) -> bool:
    return not request.url.startswith((root, "data:", "blob:", "about:"))
