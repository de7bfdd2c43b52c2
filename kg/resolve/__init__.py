"""Identity across articles: which ids of the records mean one entity, and which likely do.

The second step after reading, over all records and the user's decisions. It changes no record, and their order changes
nothing. By itself it only unites what is safe: an exact name of a listed entity, an office with its holder on that day
(`exact`), and what the user decided (`identity`). Everything else is for the user to judge: `candidates` scores likely
duplicates by a table of named features (`features`), inside blocks.
"""

from kg.resolve.candidates import Candidate, candidates, undecided
from kg.resolve.exact import Link
from kg.resolve.identity import Identity, resolve
from kg.resolve.merging import NOBODY_ELSE, merge_entities, with_identity
from kg.resolve.profiles import Profile, profiles_of

__all__ = [
    "NOBODY_ELSE",
    "Candidate",
    "Identity",
    "Link",
    "Profile",
    "candidates",
    "merge_entities",
    "profiles_of",
    "resolve",
    "undecided",
    "with_identity",
]
