"""JSON that is safe wherever a page has it."""

import json
from typing import Any


def script_json(value: Any) -> str:
    """`value` as JSON that is safe inside a script element and in JavaScript source."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
