"""Digests of what pages show, for comparison with those of other builds."""

from hashlib import blake2b

import msgspec


def digest(parts: object) -> str:
    """A digest of `parts` (text, numbers, and sequences of them), in hex digits."""
    return blake2b(msgspec.msgpack.encode(parts), digest_size=16).hexdigest()
