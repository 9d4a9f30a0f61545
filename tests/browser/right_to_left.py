"""A language that is written from right to left: every message with a Hebrew letter before it."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from policy_archive.pages import assets, language
from policy_archive.pages.language import LANGUAGES, Language

CODE = "iw"
"""The code that Hebrew once had: no catalogue will ever be called so."""


class _Mirrored(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return f"א {message}"

    def ngettext(self, one: str, many: str, count: int) -> str:
        return f"א {one if count == 1 else many}"


@contextmanager
def known(folder: Path) -> Iterator[str]:
    """Have builds of this process know the language; `folder` is for what scripts need of it."""
    messages = language._messages
    (folder / f"{CODE}.js").write_text(
        f'export const language = "{CODE}";\nexport const direction = "rtl";\n'
        "export const messages = {};\nexport const formOf = (n) => (n === 1 ? 0 : 1);\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(LANGUAGES, CODE, Language(CODE, direction="rtl"))
        patch.setattr(assets, "LOCALE", folder)
        patch.setattr(
            language, "_messages", lambda code: _Mirrored() if code == CODE else messages(code)
        )
        yield CODE
    language.speak("en")
