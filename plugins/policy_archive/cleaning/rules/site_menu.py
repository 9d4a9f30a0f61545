"""The archived site's own menus, before and after the policy: folded, never dropped."""

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from msgspec.structs import replace

from policy_archive.cleaning.menu_vocabulary import (
    ADDRESSING,
    MENU,
    NUMBERED,
    OF_CONTACT,
    PERHAPS_MENU,
    POLICY_WORD,
    POSTAL,
    SENTENCE,
    WHEN,
    YEAR,
)
from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.cleaning.title import names_policy
from policy_archive.model import Block, Run

_WORDS_OF_CLAUSE = 12
_WORDS_OF_POLICY = 60
_WORDS_OF_SENTENCE = 4
_DATED_LINE = 120
_BANNER = 45
_BRIEF = 50
_TITLE_WITHIN = 6
_CONTENTS = 80
_LINKS = 4
_QUIET = 12
"""Brief lines in a row, of no kind that is known, that may stand between parts of the policy."""
_FEWEST_BEFORE, _FEWEST_AFTER = 3, 2
_MANY = 15


class _Weight(NamedTuple):
    """What a block weighs as policy (above zero) or menu (below), and its words of clauses."""

    value: float
    clause: int


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Fold what stands before the first and after the last clause, where it is a menu.

    The ledger says nothing: no word is changed or gone.
    """
    del ledger
    if any(block.folded for block in blocks):
        return blocks
    texts = [block.text for block in blocks]
    keys = [text.casefold() for text in texts]
    weights = _weigh(blocks, texts, keys)
    start, end = _policy(texts, weights)
    if sum(weight.clause for weight in weights[start:end]) < _WORDS_OF_POLICY:
        return blocks
    if start:
        start = _with_title(blocks, keys, weights, start, end)
        start = _with_head(blocks, texts, start, set(keys[start:end]))
    end = _with_contact(blocks, texts, end)
    start = start if _is_menu(texts[:start], _FEWEST_BEFORE) else 0
    end = end if _is_menu(texts[end:], _FEWEST_AFTER) else len(blocks)
    titled = _is_title(blocks[start])
    return [
        block if start <= index < end or (not titled and _heads(block)) else _folded(block)
        for index, block in enumerate(blocks)
    ]


def _heads(block: Block) -> bool:
    """Whether `block` is the title of a policy that has none below."""
    return block.kind == "heading" and _is_title(block) and not _leads_elsewhere(block)


def _folded(block: Block) -> Block:
    # A menu's caption is no part of the policy's outline.
    kind = "paragraph" if block.kind == "heading" else block.kind
    return replace(block, kind=kind, level=0, folded=True)


def _weigh(blocks: Sequence[Block], texts: Sequence[str], keys: Sequence[str]) -> list[_Weight]:
    clauses = [_clause_words(text) for text in texts]
    # A table of contents is brief lines as well, but each stands again above its clause.
    titles = {key for key, below in zip(keys, clauses[1:], strict=False) if below}
    weights: list[_Weight] = []
    for block, text, key, clause in zip(blocks, texts, keys, clauses, strict=True):
        if clause:
            weights.append(_Weight(min(clause, 60) / 6, clause))
        elif key in titles or block.kind == "table":
            weights.append(_Weight(0, 0))
        elif len(text) > 100 and SENTENCE.search(text):
            weights.append(_Weight(min(len(text), 300) / 100, 0))
        else:
            weights.append(_Weight(-_menu_lines(block, text), 0))
    return weights


def _clause_words(text: str) -> int:
    """The number of words, if these are sentences such as policies are made of."""
    if len(text) < 60:
        return 0
    count = text.count(" ") + 1
    if count < _WORDS_OF_CLAUSE:
        return 0
    lower = text.lower()  # and patterns that mind case: half the time of those that ignore it
    if not POLICY_WORD.search(lower) or not ADDRESSING.search(lower):
        return 0
    lines = text.count("\n") + 1
    return count if count / lines >= _WORDS_OF_CLAUSE / 2 else 0


def _menu_lines(block: Block, text: str) -> float:
    if block.kind == "heading" and POLICY_WORD.search(text.lower()):
        return 0
    if any("#" in run.href for run in block.runs):
        return 0
    # "Expiry: 1 year" tells of a cookie: no menu says more than one word of a link.
    lines = [line for line in text.split("\n") if ": " not in line]
    return sum([1 if len(line) < _BRIEF else 0.5 for line in lines])


def _policy(texts: Sequence[str], weights: Sequence[_Weight]) -> tuple[int, int]:
    """From where to where the sum of weights is greatest, and no long clause is left outside."""
    best = total = 0.0
    start = end = first = 0
    for index, weight in enumerate(weights):
        if total <= 0:
            total, first = 0.0, index
        total += weight.value
        if total > best:
            best, start, end = total, first, index + 1
    long = [index for index, weight in enumerate(weights) if weight.clause > _BANNER]
    before, after = [i for i in long if i < start], [i for i in long if i >= end]
    if before:
        links = _links(texts[:start])
        for index in reversed(before):
            start = index if links[start] - links[index + 1] < _LINKS else start
    if after:
        first, links = end, _links(texts[end:])
        for index in after:
            end = index + 1 if links[index - first] - links[end - first] < _LINKS else end
    return start, end


def _links(texts: Sequence[str]) -> list[int]:
    """How many lines of a menu there are in the first none, one, two … of `texts`."""
    counts = [sum([_is_link(line) for line in text.split("\n")]) for text in texts]
    return [0, *accumulate(counts)]


def _with_title(
    blocks: Sequence[Block],
    keys: Sequence[str],
    weights: Sequence[_Weight],
    start: int,
    end: int,
) -> int:
    """`start`, or where the policy's title stands above it, or a heading right above.

    Between title and text may stand a table of contents: lines that come again in the text.
    """
    within = set(keys[start:end])
    again = 0
    for index in range(start, max(-1, start - _CONTENTS), -1):
        between = start - index - 1
        if _is_title(blocks[index]) and (between < _TITLE_WITHIN or again > 0.6 * between):
            return index
        again += index < start and keys[index] in within
    if weights[start].clause and not _is_link(blocks[start - 1].text):
        return start - 1
    return start


def _is_title(block: Block) -> bool:
    text = block.text
    brief = len(text) < 80 and "\n" not in text and not SENTENCE.search(text)
    brief = brief and not YEAR.search(text)
    return brief and names_policy(text) and block.kind != "list"


def _with_head(
    blocks: Sequence[Block], texts: Sequence[str], start: int, below: Collection[str]
) -> int:
    """`start`, or where the policy's head begins above it: its title, a date, a sentence, headings.

    A menu's lines end the search; a table of contents (lines that stand again `below`) does not.
    """
    found = start
    titled = _is_title(blocks[start])
    quiet = menu = 0
    for index in range(start - 1, -1, -1):
        block, text = blocks[index], texts[index]
        title = _is_title(block) and (block.kind == "heading" or not titled)
        if not _leads_elsewhere(block) and (title or _of_policy(block, text)):
            found, quiet, titled = index, 0, titled or title
        elif _again(text, below):
            continue
        elif quiet == _QUIET:
            break
        elif _is_of_menu(block, text):
            menu += text.count("\n") + 1
            if menu >= _FEWEST_BEFORE or MENU.match(text):
                break
        else:
            quiet += 1
    return found


def _again(text: str, below: Collection[str]) -> bool:
    """Whether most lines of `text` are headings or other lines of their own further down."""
    lines = text.casefold().split("\n")
    return 2 * sum(line in below for line in lines) > len(lines)


def _with_contact(blocks: Sequence[Block], texts: Sequence[str], end: int) -> int:
    """`end`, or where the menu begins below it: addresses and signatures are the policy's."""
    quiet = 0
    for index in range(end, len(texts)):
        following = texts[index + 1 : index + 3]
        contact = OF_CONTACT.search(texts[index]) and any(map(_is_address, following[:1]))
        if _leads_elsewhere(blocks[index]) and blocks[index].kind != "heading":
            return end
        if MENU.match(texts[index]) or (
            PERHAPS_MENU.match(texts[index]) and any(map(_is_link, following)) and not contact
        ):
            return index if quiet < _QUIET else end
        sentence = not quiet and SENTENCE.search(texts[index]) and len(texts[index]) > _BRIEF
        if (
            sentence
            or contact
            or _of_policy(blocks[index], texts[index])
            or _is_address(texts[index])
        ):
            end, quiet = index + 1, 0
        else:
            quiet += 1
    return end if len(texts) - end >= _MANY else len(texts)


def _of_policy(block: Block, text: str) -> bool:
    """Whether `block` is a heading of a policy, says of when it is, or is a sentence of it."""
    if len(text) < _DATED_LINE and "©" not in text and YEAR.search(text) and WHEN.search(text):
        return True
    lower = text.lower()
    if block.kind == "heading":
        return bool(
            POLICY_WORD.search(lower) or NUMBERED.match(text) or OF_CONTACT.search(text)
        ) and not MENU.match(text)
    sentence = SENTENCE.search(text) and text.count(" ") >= _WORDS_OF_SENTENCE
    return bool(sentence and POLICY_WORD.search(lower) and ADDRESSING.search(lower))


def _is_address(text: str) -> bool:
    """Whether `text` is an address, of a letter or of mail."""
    lines = text.count("\n") + 1
    if "@" in text or POSTAL.search(text):
        return True
    return lines > 1 and any(map(str.isdigit, text)) and not _is_link(text)


def _leads_elsewhere(block: Block) -> bool:
    """Whether `block` is nothing but links away from the page."""
    runs = [run for run in _runs(block) if run.text.strip(" \n|·•")]
    return bool(runs) and all(run.href and "#" not in run.href for run in runs)


def _runs(block: Block) -> Iterator[Run]:
    yield from block.runs
    for item in block.items:
        for inner in item.blocks:
            yield from inner.runs


def _is_of_menu(block: Block, text: str) -> bool:
    if block.kind == "heading":
        return MENU.match(text) is not None
    lines = text.split("\n")
    return _leads_elsewhere(block) or 2 * sum(map(_is_link, lines)) >= len(lines)


def _is_link(text: str) -> bool:
    return bool(MENU.match(text) or PERHAPS_MENU.match(text))


def _is_menu(texts: Sequence[str], fewest: int) -> bool:
    lines = [line for text in texts for line in text.split("\n")]
    if len(lines) < fewest:
        return False
    links = sum(_is_link(line) for line in lines)
    brief = sum(len(line) < _BRIEF and ": " not in line for line in lines)
    sentences = sum(SENTENCE.search(line) is not None and len(line) > _BRIEF for line in lines)
    if len(lines) < _MANY and sentences > 0.2 * len(lines):
        return False
    if links:
        return brief >= 0.6 * len(lines)
    return len(lines) >= _MANY and brief >= 0.85 * len(lines)


RULE = Rule("site-menu", "Folds the site's menus before and after the policy.", apply)
