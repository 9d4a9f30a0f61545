"""What stands around a policy's words on a page: buttons, counters, menus, banners.

An extraction may take them in or leave them out; then they came or went, and the policy did not
change.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from policy_archive.diff.change import Edit, Unit

_BUTTON = re.compile(
    r"(?:close|open|menu|print|share|copy|back|next|previous|skip|search|download|expand|collapse"
    r"|show|hide|more|less|summary|read (?:more|less)|show (?:more|less)|learn more|see more"
    r"|(?:expand|collapse|show|hide) all|back to top|(?:go )?to top|top|return to top"
    r"|print(?: this)?(?: page)?|(?:get|save|view|download)\b.{0,30}\bpdf"
    r"|skip to (?:main )?content|log ?in|sign ?in"
    r"|sign ?up|log ?out|accept(?: all)?|dismiss|got it|ok|edit|was this (?:page |article )?helpful"
    r"|in this article|on this page|(?:table of )?contents|jump to|prefer \w[\w ]{0,40} on google"
    r"|(?:add|set) \w[\w ]{0,40} as (?:a |your )?preferred source(?: on google)?"
    r"|yes|no|thumbs (?:up|down)|open drawer menu|(?:remove|hide|skip) ads?|advertisement)",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"(?:\d[\d.,]*\s?[km]?\+? (?:views?|likes?|comments?|shares?|votes?|replies|reply|followers?"
    r"|reads?|min(?:ute)?s? read|people found this (?:helpful|useful))\b[\s·|,•-]*)+",
    re.IGNORECASE,
)
_ICON = re.compile(r"[a-z]+(?:[-_][a-z]+)+|[A-Za-z]*[a-z][A-Z]+[a-z]*|[A-Z]{2,}[a-z]+")
"""What an image or a class is called that an extraction took for text: `slipper-icon`, `TRUSTe`."""
_LINKS = (
    *(f"{verb} {much}" for verb in ("learn", "read", "see", "show") for much in ("more", "less")),
    *(f"{verb} all" for verb in ("expand", "collapse", "show", "hide")),
    *("close", "back to top"),
)
_LINK_WORDS = f"(?:{'|'.join(_LINKS)})"
_LINK = re.compile(rf"\W*{_LINK_WORDS}\W*", re.IGNORECASE)
"""A button's words amid others."""
_LINK_AMID = re.compile(rf"\b{_LINK_WORDS}\b", re.IGNORECASE)
_STOPS = re.compile(r"[\s.;:…>|*+#-]*")
"""Marks that change no sentence; a comma may."""
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))[^.]{0,60}\b(?:19|20)\d\d\b", re.IGNORECASE)
_STAMP = re.compile(
    r"(?P<day>\w{3,9},? \d{1,2} \w{3,9} \d{4}),? \d{1,2}[.:]\d\d(?:[.:]\d\d)?\s?[A-Za-z.]{0,5}"
)
"""When a page says that it was published: a day and a time of it, in the reader's zone."""
_PAGE_TITLE = re.compile(r"\s*[|·–—]\s*[\w .&'’]{1,40}\s*")
"""What stands behind a title in a browser's tab: "| Acme"."""
_YEARS = re.compile(r"[\s\d–—-]*")
_OF_POLICY = re.compile(
    r"\b(?:personal|your) (?:information|data|details)|\b(?:collect|disclos|retain|consent|process)"
    r"|third[ -]part|\brights? to\b|@",
    re.IGNORECASE,
)
"""What no menu, banner or form speaks of, but a passage that was added at the end may."""
_RUN = 6
"""Units in a row, at the beginning or end of a text, that make a menu."""
_BRIEF = 12
"""Words that they have on average, at most."""
_LABEL = 4
"""Words of a label, at most, that a page sets beside each of its parts ("Key terms")."""
_LABELS = 3
"""Times that it comes or goes with one change, at least."""


def is_furniture(unit: Unit) -> bool:
    """Whether a unit is of a page's menus, a button, or a counter ("3", "12 views")."""
    text = unit.printed.strip(" \t[]()×✕•·:>»→↓↑.…")
    icon = unit.kind == "paragraph" and _ICON.fullmatch(text) and not text.istitle()
    silent = not any(map(str.isalpha, text))
    told = icon or _BUTTON.fullmatch(text) or _COUNTER.fullmatch(text)
    return unit.folded or silent or bool(told)


def without_buttons(text: str) -> str:
    """A text without the words of buttons amid it, and a copyright line without its years."""
    if _COPYRIGHT.match(text):
        text = re.sub(r"\d", "", text)
    folded = text.casefold()
    # The search for each is sooner done than that for any of them.
    found = any(link in folded for link in _LINKS)
    return _LINK_AMID.sub("", text) if found else text


def without_furniture(edits: Sequence[Edit]) -> list[Edit]:
    """`edits` with those cosmetic that only concern what stands around the policy's words."""
    labels = _labels(edits)
    told = [_told(edit, labels) for edit in _without_contents(edits, _titles(edits))]
    first = next((n for n, edit in enumerate(told) if _is_policy(edit)), len(told))
    last = next((n for n in range(len(told), first, -1) if _is_policy(told[n - 1])), first)
    return [*_without_menus(told[:first]), *told[first:last], *_without_menus(told[last:])]


def _labels(edits: Iterable[Edit]) -> set[str]:
    """Brief texts that come or go several times: a page's labels of its parts."""
    found = Counter(
        unit.text
        for edit in edits
        if edit.kind in ("added", "removed")
        for unit in (*edit.old, *edit.new)
        if unit.kind in ("heading", "paragraph")
    )
    return {
        text
        for text, times in found.items()
        if times >= _LABELS and len(text.split()) <= _LABEL and not _OF_POLICY.search(text)
    }


def _titles(edits: Iterable[Edit]) -> set[str]:
    """The headings of parts that both texts have: said once more, they are a table of contents."""
    return {
        unit.text
        for edit in edits
        if edit.kind in ("same", "cosmetic")
        for unit in (*edit.old, *edit.new)
        if unit.kind == "heading"
    }


def _without_contents(edits: Iterable[Edit], titles: Collection[str]) -> Iterator[Edit]:
    """`edits` with tables of contents, and headings that are said twice, made cosmetic."""

    def is_title(edit: Edit) -> bool:
        units = (*edit.old, *edit.new)
        return edit.kind in ("added", "removed") and all(unit.text in titles for unit in units)

    for told, group in groupby(edits, key=lambda edit: is_title(edit) and edit.kind):
        run = list(group)
        units = [unit for edit in run for unit in (*edit.old, *edit.new)]
        if told and (len(units) >= _LABELS or all(unit.kind == "heading" for unit in units)):
            run = [replace(edit, kind="cosmetic") for edit in run]
        yield from run


def _told(edit: Edit, labels: Collection[str]) -> Edit:
    units = (*edit.old, *edit.new)
    if edit.kind in ("added", "removed") and all(
        is_furniture(unit) or unit.text in labels for unit in units
    ):
        return replace(edit, kind="cosmetic")
    if edit.kind == "changed" and any(
        asked(edit)
        for asked in (
            *(_is_of_furniture, _is_new_year, _is_new_time, _is_of_title),
            *(_is_spaced_anew, _is_without_words),
        )
    ):
        return replace(edit, kind="cosmetic")
    return edit


def _is_of_furniture(edit: Edit) -> bool:
    return all(unit.folded or _COUNTER.fullmatch(unit.text) for unit in (*edit.old, *edit.new))


def _is_new_year(edit: Edit) -> bool:
    """Whether only the year of a copyright line differs."""
    changed = (span.old + span.new for span in edit.spans if span.substantive)
    return all(map(_YEARS.fullmatch, changed)) and all(
        _COPYRIGHT.match(unit.printed) for unit in (*edit.old, *edit.new)
    )


def _is_new_time(edit: Edit) -> bool:
    """Whether only the time of day, or its zone, differs at which a page was published."""
    stamps = [_STAMP.fullmatch(unit.printed.strip()) for unit in (*edit.old, *edit.new)]
    return len({stamp["day"] if stamp else "" for stamp in stamps} | {""}) == 2 and all(stamps)


def _is_of_title(edit: Edit) -> bool:
    """Whether a title only has the site's name behind it, or no more."""
    changed = [span.old + span.new for span in edit.spans if span.substantive]
    titles = all(len(unit.text.split()) <= _BRIEF for unit in (*edit.old, *edit.new))
    return titles and all(map(_PAGE_TITLE.fullmatch, changed))


def _is_spaced_anew(edit: Edit) -> bool:
    """Whether words only run together, or are parted, where they were not."""
    old, new = (
        "".join("".join(it.printed for it in side).split()) for side in (edit.old, edit.new)
    )
    return old == new


def _is_without_words(edit: Edit) -> bool:
    """Whether only a stop or a mark of a list differs, or a button amid the words."""
    changed = (span.old + span.new for span in edit.spans if span.substantive)
    return all(_LINK.fullmatch(it) or _STOPS.fullmatch(it) for it in changed)


def _is_policy(edit: Edit) -> bool:
    """Whether both texts have it and it is a sentence, so that it is of the policy itself."""
    stays = bool(edit.old and edit.new) and edit.kind not in ("moved", "moved-away")
    return stays and any(
        unit.text.rstrip().endswith(".") or len(unit.text.split()) > _BRIEF for unit in edit.new
    )


def _without_menus(edge: Iterable[Edit]) -> Iterator[Edit]:
    """The edits at one end of a text, menus among them made cosmetic."""
    for one_sided, group in groupby(edge, key=lambda edit: not (edit.old and edit.new)):
        run = list(group)
        texts = [unit.printed for edit in run for unit in (*edit.old, *edit.new)]
        brief = sum(len(text.split()) for text in texts) <= _BRIEF * len(texts)
        if one_sided and brief and len(texts) >= _RUN and not any(map(_OF_POLICY.search, texts)):
            run = [replace(edit, kind="cosmetic") for edit in run]
        yield from run
