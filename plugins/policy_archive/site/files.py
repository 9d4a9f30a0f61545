"""Our files as MkDocs knows files: those made when they are written, and our assets."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Self

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from policy_archive.pages.files import Made

_ASSETS = Path(__file__).parent / "assets"
_PUBLISHED = "assets/policy_archive"
_COMMENTS = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
"""Comments of scripts that stand on lines of their own: a quarter of what readers would fetch."""


class MadeFile(File):
    """A static file whose bytes are made when it is written."""

    make: Callable[[], bytes]

    @classmethod
    def of(cls, made: "Made", config: MkDocsConfig) -> Self:
        """`made` as MkDocs knows files."""
        file = cls(
            made.place,
            src_dir=None,
            dest_dir=config.site_dir,
            use_directory_urls=config.use_directory_urls,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        file.generated_by = "policy-archive"
        file.make = made.make
        return file

    @property
    def content_bytes(self) -> bytes:
        """The bytes, made anew."""
        return self.make()

    @content_bytes.setter
    def content_bytes(self, value: bytes) -> None:
        self.make = lambda: value

    @property
    def content_string(self) -> str:
        """The bytes as text."""
        return self.make().decode("utf-8", "replace")

    @content_string.setter
    def content_string(self, value: str) -> None:
        self.make = value.encode

    def copy_file(self, dirty: bool = False) -> None:
        """Write the bytes where the site wants them."""
        path = Path(self.abs_dest_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.make())

    def is_modified(self) -> bool:
        """Made anew every time."""
        return True


def asset_names(suffix: str) -> list[str]:
    """Where our style sheets or scripts are published."""
    return [f"{_PUBLISHED}/{path.name}" for path in sorted(_ASSETS.glob(f"*{suffix}"))]


def asset_address(name: str) -> str:
    """Where an asset that only some pages need is published."""
    return f"{_PUBLISHED}/{name}"


def assets(config: MkDocsConfig) -> Iterator[File]:
    """Our style sheets, scripts (without their comments) and fonts."""
    generated = partial(File.generated, config, inclusion=InclusionLevel.NOT_IN_NAV)
    for path in sorted(path for path in _ASSETS.rglob("*") if path.is_file()):
        name = f"{_PUBLISHED}/{path.relative_to(_ASSETS).as_posix()}"
        if path.suffix == ".js":
            yield generated(name, content=_COMMENTS.sub("", path.read_text("utf-8")))
        else:
            yield generated(name, abs_src_path=str(path))
