"""How property tests run: always with the same examples, unless one asks for more and other ones.

`pytest --hypothesis-profile thorough` looks further, with new examples each time.
"""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("thorough", derandomize=False, deadline=None, max_examples=2000)
settings.load_profile("repeatable")
