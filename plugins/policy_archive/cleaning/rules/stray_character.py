"""Characters that print nothing: control codes, zero-width marks, soft hyphens."""

import re

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.cleaning.walk import rewrite
from policy_archive.model import Block, Runs

# The zero-width joiners (U+200C, U+200D) are letters' business in Persian, Hindi or emoji.
_STRAY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff]")
_WORD = re.compile(r"\S+")


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Take the characters out; the ledger holds each word that had one."""
    return [_clean(block, ledger) if _has_stray(block.text) else block for block in blocks]


def _has_stray(text: str) -> bool:
    return not text.isprintable() and _STRAY.search(text) is not None


def _clean(block: Block, ledger: Ledger) -> Block:
    def change(runs: Runs) -> Runs:
        cleaned = []
        for run in runs:
            text = _STRAY.sub("", run.text)
            if text != run.text:
                for match in _WORD.finditer(run.text):
                    after = _STRAY.sub("", match[0])
                    if after != match[0]:
                        ledger.changed(block.lines, match[0], after)
                run = run._replace(text=text)  # noqa: PLW2901
            if run.text or run.struck:
                cleaned.append(run)
        return tuple(cleaned)

    return rewrite(block, change)


RULE = Rule("stray-character", "Takes out characters that print nothing.", apply, routine=True)
