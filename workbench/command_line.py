"""The command line: prompts, score, diagram, report, lint and the rest.

Exit status 0 is done, 1 is problems found (lint), 2 is bad input with one clear line on standard
error. A traceback never reaches the terminal.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from designs.exporters import EXPORTERS, RenderError
from designs.importers import IMPORTERS
from designs.problem import ContentError
from labs.load_test.refusal import LoadTestError
from workbench.commands import (
    BAD_INPUT,
    DONE,
    run_arguments,
    run_calibrate,
    run_diagram,
    run_doctor,
    run_import_diagram,
    run_inspect,
    run_inspections,
    run_kinds,
    run_lint,
    run_load_test,
    run_prompts,
    run_report,
    run_schemas,
    run_score,
)
from workbench.content import UnknownPromptError
from workbench.store import StoreError
from workbench.terminal import BadInputError, complain, drop_output, in_short, speak_utf8

REPORT_FORMATS = ("html", "markdown", "json")
"""The ids in `workbench.reports.FORMATS`, spelt out: what writes a report is large to import."""
_READABLE = f"{', '.join(one.label for one in IMPORTERS.values())}; - is standard input"


def main(argv: Sequence[str]) -> int:
    """Run one command.

    Args:
        argv: The words after ``python -m workbench``.

    Returns:
        The exit status.
    """
    speak_utf8()
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:  # argparse has printed its line already
        return BAD_INPUT if stop.code else DONE
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        status = run(arguments)
        sys.stdout.flush()
        return status
    except ContentError as error:
        complain(in_short(error))
    except (BadInputError, LoadTestError, StoreError, UnknownPromptError, RenderError) as error:
        complain(str(error))
    except BrokenPipeError:
        drop_output()  # the reader has seen enough, as `head` has; nothing to say to it
        return DONE
    except KeyboardInterrupt:
        complain("stopped")
    except OSError as error:
        drop_output()
        complain(f"{error.filename or 'output'}: {error.strerror or 'cannot be written'}")
    except Exception as error:  # noqa: BLE001 - the last resort of a command
        complain(f"internal error ({type(error).__name__}); please report the command you ran")
    return BAD_INPUT


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line; the usage is a question of --help."""

    def error(self, message: str) -> NoReturn:
        """See `argparse.ArgumentParser.error`."""
        complain(f"{self.prog}: {message}; --help tells more")
        raise SystemExit(BAD_INPUT)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m workbench", description="Dryrun, the ML system design practice workbench."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> Any:
        one = commands.add_parser(name, help=text, description=text)
        one.set_defaults(run=run)
        return one

    prompts = command("prompts", run_prompts, "List the prompts.")
    prompts.add_argument("--format", choices=("text", "json"), default="text")
    kinds = command("kinds", run_kinds, "List the node kinds of the palette.")
    kinds.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    score = command("score", run_score, "Grade attempt documents offline.")
    score.add_argument("files", nargs="+", metavar="FILE", help="YAML or JSON; - is standard input")
    score.add_argument("--format", choices=("text", "json"), default="text")
    inspecting = command("inspect", run_inspect, "List the design smells of a drawing.")
    inspecting.add_argument("file", metavar="FILE", help="YAML or JSON; - is standard input")
    inspecting.add_argument("--format", choices=("text", "json"), default="text")
    catalogue = command("inspections", run_inspections, "List all inspections with why and how.")
    catalogue.add_argument("--format", choices=("markdown", "json"), default="markdown")
    testing = command("load-test", run_load_test, "Run a drawing under its prompt's traffic.")
    testing.add_argument("file", metavar="FILE", help="YAML or JSON; - is standard input")
    testing.add_argument("--seed", type=int, default=0, metavar="N", help="the luck of the run")
    testing.add_argument("--requests", type=int, metavar="N", help="1,000 to 1,000,000")
    testing.add_argument("--scenario", default="peak", metavar="NAME", help="default: peak")
    testing.add_argument("--format", choices=("text", "json"), default="text")
    diagram = command("diagram", run_diagram, "Export the drawing of an attempt document.")
    diagram.add_argument("file", metavar="FILE")
    diagram.add_argument("--to", choices=tuple(EXPORTERS), required=True)
    diagram.add_argument(
        "--collapse", metavar="ZONES", help="zones to draw as one node each, such as offline,human"
    )
    diagram.add_argument(
        "--no-critical-path", action="store_true", help="do not point out the critical path"
    )
    diagram.add_argument("--no-legend", action="store_true", help="leave the legend out")
    _add_output(diagram)
    importing = command("import-diagram", run_import_diagram, "Read a drawing of another tool.")
    importing.add_argument("file", metavar="FILE", help=_READABLE)
    _add_output(importing)
    report = command("report", run_report, "Write the report of an attempt document.")
    report.add_argument("file", metavar="FILE")
    report.add_argument("--to", choices=REPORT_FORMATS, required=True)
    _add_output(report)
    lint = command("lint", run_lint, "Report every problem of the content.")
    lint.add_argument("path", nargs="?", type=Path, help="a content file or folder; default: all")
    lint.add_argument("--format", choices=("text", "json"), default="text")
    schemas = command("schemas", run_schemas, "Write the JSON Schemas for editors.")
    schemas.add_argument("folder", nargs="?", type=Path, default=Path("docs/schemas"))
    schemas.add_argument("--check", action="store_true", help="only say whether they are current")
    doctor = command("doctor", run_doctor, "Say where work is kept and whether the store is well.")
    doctor.add_argument("--format", choices=("text", "json"), default="text")
    calibrating = command(
        "calibrate", run_calibrate, "Compare the offline grader with gold labels."
    )
    calibrating.add_argument("--format", choices=("text", "json"), default="text")
    calibrating.add_argument("--write", type=Path, metavar="PAGE", help="a Markdown page to fill")
    calibrating.add_argument("--grader", choices=("offline", "llm"), default="offline")
    calibrating.add_argument(
        "--limit", type=_at_least_one, metavar="N", help="with llm: so many answers; default: all"
    )
    arguing = command(
        "arguments", run_arguments, "Count whom learners believe where two graders disagree."
    )
    arguing.add_argument("files", nargs="+", metavar="FILE", help="exported sessions")
    arguing.add_argument("--format", choices=("text", "json"), default="text")
    return parser


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="- is standard output")


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("has to be 1 or more")
    return number
