"""Settings for every test."""

from hypothesis import settings

# Without a deadline: on a busy machine a limit on the time of one example fails tests at random.
settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")
