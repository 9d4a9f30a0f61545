"""Web addresses from foreign texts, made safe to compare and to link to."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import idna

_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters, invisible ones that make an address look like another, and halves of
characters (surrogates), which no encoding can write. Joiners are not among them: some scripts need
them in names (`host_name`), and elsewhere in an address they are encoded, so that they show."""

_JOINERS = "\u200c\u200d"
_LONGEST_HOST = 2_000
"""Characters that can be made into a host of 253."""

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_PORTS = {"http": 80, "https": 443}
_KEPT = "%/:@!$&'()*+,;=~-._?[]"

_SHARED = frozenset(
    f"{name}.com" for name in ("blogspot", "herokuapp", "tumblr", "typepad", "weebly", "wordpress")
) | {"github.io"}
"""Domains whose sub-domains belong to different people."""

_SECOND_LEVEL = re.compile("ac|com?|edu|gob|gouv|govt?|go|ltd|mil|net?|nhs|nom|org?|plc")
"""Labels that registries put before a country's own (`.co.uk`)."""


class CleanUrl(NamedTuple):
    """An `http` or `https` address in normal form, or why there is none."""

    url: str = ""
    host: str = ""
    """Lower case, IDNA, without port; IPv6 without brackets."""
    fault: str = ""
    """What is wrong; with a `url`, what had to be left out of it."""


NO_URL = CleanUrl()
"""Where nothing is said."""


def clean(raw: str) -> CleanUrl:
    """`raw` in the normal form that this archive compares and links to.

    Scheme and host in lower case (IDNA, no trailing dot, no default port), no user name, no
    control characters; path and query as they are, with what may not stand in a URL encoded.
    """
    text = _UNSAFE.sub("", raw).strip()
    scheme, colon, rest = text.partition(":")
    scheme = scheme.lower()
    if not colon or scheme not in _PORTS:
        return CleanUrl(fault="is not an http or https address")
    before, mark, after = _split_once(rest)
    # Browsers read backslashes as slashes and any number of slashes before the host as two.
    rest = "//" + before.replace("\\", "/").lstrip("/") + mark + after
    try:
        parts = urlsplit(f"{scheme}:{rest}")
        host, port = host_name(parts.hostname or ""), parts.port
    except ValueError:
        return CleanUrl(fault="is not a valid address")
    if not host:
        return CleanUrl(fault="names no valid host")
    place = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[scheme]:
        place += f":{port}"
    tail = quote(parts.path, safe=_KEPT)
    if parts.query:
        tail += "?" + quote(parts.query, safe=_KEPT)
    if parts.fragment:
        tail += "#" + quote(parts.fragment, safe=_KEPT)
    fault = "holds a user name, which was left out" if "@" in parts.netloc else ""
    return CleanUrl(f"{scheme}://{place}{tail}", host, fault)


def _split_once(text: str) -> tuple[str, str, str]:
    match = re.search(r"[?#]", text)
    return (text[: match.start()], match[0], text[match.end() :]) if match else (text, "", "")


def host_name(raw: str) -> str:
    """A host in lower case and IDNA, without trailing dot; empty when it cannot be one.

    Names of other letters are mapped as browsers do: UTS 46, non-transitional (`faß.de` is not
    `fass.de`), with symbols and underscores, which registries do not give, but the web has.
    """
    host = _UNSAFE.sub("", raw).strip()
    if not host.isascii():
        try:
            host = idna.uts46_remap(host[:_LONGEST_HOST], std3_rules=False, transitional=False)
            host = ".".join(map(_ascii_label, host.split(".")))
        except UnicodeError:  # of which `idna` has its own kinds
            return ""
    host = host.lower().rstrip(".")
    if ":" in host:  # IPv6: urlsplit has checked it
        return host if re.fullmatch(r"[0-9a-f:.]+", host) else ""
    labels = host.split(".")
    return host if len(host) <= 253 and all(map(_LABEL.fullmatch, labels)) else ""


def _ascii_label(label: str) -> str:
    """One label in Punycode, with joiners only where the script of their neighbours has them.

    Raises:
        UnicodeError: no name can have it.
    """
    kept = [
        it for at, it in enumerate(label) if it not in _JOINERS or idna.valid_contextj(label, at)
    ]
    label = "".join(kept)
    if label.isascii():
        return label
    idna.check_nfc(label)
    idna.check_initial_combiner(label)
    idna.check_bidi(label)
    return f"xn--{label.encode('punycode').decode('ascii')}"


def without_www(host: str) -> str:
    """The host that people name: `softorino.com` for `www.softorino.com`."""
    rest = host.removeprefix("www.")
    return rest if "." in rest else host


def same_site(one: str, other: str) -> bool:
    """Whether two hosts belong together: equal, or sub-domains of one registered domain."""
    return _registered(without_www(one)) == _registered(without_www(other))


def _registered(host: str) -> str:
    labels = host.split(".")
    if labels[-1].isdecimal() or ":" in host:
        return host
    size = 2
    if len(labels[-1]) == 2 and len(labels) > 2 and _SECOND_LEVEL.fullmatch(labels[-2]):
        size = 3
    if ".".join(labels[-size:]) in _SHARED:
        size += 1
    return ".".join(labels[-size:])


def same_page(one: str, other: str) -> bool:
    """Whether two clean URLs name one page, blind to scheme, `www.`, final slash and fragment."""
    return list(_page(one)) == list(_page(other))


def _page(url: str) -> Iterator[str]:
    parts = urlsplit(url)
    yield without_www(parts.netloc)
    yield parts.path.rstrip("/")
    yield parts.query
