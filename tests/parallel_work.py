"""Work for the tests of `build/parallel.py`, in a module that worker processes can import."""

import os
import signal
import time
from collections.abc import Callable


def double(number: int) -> int:
    return number * 2


def process(number: int) -> int:
    """Where it is done; the first takes longest."""
    time.sleep(0.1 if number == 0 else 0)
    return os.getpid()


def slow_at_first(number: int) -> int:
    time.sleep(0.1 if number == 0 else 0)
    return number * 2


class ToldError(Exception):
    """Pickles, but cannot be unpickled."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first)


def told(number: int) -> int:
    if number == 3:
        raise ToldError("this", "that")
    return os.getpid()


def dying(number: int) -> int:
    """Ends any process but the one that asked, as the system does with one that takes too much."""
    if number == 5 and os.environ.get("ASKED_BY") != str(os.getpid()):
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def unpicklable(number: int) -> Callable[[], int]:
    return lambda: number


def wait(seconds: float) -> float:
    time.sleep(seconds)
    return seconds
