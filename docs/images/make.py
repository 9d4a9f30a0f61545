#!/usr/bin/env python3
"""Take the pictures of the gallery and the README anew: `.venv/bin/python docs/images/make.py`.

They show this repository's own archive of five policies, as `make site` builds it. The browser is
the one that `tests/chromium` names, or CHROMIUM.
"""

import base64
import http.server
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SNAPSHOT = "policies/istonsoft.com/20190423004435/"


class Picture(NamedTuple):
    """A page as a reader sees it."""

    file: str
    place: str
    """Below the site's root, with a question or an anchor."""
    phone: bool = False
    scheme: Literal["light", "dark"] = "light"


PICTURES = (
    Picture("snapshot.png", SNAPSHOT),
    Picture("home.webp", ""),
    Picture("policy.webp", "policies/softorino.com/"),
    Picture("snapshot-phone.webp", SNAPSHOT, phone=True),
    Picture("snapshot-dark.webp", "policies/softorino.com/20140521173313/", scheme="dark"),
    Picture("ledger.webp", f"{SNAPSHOT}#pa-ledger"),
    Picture("topic.webp", "topics/cookies/"),
    Picture("topics-phone-dark.webp", "topics/", phone=True, scheme="dark"),
    Picture("matrix.webp", "compare/"),
    Picture("side-by-side.webp", "compare/?sites=istonsoft.com,softorino.com#pa-side"),
    Picture("search.webp", "search/?words=sell+information"),
    Picture("method-dark.webp", "about/method/#pa-accuracy", scheme="dark"),
)

AS_WEBP = """async png => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.8 });
  return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """The address of the archive, built anew."""
    with tempfile.TemporaryDirectory() as site:
        build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-d", site]
        subprocess.run(build, cwd=ROOT, check=True)
        handler = partial(Quiet, directory=site)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def chromium() -> str:
    """Where the browser is."""
    if named := os.environ.get("CHROMIUM"):
        return named
    find = [ROOT / "tests/chromium", Path(sys.executable).parent]
    return subprocess.run(find, check=True, capture_output=True, text=True).stdout.strip()


def take(root: str, folder: Path) -> None:
    """Take every picture of the site at `root`."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (who lists them needs none)

    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=options)
        converter = browser.new_page()
        for picture in PICTURES:
            width, height = (390, 780) if picture.phone else (1280, 800)
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme=picture.scheme,
                reduced_motion="reduce",
            )
            page.goto(root + picture.place, wait_until="networkidle")
            page.evaluate("document.fonts.ready")
            data = page.screenshot()
            if picture.file.endswith(".webp"):
                data = base64.b64decode(
                    converter.evaluate(AS_WEBP, base64.b64encode(data).decode())
                )
            (folder / picture.file).write_bytes(data)
            page.close()
        browser.close()


if __name__ == "__main__":
    with served() as address:
        take(address, HERE)
