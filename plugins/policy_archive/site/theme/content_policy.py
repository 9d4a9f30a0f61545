"""The Content-Security-Policy of a page: scripts of the site and of its theme, and no others.

A second wall behind the allow-list that makes bodies (`pages/html/`): were markup of an archived
text to reach a page, no script in it would run, no frame load and no form lead elsewhere.

Scripts that the theme prints into a page are allowed by their digest, and other hosts where they
are named *around* the body: by a `src` or an `action` of the theme's templates (`extra_javascript`
among them), or by an address in one of the theme's own scripts (analytics). A body allows nothing.
https://www.w3.org/TR/CSP3/ is the source of the directives.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from urllib.parse import urlsplit

MARK = "\ue000pa:policy\ue001"
"""Where the frame's template has the policy, beside the two directives that are always the same."""

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)
_SOURCE = re.compile(
    r"""<(?:script|iframe|form)\b[^>]*\s(?:src|action)\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE
)
_ADDRESS = re.compile(r"""https?:(?:\\?/){2}[\w.:-]+""")


def content_policy(around: str, *, wasm: bool = False) -> str:
    """The directives for a page, safe inside a quoted attribute.

    `around` is the page's HTML without what the archive has put into it; `wasm`: whether a script
    of the page compiles WebAssembly, as Pagefind's does.
    """
    own = list(scripts(around))
    hosts = sorted(_hosts(around, own))
    digests = dict.fromkeys(f"'sha256-{_digest(script)}'" for script in own if script)
    directives = {
        "script-src": ["'self'", *(["'wasm-unsafe-eval'"] if wasm else []), *digests, *hosts],
        "worker-src": ["'self'", "blob:"],
        "frame-src": ["'self'", *hosts],
        "form-action": ["'self'", *hosts],
    }
    return "; ".join(f"{name} {' '.join(allowed)}" for name, allowed in directives.items())


def without(html: str, pieces: Iterable[str]) -> str:
    """`html` without the first occurrence of each of `pieces`."""
    for piece in pieces:
        html = html.replace(piece, "", 1) if piece.strip() else html
    return html


def scripts(html: str) -> Iterator[str]:
    """Scripts that a browser would run, without those in files of their own."""
    for attributes, script in _SCRIPT.findall(html):
        kind = _TYPE.search(attributes)
        data = kind is not None and kind[1].lower().endswith("json")
        if not data and not re.search(r"\ssrc\s*=", attributes, re.IGNORECASE):
            yield script


def _digest(script: str) -> str:
    """As browsers work it out, who know no other ends of lines."""
    text = script.replace("\r\n", "\n").replace("\r", "\n")
    return b64encode(sha256(text.encode("utf-8", "xmlcharrefreplace")).digest()).decode()


def _hosts(html: str, own: Iterable[str]) -> set[str]:
    """Schemes and hosts of others: of scripts and frames that the theme has, of forms it sends."""
    named = _SOURCE.findall(_SCRIPT.sub(r"<script\1></script>", html))
    named += [found.replace("\\", "") for script in own for found in _ADDRESS.findall(script)]
    return {host for address in named if (host := _host(address))}


def _host(address: str) -> str:
    try:
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
    except ValueError:
        return ""
    web = parts.scheme in ("http", "https")
    # A host with other characters could be another directive.
    valid = web and re.fullmatch(r"[\w.-]+(:\d+)?", parts.netloc, re.ASCII)
    return f"{parts.scheme}://{parts.netloc}" if valid else ""
