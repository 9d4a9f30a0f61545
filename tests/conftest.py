"""For all tests."""

from hypothesis import settings

# A busy machine is no fault: how long a made-up example takes says nothing.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
