"""Settings of every test."""

from hypothesis import settings

# Examples are bounded by number: a slow machine must not fail a test.
settings.register_profile("claimcompare", deadline=None)
settings.load_profile("claimcompare")
