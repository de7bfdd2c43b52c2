"""Where the files that ship with kg are: in an installed package, or in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def data_folder() -> Path:
    """Folder of ontology, gazetteer and samples."""
    return _PACKAGE / "data"


def queries_folder() -> Path:
    """Folder of the saved queries: `kg/_queries` when installed, else the checkout's `queries`."""
    installed = _PACKAGE / "_queries"
    return installed if installed.is_dir() else _PACKAGE.parent / "queries"
