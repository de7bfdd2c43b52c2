"""Questions in plain English, each mapped to one saved query and its parameters by patterns; no language model.

A question is read in three steps: its time is cut out (`kg.ask.times`), the names in it are found (`kg.ask.names`), and
what is left must be, word for word, one of the patterns in `kg/data/questions.toml` (`kg.ask.patterns`). So a question
is either understood whole or not at all; what it became is a saved query that the user can read and run again.
"""

from kg.ask.names import FindName
from kg.ask.patterns import Patterns, load_patterns
from kg.ask.question import Asked, ask

__all__ = ["Asked", "FindName", "Patterns", "ask", "load_patterns"]
