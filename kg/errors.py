"""Everything that can go wrong, as one tree.

    KgError                     exit status 1 unless a command says otherwise
    ├── InputError              something the user gave cannot be used
    │   ├── ArticleError        an article: empty, without text, a bad date, a reserved id
    │   ├── ReadError           a file or stream that cannot be read
    │   │   └── FetchError      a URL that cannot be fetched
    │   ├── ParameterError      a query parameter: missing, unknown or of the wrong type
    │   ├── NotFoundError       no such query, entity, event or article
    │   ├── QuestionError       a question in plain English that no saved query answers
    │   └── SettingsError       a setting or `kg.toml` that cannot be used
    ├── DataError               data of kg or of a user is wrong: ontology, gazetteer, query, gold
    ├── RecordError             an extraction record that breaks its contract
    ├── StoreError              the store file: locked, truncated, of something else, of another version
    ├── QueryError              Cypher that an engine refuses, or a write without leave
    ├── ModelError              the language model is not there or cannot be loaded
    ├── ClusterError            a Ray cluster is not there, or fails in mid-work
    ├── LlmError                a model behind an endpoint (`--llm`) gives no usable answer for an article
    └── DatabaseError           Neo4j is down, refuses the password, or fails in mid-work

A message says what happened, where, and what to do about it. Only the command line prints one and exits.
"""


class KgError(Exception):
    """Something went wrong that a user can understand; the message says what, where and what to do."""

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.what, self.where, self.hint = what, where, hint
        super().__init__(what, where, hint)

    def __reduce__(self) -> tuple[object, ...]:
        """How an error travels between processes: by itself an exception forgets arguments that have names."""
        return _again, (type(self), self.what, self.where, self.hint)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" — {self.hint}" if self.hint else ""
        return f"{place}{self.what}{advice}"


def _again(kind: type[KgError], what: str, where: str | None, hint: str | None) -> KgError:
    return kind(what, where=where, hint=hint)


class InputError(KgError):
    """Something the user gave cannot be used."""


class ArticleError(InputError):
    """An article is empty, or one of its fields cannot be used."""


class ReadError(InputError):
    """A file or stream cannot be read."""


class FetchError(ReadError):
    """A URL cannot be fetched; it is `lasting` where trying again would not help."""

    lasting = False


class ParameterError(InputError):
    """A query parameter is missing, unknown or of the wrong type."""


class NotFoundError(InputError):
    """There is no such query, entity, event or article."""


class QuestionError(InputError):
    """A question in plain English is none that a saved query answers."""


class SettingsError(InputError):
    """A setting cannot be used."""


class DataError(KgError):
    """Data that ships with kg, or that a user adds to it, is wrong."""


class RecordError(KgError):
    """An extraction record breaks its contract."""


class StoreError(KgError):
    """The store file cannot be used."""


class QueryError(KgError):
    """An engine refuses a query."""


class ModelError(KgError):
    """The language model cannot be loaded."""


class ClusterError(KgError):
    """A Ray cluster cannot be reached, or fails in mid-work."""


class LlmError(KgError):
    """A language model behind an endpoint gives no usable answer."""


class DatabaseError(KgError):
    """Neo4j cannot be reached, refuses, or fails in mid-work."""
