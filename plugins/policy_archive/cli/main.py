"""`policy-archive`: where the process begins, and where Ctrl-C ends it."""

import sys
from collections.abc import Sequence
from importlib import import_module

INTERRUPTED = 130
"""As shells have it: 128 and the number of the signal."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; `arguments` are those after the program's name, by default the process's.

    The answer is the exit status: 0 fine, 1 problems found, 2 used wrongly, 130 interrupted.
    """
    try:
        # Most of a short command's time is imports, and Ctrl-C during these is one as well.
        return int(import_module("policy_archive.cli.commands").run(arguments))
    except KeyboardInterrupt:
        # One that strikes inside of `exec`, as of a dataclass, would have Python end itself by the
        # signal for all that we say, unless `exec` has ended well since.
        exec("")
        print("policy-archive: interrupted", file=sys.stderr)
        return INTERRUPTED
