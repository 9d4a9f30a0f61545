"""A bar for steps that take more than a moment, where somebody watches."""

import os
import sys
import time
from types import TracebackType
from typing import Any, Self

import click

_MOMENT = 2.0


class Progress:
    """Shows how many of how many are done, at what rate, and how long the rest will take."""

    def __init__(self, label: str, *, hidden: bool = False) -> None:
        """Shows nothing before a moment has passed, where nobody watches, or if it is `hidden`."""
        self._label = label
        self._started = time.monotonic()
        self._watched = not hidden and sys.stderr.isatty() and not os.environ.get("CI")
        self._bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        """So many are done."""
        passed = time.monotonic() - self._started
        if not self._watched or passed < _MOMENT:
            return
        if self._bar is None:
            self._bar = click.progressbar(
                length=total, label=self._label, show_pos=True, file=sys.stderr
            )
            self._bar.item_show_func = lambda rate: rate and f"{rate:.0f}/s"
        self._bar.update(done - self._bar.pos, done / passed)

    def __enter__(self) -> Self:
        """The bar itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Leave the line."""
        if self._bar is not None:
            self._bar.render_finish()
