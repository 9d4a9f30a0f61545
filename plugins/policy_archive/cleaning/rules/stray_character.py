"""Characters that print nothing: control codes, zero-width marks, soft hyphens; icons' glyphs."""

import re

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.cleaning.walk import rewrite
from policy_archive.model import Block, Runs

# The zero-width joiners (U+200C, U+200D) are letters' business in Persian, Hindi or emoji.
_STRAY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff]")
_ICON = re.compile("[\ue000-\uf8ff]+ ?")
_WORD = re.compile(r"\S+")


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Take the characters out; the ledger holds each word that had one."""
    return [
        _clean(block, ledger) if _has_stray(block.text) or _has_icon(block) else block
        for block in blocks
    ]


def _has_icon(block: Block) -> bool:
    """Whether a heading has a glyph that only an icon font prints; elsewhere it may be a bullet."""
    return block.kind == "heading" and _ICON.search(block.text) is not None


def _has_stray(text: str) -> bool:
    return not text.isprintable() and _STRAY.search(text) is not None


def _clean(block: Block, ledger: Ledger) -> Block:
    icon = _has_icon(block)

    def without(text: str) -> str:
        text = _STRAY.sub("", text)
        return _ICON.sub("", text) if icon else text

    def change(runs: Runs) -> Runs:
        cleaned = []
        for run in runs:
            text = without(run.text)
            if text != run.text:
                for match in _WORD.finditer(run.text):
                    after = without(match[0])
                    if after != match[0]:
                        ledger.changed(block.lines, match[0], after)
                run = run._replace(text=text)  # noqa: PLW2901
            if run.text or run.struck:
                cleaned.append(run)
        return tuple(cleaned)

    return rewrite(block, change)


RULE = Rule("stray-character", "Takes out characters that print nothing.", apply, routine=True)
