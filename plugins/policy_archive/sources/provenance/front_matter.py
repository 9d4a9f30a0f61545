"""Provenance from front matter: values are data, never code, markup or page settings."""

import re

from policy_archive.model import Notice
from policy_archive.sources import capture_urls
from policy_archive.sources.provenance import front_block
from policy_archive.sources.provenance.claims import Claims
from policy_archive.sources.provenance.front_block import KEYS, Field
from policy_archive.sources.site_names import printed
from policy_archive.sources.urls import clean
from policy_archive.text.dates import moment
from policy_archive.text.encodings import codec
from policy_archive.text.words import slug, words

PLACE = "the front matter"

_RESERVED_KIND = re.compile(r"[0-9-]+|latest|source|timemap")
_LONGEST_VALUE = 4_000

_REMEDIES = {
    "site": "write the domain, such as `site: example.com`",
    "captured": "write `captured: 2014-05-21` or `captured: 2014-05-21T17:33:13Z`",
    "original_url": "give the page's full http or https address",
    "memento_url": "give the full http or https address of the capture",
    "kind": "write words such as `kind: terms-of-service`",
    "collection": "write the collection's name on one line",
    "encoding": "write a name that browsers know, such as `encoding: windows-1250`",
}


def read(text: str) -> Claims | None:
    """What the front matter of `text` says; None where it has none."""
    block = front_block.find(text)
    if block is None:
        return None
    claims = Claims(PLACE, 1 if block.fault else block.line, (0, block.end), own=True)
    if block.fault:
        claims.notices.append(_problem(block.fault, block.fault_line))
    say(claims, block.fields)
    return claims


def _problem(message: str, line: int) -> Notice:
    return Notice("invalid-front-matter", message, "problem", line)


def say(claims: Claims, fields: tuple[Field, ...]) -> None:
    """Add what the keys of front matter say, wherever they are written."""
    seen: set[str] = set()
    for key, value, line in sorted(fields, key=_order):
        fault = ""
        if key not in KEYS:
            known = ", ".join(KEYS)
            message = (
                f"The key “{key[:60]}” in {claims.place} means nothing here; known are {known}."
            )
            claims.doubt("unknown-key", message, line)
        elif key in seen:
            fault = "stands twice"
        elif value is None or len(value) > _LONGEST_VALUE:
            fault = "is not a single value"
        elif (
            value.strip() and value not in ("~", "null") and not _say_one(claims, key, value, line)
        ):
            fault = f"is “{printed(value)[:80]}”, which says nothing usable"
        if fault:
            message = f"`{key}` in {claims.place} {fault}; {_REMEDIES[key]}."
            claims.notices.append(_problem(message, line))
        seen.add(key)


def _order(field: Field) -> int:
    # original_url before memento_url, since what is said outright goes before what follows.
    return KEYS.index(field.key) if field.key in KEYS else len(KEYS)


def _say_one(claims: Claims, key: str, value: str, line: int) -> bool:
    """Add the value of one key; False when it cannot be used."""
    text = printed(value)
    match key:
        case "site" if text and len(text) <= 253:
            claims.say_site(value)
        case "captured" if found := moment(value):
            claims.captured = found
        case "original_url" if clean(value).url:
            claims.say_original(value, line)
        case "memento_url" if clean(value).url or capture_urls.parse(value):
            claims.say_memento(value, line)
        case "kind" if words(text) and not _RESERVED_KIND.fullmatch(slug(text)):
            claims.kind = slug(text)
        case "collection":
            claims.collection = text
        case "encoding" if codec(text):
            claims.encoding = text  # front matter's was heeded when the bytes were read
        case _:
            return False
    return True
