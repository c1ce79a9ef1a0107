"""Settings of all tests of the index."""

from hypothesis import settings

settings.register_profile("index", deadline=None)  # the machine may be busy
settings.load_profile("index")
