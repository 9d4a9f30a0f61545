"""Every doubt and problem that this archive can speak of, in one table."""

from collections.abc import Mapping
from types import MappingProxyType
