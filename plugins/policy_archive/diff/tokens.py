"""Units as words to compare: what looks different but reads the same has one key.

A token is a word or a mark of punctuation together with everything after it that carries no
meaning: spaces, quotation marks, bullets, invisible characters. Joined, tokens give the text back.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policy_archive.diff.change import Unit

_MARKS = "\"“”„‟«»‹›'‘’‚‛`´*•·▪◦●■□\u00ad\u2060\ufeff"
_NOISE = rf"[\s{_MARKS}\u200b-\u200f\u2028\u2029\ue000-\uf8ff]"
"""Spaces, quotation marks, bullets, what cannot be seen, and the glyphs of icon fonts."""
_HIDDEN = "[email protected]"
"""What services that hide e-mail addresses from robots put in their place."""
_TAG = r"</?[a-z][a-z0-9]{0,9}(?:\s[^<>]{0,200})?>"
"""A mark of HTML that an extraction left in the text."""
_SESSION = (
    r"[?&;](?:utm_\w{1,20}|j?sessionid|phpsessid|aspsessionid\w*|session(?:_id)?|sid|gclid|fbclid"
    r"|msclkid|mc_eid|_ga)=[\w%~+.-]*[\w%~+-]"
)
"""What an address says of a visit, and not of what it leads to."""
_AT, _DOT = r"\s?[\[(]at[\])]\s?", r"(?:\s?[\[(]dot[\])]\s?|\.)"
_NOTE = r"\\?\(email protected(?:, possibly [^\s()]{1,130})?\)"
_ADDRESS = (
    # Also as a link whose address is no address, so that it is left in the text as it was written.
    rf"\[{_NOTE}\]\(mailto:{_NOTE}\)|{_NOTE}|\[email(?:\s|&#160;)protected\]"
    rf"|[\w.+-]{{1,64}}(?:@|{_AT})[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,4}}"
)
"""An e-mail address, also as "name [at] example [dot] org", or what stands for a hidden one."""
OF_ADDRESSES = ("@", "[email", "(email", "[at]", "(at)")
"""One of these is in each."""
_OF_HIDDEN = re.compile(r"\[?\\?\(email protected|\[email")
_SPELT = re.compile(rf"{_AT}|{_DOT}")
_TOKEN = re.compile(
    rf"({_ADDRESS}|{_TAG}|(?i:{_SESSION})|\w+(?:['’ʼ‘\u00ad\u200b]\w+)*|\.{{2,}}|(?!{_NOISE}).)({_NOISE}*)",
    re.DOTALL,
)
_LEADING = re.compile(
    # A printed number or letter before the text: "1.", "2.3", "(a)", "iv)", "§ 5."
    rf"{_NOISE}*(?:(?:§\s*|section\s+|article\s+)?(?:\(?\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}[.)]|\d{{1,3}}(?:\.\d{{1,3}}){{1,4}}"
    rf"|\(?[a-z]\)|[A-Za-z]\.|\(?[ivx]{{1,5}}\)|[IVX]{{1,5}}\.)(?=\s))?{_NOISE}*",
    re.IGNORECASE,
)
_FOLDED = str.maketrans(
    {**dict.fromkeys("‘’ʼ`´", "'"), **dict.fromkeys("‐‑‒–—―−", "-"), "…": "...", "\u00ad": ""}
    | {"\u200b": ""}
)
_ENDS = frozenset({".", ",", ";", ":"})
_SOUND = re.compile(rf"[^\s{_MARKS}\u200b-\u200f\u2028\u2029\ue000-\uf8ff.;:…>|+#‐‑‒–—―−-]+")
"""What a unit's words depend on: no noise, and no marks that change no sentence."""
_OF_HTML = re.compile(rf"{_TAG}|{_SESSION}", re.IGNORECASE)


class Token(NamedTuple):
    """`text` as it stands, `key` as it is compared; an empty key compares with nothing."""

    key: str
    text: str
    heading: bool = False
    """Whether it stands in a heading, whose capitals say nothing."""

    @property
    def folded(self) -> str:
        """The key without regard to case, by which words find each other; addresses find any."""
        return "@" if "@" in self.key or self.key == _HIDDEN else self.key.casefold()

    @property
    def hidden(self) -> bool:
        """Whether it stands for an e-mail address that is not told."""
        return self.key == _HIDDEN


def tokens(unit: Unit, *, ends: bool = True) -> list[Token]:
    """The tokens of a unit; its number, and a mark that `ends` it, are not compared."""
    text = unit.printed
    number = len(unit.number) + 1 if unit.number and unit.text else 0
    lead = _LEADING.match(text, number)
    start = lead.end() if lead else number
    if start >= len(text):  # nothing but a number
        start = 0
    heading = unit.kind == "heading"
    found = [Token(_key(it[1]), it[0], heading) for it in _TOKEN.finditer(text, start)]
    if not found:
        return [Token("", text)] if text else []
    if start:
        found[0] = found[0]._replace(text=text[:start] + found[0].text)
    if ends:
        last = len(found) - 1
        while last and found[last].key in _ENDS:
            last -= 1
        text = "".join(token.text for token in found[last:])
        found[last:] = [found[last]._replace(text=text)]
    return found


def _key(core: str) -> str:
    if _OF_HIDDEN.match(core):
        return _HIDDEN
    if "at]" in core or "at)" in core:  # an address with its marks in words
        return _SPELT.sub(lambda mark: "@" if "at" in mark[0] else ".", core)
    if len(core) > 1 and core[0] in "<?&;":  # a mark of HTML, or what is said of a visit
        return ""
    return core if core.isascii() else unicodedata.normalize("NFKC", core.translate(_FOLDED))


def joined(units: Sequence[Unit], *, ends: bool = True) -> list[Token]:
    """The tokens of several units, parted by a line break that is not compared."""
    stream: list[Token] = []
    breaks = ""  # that stand in no token yet
    for index, unit in enumerate(units):
        breaks += "\n" if index else ""
        # Where a paragraph was divided, what ended a sentence ends a paragraph now.
        found = tokens(unit, ends=ends and index == len(units) - 1)
        if not found:
            continue
        if stream:
            stream[-1] = stream[-1]._replace(text=stream[-1].text + breaks)
        else:
            found[0] = found[0]._replace(text=breaks + found[0].text)
        stream += found
        breaks = ""
    if breaks:
        last = stream.pop() if stream else Token("", "")
        stream.append(last._replace(text=last.text + breaks))
    return stream


def without_marks(text: str) -> str:
    """The words of a text run together, as far as they count: equal where only looks differ.

    Number, spaces, quotation marks, stops and what ends it are left out; capitals stay. E-mail
    addresses, which some captures hide, are all alike.
    """
    text = unicodedata.normalize("NFKC", text)
    lead = _LEADING.match(text)
    text = text[lead.end() :] if lead and lead.end() < len(text) else text
    if any(map(text.__contains__, OF_ADDRESSES)):
        text = re.sub(_ADDRESS, "@", text)
    if "<" in text or "?" in text or "&" in text:
        text = _OF_HTML.sub("", text)
    return "".join(_SOUND.findall(text)).rstrip(",")


class Side:
    """One of two texts; its units are divided into words only when these are asked for."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self._tokens: dict[int, list[Token]] = {}

    def tokens(self, at: int) -> list[Token]:
        """The tokens of the unit at index `at`."""
        if at not in self._tokens:
            self._tokens[at] = tokens(self.units[at])
        return self._tokens[at]

    def key(self, at: int) -> str:
        """What the unit at index `at` reads like, whatever it looks like."""
        return "\x1f".join([token.folded for token in self.tokens(at)])


def size(found: Iterable[Token]) -> int:
    """How many words there are."""
    return sum(is_word(token.key) for token in found)


def is_word(key: str) -> bool:
    """Whether a token counts as a word, and not as punctuation."""
    return bool(key) and (key[0].isalnum() or key[0] == "_")
