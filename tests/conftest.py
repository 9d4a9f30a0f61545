"""For all tests.

`no_cover` marks those that run for long what others run as well: noting each line that they pass
would cost as much again.
"""

import os

from hypothesis import settings

# A busy machine is no fault: how long a made-up example takes says nothing.
EXAMPLES = 200 if os.environ.get("POLICY_ARCHIVE_THOROUGH") else 50
settings.register_profile("patient", deadline=None, max_examples=EXAMPLES)
settings.load_profile("patient")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by how many they are: gzip writes the time of day, and 65 MB make no name."""
    if isinstance(val, bytes) and not (len(val) < 40 and val.isascii()):
        return f"{argname} of {len(val)} bytes"
    return None
