"""YAML as data, with a bound on what its aliases stand for.

A few lines whose aliases name each other can stand for more values than any memory holds (the
"billion laughs"); whatever then prints, copies or compares them does not end.
"""

from typing import Any

import yaml

MOST = 100_000
"""Values that a file may stand for once its aliases are written out."""


class BoundedLoader(yaml.SafeLoader):
    """Reads plain data, and no more than `MOST` values of it.

    Raises:
        yaml.YAMLError: the aliases stand for more, or for what holds themselves.
    """

    def __init__(self, stream: Any) -> None:
        """`stream` is text, bytes or a file."""
        super().__init__(stream)
        self._sizes: dict[int, int] = {}

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """A node with all that it holds, counted."""
        alias = self.check_event(yaml.AliasEvent)
        node = super().compose_node(parent, index)
        if node is None:
            return None
        if not alias:
            self._sizes[id(node)] = 1 + sum(self._sizes[id(it)] for it in _inside(node))
        elif id(node) not in self._sizes:
            raise self._refusal("an alias stands for what holds it", node)
        if self._sizes[id(node)] > MOST:
            raise self._refusal(f"its aliases stand for more than {MOST:,} values", node)
        return node

    def _refusal(self, why: str, node: yaml.Node) -> yaml.YAMLError:
        return yaml.composer.ComposerError(None, None, why, node.start_mark)


def _inside(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [it for pair in node.value for it in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []
