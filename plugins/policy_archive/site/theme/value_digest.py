"""Values of any type to a digest of what they hold, the same in every process.

Configurations hold what people and plugins put there: dates, partial functions, objects with slots,
objects that contain themselves. Two that hold the same have the same digest, whatever their type;
an address in memory, or the order of a set, never has a part in it.
"""

import copyreg
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any

_PLAIN = (type(None), bool, int, float, complex, str, bytes)


def value_digest(value: Any) -> bytes:
    """SHA-256 of all that `value` holds."""
    return _digest(value, {})


def _digest(value: Any, above: dict[int, int]) -> bytes:
    """`above` has the values that contain this one, by identity, with their depth."""
    found = hashlib.sha256(_name(type(value)))
    if isinstance(value, _PLAIN):
        found.update(repr(value).encode("utf-8", "surrogatepass"))
    elif id(value) in above:
        found.update(b"contains itself %d" % above[id(value)])
    else:
        within = {**above, id(value): len(above)}
        for part in _parts(value, within):
            found.update(part)
    return found.digest()


def _parts(value: Any, within: dict[int, int]) -> Iterator[bytes]:
    if isinstance(value, Mapping):
        pairs = ((_digest(key, within), _digest(item, within)) for key, item in value.items())
        yield from (part for pair in sorted(pairs) for part in pair)
    elif isinstance(value, set | frozenset):
        yield from sorted(_digest(item, within) for item in value)
    elif isinstance(value, list | tuple):
        yield from (_digest(item, within) for item in value)
    elif isinstance(value, PurePath):
        yield str(value).encode("utf-8", "surrogatepass")
    elif isinstance(value, type | ModuleType | BuiltinFunctionType):
        yield _name(value)
    elif isinstance(value, FunctionType):
        yield _name(value)
        yield _digest((value.__code__, value.__defaults__, value.__kwdefaults__), within)
    elif isinstance(value, MethodType):
        yield _digest(value.__func__, within)
    elif isinstance(value, CodeType):
        yield value.co_code
        yield _digest((value.co_consts, value.co_names), within)
    else:
        yield _digest(_state(value), within)


def _state(value: Any) -> Any:
    """What makes up an object, as pickle sees it; its attributes where it cannot be pickled."""
    reducer = copyreg.dispatch_table.get(type(value))  # compiled patterns have theirs there
    try:
        reduced = reducer(value) if reducer else value.__reduce_ex__(4)
    except Exception:  # a lock, a socket, a generator: pickling refuses with any exception
        return getattr(value, "__dict__", None)
    if isinstance(reduced, str):
        return reduced
    _, arguments, state, items, pairs = (*reduced, None, None, None)[:5]
    return arguments, state, items and list(items), pairs and list(pairs)


def _name(value: Any) -> bytes:
    name = getattr(value, "__qualname__", getattr(value, "__name__", ""))
    return f"{getattr(value, '__module__', '')}.{name}".encode()
