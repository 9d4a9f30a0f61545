"""What a cleaning rule is, and the ledger it writes to."""

from collections.abc import Callable
from dataclasses import dataclass, field

from policy_archive.model import Block, Lines, Repair


@dataclass(slots=True)
class Ledger:
    """Collects the repairs of one document, in the order in which rules made them."""

    repairs: list[Repair] = field(default_factory=list)
    rule: str = ""

    def changed(self, lines: Lines, before: str, after: str) -> None:
        """Note that the current rule turned `before` into `after`."""
        self.repairs.append(Repair(self.rule, lines, before, after))

    def removed(self, lines: Lines, before: str) -> None:
        """Note that the current rule took `before` out of the text."""
        self.repairs.append(Repair(self.rule, lines, before, ""))


@dataclass(frozen=True, slots=True)
class Rule:
    """One cleaning rule: its name in ledger and settings, what it does, and the function.

    `apply` takes the blocks so far and returns new ones; every word it takes out or changes goes
    to the ledger. Applying a rule to its own result must change nothing.
    """

    name: str
    summary: str
    apply: Callable[[list[Block], Ledger], list[Block]]
    routine: bool = False
    """Readers see its repairs as one grouped line instead of one by one."""
