"""Of which site a policy is, what kind, and from when, as its path tells it.

Known layouts, below any folder: a domain in the file's name (`s/so/sof/softorino.com.md`) or above
it (`example.com/2019-05-01.md`, `example.com/terms.txt`); Open Terms Archive's repositories and
published datasets (`Acme Cloud/Terms of Service.md`, `Acme Cloud/Terms of Service/<moment>.md`);
one folder a document (`acme/terms/index.md`). A name that any document may have is never a site.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote

from policy_archive.sources import capture_urls
from policy_archive.sources.forms import form
from policy_archive.sources.provenance.claims import Claims
from policy_archive.sources.provenance.dated_name import DatedName, dated
from policy_archive.sources.provenance.generic_names import (
    is_collection,
    is_generic,
    is_number,
    kind_named,
)
from policy_archive.sources.site_names import domain, site_name

UNNAMED = "unnamed"
"""The site where nothing tells whose a text is."""

_PARTS = re.compile(r"[\s_@,+]+|-{2,}")
_SEPARATORS = re.compile(r"([\s_@,+-]+)")
_DATE_IN_FOLDERS = re.compile(
    r"(?<![^/])((?:19|20)[0-9]{2})/(0[1-9]|1[0-2])/(0[1-9]|[12][0-9]|3[01])(?![^/.])"
)
"""`2014/05/21`, which is one date."""
_ADDRESS = re.compile(r"https?(?:(?::|%3A)?(?:%2F|[/_]){2}|[-_]{3})", re.IGNORECASE)
"""How the name of a file begins that is a page's address: `https___example.com_privacy`."""
_BETWEEN_PARTS = re.compile(r"(?<!\s)\s+[-–—|·]\s+")
_TERMS_TYPE = re.compile(r"[A-Z]")
"""What Open Terms Archive's types of terms begin with."""


def read(path: str) -> Claims:
    """What the path of a file says; it always says some site.

    It is `firm` where a layout names the site, and not merely a file that might be called anything.
    """
    path = _DATE_IN_FOLDERS.sub(r"\1-\2-\3", path)
    names = list(_names(path))
    captured = captured_in_path(path)
    # A numbered file may be of anybody, like all others in its folder.
    generic = 0
    while not is_number(names[0]) and generic < len(names) and is_generic(names[generic]):
        generic += 1
    kinds = [(kind_named(it), it) for it in names[:generic]]
    kind, type_ = next((it for it in kinds if it[0]), ("", ""))
    if found := _domain(path):
        site, parted, at = found
        own = [kind for kind in (*map(kind_named, parted), *(it for it, _ in kinds)) if kind]
        kind = own[0] if own and at <= generic else _kind_above(names[at + 1 :])
        return Claims(_PLACE, site=site, captured=captured, kind=kind, firm=at <= max(generic, 1))
    # The file's own name may be anything; a folder's above a document's is the archive's choice.
    firm = bool(0 < generic < len(names) and _TERMS_TYPE.match(type_))
    service, named = _titled(names[generic]) if generic < len(names) else ("", "")
    site = site_name(service) or UNNAMED
    kind = kind or named or _kind_above(names[generic + 1 :])
    return Claims(_PLACE, site=site, captured=captured, kind=kind, firm=firm)


def _titled(name: str) -> tuple[str, str]:
    """`Privacy Policy - Acme Corp`, as browsers save a page by its title, in site and kind."""
    parts = _BETWEEN_PARTS.split(name)
    others = [part for part in parts if not kind_named(part)]
    if len(parts) != 2 or len(others) != 1:
        return name, ""
    return others[0], next(kind for part in parts if (kind := kind_named(part)))


def _kind_above(folders: Sequence[str]) -> str:
    """The kind of terms that a folder above the site holds, from the nearest up: `terms/acme/…`."""
    kinds = (kind_named(it) for it in folders if not is_collection(it))
    return next((kind for kind in kinds if kind), "")


_PLACE = "the file’s name"


def _names(path: str) -> Iterator[str]:
    """The path's components without dates, from the file's stem up."""
    yield _dated(stem(path)).rest
    for folder in PurePosixPath(path).parts[-2::-1]:
        yield "" if folder == "/" or capture_urls.is_replay(domain(folder)) else _dated(folder).rest


def _domain(path: str) -> tuple[str, Sequence[str], int] | None:
    """The nearest component that is a domain, what else stands beside it, and how far up it is."""
    name, captured = _dated(stem(path))
    if found := domain(name):
        return found, (), 0
    folders = PurePosixPath(path).parts[-2::-1]
    for at, folder in enumerate(folders, 1):
        if (found := domain(folder)) and not capture_urls.is_replay(found):
            return found, (), at
    before, kind = _without_kind(name)
    if found := domain(before):
        return found, (kind,), 0
    parts = _PARTS.split(name)
    domains = [found for it in parts if (found := domain(it))]
    others = [it for it in parts if not domain(it)]
    if domains and (captured or (others and all(map(_is_word, others)))):
        return domains[0], (" ".join(others),), 0
    return None


def _without_kind(name: str) -> tuple[str, str]:
    """`example.com-cookie-policy` in two."""
    words = _SEPARATORS.split(name)  # every other one is what stands between
    end = len(words)
    while end > 1 and _is_word(words[end - 1]):
        end -= 2
    return "".join(words[:end]), "".join(words[end:])


def _is_word(name: str) -> bool:
    """Whether a part of a name is a word that any document may have in its name."""
    return is_generic(name) and not is_number(name)


def stem(path: str) -> str:
    """The last component of `path` without the ending that says what kind of file it is.

    Of a whole address, as tools make a name of it, the scheme is no part of the name.
    """
    place = PurePosixPath(path)
    name = place.stem if form(path) else place.name
    if address := _ADDRESS.match(name):
        return unquote(name[address.end() :]).replace("/", "_").strip("_")
    return name


def site_from_path(path: str) -> str:
    """The nearest path component that is a domain, the file's stem first; else a name.

    A date in the stem is no part of it: `example.com-20190501` is of the site `example.com`, and
    so is `example.com/2019-05-01`.
    """
    return read(path).site


def site_in_name(path: str) -> str:
    """The domain that the file is named after; empty without one."""
    return domain(_dated(stem(path)).rest)


def captured_in_path(path: str) -> str:
    """The date in the file's name, or that which a folder above it is named: 14 or 8 digits."""
    if captured := _dated(stem(path)).captured:
        return captured
    folders = map(dated, PurePosixPath(path).parts[-2::-1])
    return next((it.captured for it in folders if it.captured and not it.rest), "")


def _dated(name: str) -> DatedName:
    """`name` and its date, unless the date is a part of a domain: `20190501.com`."""
    found = dated(name)
    return DatedName(name) if domain(name) and not domain(found.rest) else found
