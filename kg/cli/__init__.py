"""The command line: one command a module, each with a `command` that parses and an `EXAMPLE` that ends its help.

Nothing heavy is imported before a command needs it, so that `kg --help` answers at once.
"""

import gc
import io
import os
import sys
from collections import UserDict
from importlib import import_module
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from kg.cli.options import example
from kg.cli.output import clean, say, warn
from kg.errors import KgError

DISTRIBUTION = "geopolitical-event-graph"
_UsageError: type[typer.BadParameter] = typer.BadParameter.__bases__[0]  # for which typer has no public name
_COMMANDS = {
    "ingest": "kg.cli.ingest",
    "watch": "kg.cli.watch",
    "extract": "kg.cli.extract",
    "show": "kg.cli.show",
    "explain": "kg.cli.explain",
    "ask": "kg.cli.ask",
    "review": "kg.cli.review",
    "push": "kg.cli.push",
    "export": "kg.cli.export",
    "view": "kg.cli.view",
    "browser": "kg.cli.browser",
    "recode": "kg.cli.recode",
    "history": "kg.cli.history",
    "forget": "kg.cli.forget",
    "readers": "kg.cli.readers",
    "ontology": "kg.cli.ontology",
    "status": "kg.cli.status",
    "doctor": "kg.cli.doctor",
    "eval": "kg.cli.evaluate",
    "query": "kg.cli.query",
    "plot": "kg.cli.plot",
}


class _Commands(UserDict[str, Any]):
    """The commands by name. One that nobody has asked for is only its module's name, so the others take no time."""

    def __getitem__(self, name: str) -> Any:
        if isinstance(self.data[name], str):
            self.data[name] = _made(name, import_module(self.data[name]))
        return self.data[name]


class _Group(TyperGroup):
    """`kg` itself."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = _Commands(_COMMANDS)


def _made(name: str, module: Any) -> Any:
    """The command, or the group of commands, of a module as typer has it."""
    alone = typer.Typer(rich_markup_mode=None)
    if hasattr(module, "app"):
        alone.add_typer(module.app, name=name, epilog=example(module.EXAMPLE))
    else:
        alone.command(name, epilog=example(module.EXAMPLE))(module.command)
    return typer.main.get_group(alone).commands[name]


app = typer.Typer(
    cls=_Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: half the time, and square brackets stay what they are
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=example("kg ingest report.txt && kg show Russia"),
)


def main() -> None:
    """Run the program; an error of ours is one line, and exit status 1."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more are no faster for our matrices; `--workers` are
    gc.freeze()  # what is imported stays, so the collector of garbage need not look through it
    _write_utf8(sys.stdout)
    _write_utf8(sys.stderr)
    try:
        sys.exit(app(prog_name="kg", standalone_mode=False))
    except _UsageError as error:  # told as typer does, but cleaned: a file's name may be all that was typed
        told = io.StringIO()
        error.show(told)
        sys.stderr.write(clean(told.getvalue()))
        sys.exit(error.exit_code)
    except typer.Abort:
        warn("aborted")
        sys.exit(1)
    except KgError as error:
        warn(f"error: {error}")
        sys.exit(1)
    except OSError as error:  # of standard input or output; a file's is told where the file is used
        warn(f"error: reading or writing failed: {error.strerror or error}")
        sys.exit(1)
    finally:
        gc.freeze()  # the system takes back what is left; that garbage is looked for at the end is a tenth of a query


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        say(f"kg {version(DISTRIBUTION)}")
        raise typer.Exit


VersionOption = Annotated[
    bool, typer.Option("--version", help="Print the version and leave.", is_eager=True, callback=_print_version)
]


@app.callback()
def _about(version: VersionOption = False) -> None:
    """Read news articles into a graph of who did what to whom, when, where and on whose word.

    Exit status: 0 done, 1 an error, 2 a wrong command line, 3 some of the input was skipped, 130 interrupted.
    """


def _write_utf8(stream: TextIO) -> None:
    """Whatever the locale: news text and names of files are never a reason to fail."""
    if reconfigure := getattr(stream, "reconfigure", None):
        reconfigure(encoding="utf-8", errors="backslashreplace")
