"""How property tests run: always with the same examples, unless one asks for more and other ones.

`pytest --hypothesis-profile thorough` looks further, with new examples each time. Programs that tests start can be
interrupted also where pytest itself runs in the background, which a shell lets ignore interrupts, and all below it.
"""

import signal

from hypothesis import settings

signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("thorough", derandomize=False, deadline=None, max_examples=2000)
settings.load_profile("repeatable")
