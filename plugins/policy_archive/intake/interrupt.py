"""Ctrl-C: the first time what is under way is finished, the second time it ends at once."""

import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Self


class Interrupt:
    """While it is entered, the first Ctrl-C is only noted."""

    def __init__(self, say: Callable[[str], None]) -> None:
        """`say` tells the person what will happen."""
        self._say = say
        self._before: Any = None
        self.wanted = False
        """Whether somebody wants it to end."""

    def check(self) -> None:
        """End where nothing is under way but waiting.

        Raises:
            KeyboardInterrupt: somebody wants it to end.
        """
        if self.wanted:
            raise KeyboardInterrupt

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.wanted = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._say("finishing the capture under way; Ctrl-C again stops at once")

    def __enter__(self) -> Self:
        """Listen."""
        try:
            self._before = signal.signal(signal.SIGINT, self._note)
        except ValueError:  # in another thread there are no signals to hear
            self._before = None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Leave things as they were."""
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
