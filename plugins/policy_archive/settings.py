"""What a project chooses about how its texts are read."""

import hashlib
from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides, besides its bytes and its path, what a text is read as."""

    disabled_rules: frozenset[str] = frozenset()
    """Names of cleaning rules that do not run."""
    topics: str = "{}"
    """Overrides of the taxonomy, as JSON; their order is that of new topics."""

    @property
    def digest(self) -> str:
        """SHA-256 of every setting, in hex digits: a part of each result's key."""
        # Sets are sorted, and a field that is added here later counts by itself.
        text = msgspec.json.encode(self, order="deterministic")
        return hashlib.sha256(text).hexdigest()
