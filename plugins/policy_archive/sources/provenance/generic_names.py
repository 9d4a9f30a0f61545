"""Names of files and folders that are no site's: what documents are called, and what holds them."""

import re

from policy_archive.model import PRIVACY_POLICY
from policy_archive.text.words import slug


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HEADS = _set("""
    agb agreement agreements charter conditions cookie cookies copyright datenschutz
    datenschutzerklärung disclaimer dmca dpa eula guidelines impressum imprint legal licence license
    notice notices policies policy privacy privacypolicy principles refund refunds returns rules
    shipping standards statement statements subprocessors terms termsofservice termsofuse tos tou
    trackers warranty
""")
"""One of these is in the name of every kind of terms."""

_DETAILS = _set("""
    acceptable accessibility account advertising api app arbitration brand business buyer buyers
    california captioning carriage ccpa children claims closed code commercial community complaints
    conduct consent consumer content contract controller corporate customer data deceptive delivery
    description developer developers disclosure enforcement fair full gdpr general human information
    intellectual kids law live marketplace mediation online organization parameters parent partner
    payment platform practices premium processing processor processors property protection publisher
    purchases quality ranking responsibility review rights safety sale sales security seller sellers
    service services short sign single site social sub subscription tracking transparency usage use
    user users vulnerability website
""")
"""What stands beside them, as in Open Terms Archive's list of terms types."""

_LINKS = _set("a and for in of on or our s the to us your")

_HOLDERS = _set("""
    archive archived archives capture captures content contents crawl current data default doc docs
    document documents download downloads export file files final folder home htm html http https
    index json latest main markdown md original originals output page pages pdf policies policy
    public raw readme saved services site sites snapshot snapshots source sources src static text
    texts txt unknown unnamed untitled version versions web website websites www
""")
"""What files and folders are called that hold texts of anybody."""

_GENERIC = _HEADS | _DETAILS | _LINKS | _HOLDERS

_LANGUAGES = _set("""
    ar bg ca cs da de el en es et fi fr he hi hr hu id it ja ko lt lv nb nl no pl pt ro ru sk sl sr
    sv th tr uk vi zh
""")
_COLLECTIONS = _set("""
    agreement agreements legal notice notices policies policy principles rules standards statement
    statements
""")
"""Folders of these hold texts of several kinds."""

_WORD = re.compile(r"[^\W\d_]+")
_WITHIN_CAMELS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_](?:[A-Z]{2}|[a-z]{2}|Han[st]))?")

_ONE_OF = {
    "policies": "policy",
    "notices": "notice",
    "statements": "statement",
    "agreements": "agreement",
}

_SAME_KIND = {
    **dict.fromkeys(
        _set("""
            policy policies privacy privacypolicy privacy-notice privacy-statement data-policy
            data-protection-policy datenschutz datenschutzerklärung online-privacy-policy
        """),
        PRIVACY_POLICY,
    ),
    **dict.fromkeys(("terms", "tos", "termsofservice"), "terms-of-service"),
    **dict.fromkeys(("tou", "termsofuse"), "terms-of-use"),
    **dict.fromkeys(("cookie", "cookies", "cookies-policy"), "cookie-policy"),
}
"""Slugs of names for kinds of terms that have another here."""


def is_generic(name: str) -> bool:
    """Whether `name`, without date and ending, is of a document or of what holds any; so is `""`.

    So is a number; but a file's number tells it from others (`is_number`).
    """
    language = _LANGUAGE.fullmatch(name)
    if is_number(name) or (language and language[1] in _LANGUAGES):
        return True
    return _GENERIC.issuperset(_words(name))


def is_number(name: str) -> bool:
    """Whether `name` is a number, or that of a version, and nothing else."""
    return any(map(str.isdecimal, name)) and set(_words(name)) <= {"v"}


def is_collection(name: str) -> bool:
    """Whether a folder of this name may hold texts of every kind."""
    return (_COLLECTIONS | _HOLDERS | _LINKS).issuperset(_words(name))


def kind_named(name: str) -> str:
    """The kind of terms that a name stands for, and nothing else; empty where it says none."""
    found = _words(name)
    if _HEADS.isdisjoint(found) or not (_HEADS | _DETAILS | _LINKS).issuperset(found):
        return ""
    if len(found) > 1:  # a folder of them
        found[-1] = _ONE_OF.get(found[-1], found[-1])
    kind = slug(" ".join(found))
    return _SAME_KIND.get(kind, kind)


def _words(name: str) -> list[str]:
    return _WORD.findall(_WITHIN_CAMELS.sub(" ", name).lower())
