"""The command line: prompts, score, diagram, report, lint and the rest.

Exit status 0 is done, 1 is problems found (lint), 2 is bad input with one clear line on standard
error. A traceback never reaches the terminal.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from designs.attempt_document import AttemptDocument
from designs.drawing import DesignDocument
from designs.exporters import EXPORTERS, RenderError
from designs.importers import IMPORTERS, read_drawing
from designs.inspections import INSPECTIONS, inspect, inspections_page
from designs.problem import ContentError
from designs.strict_document import IMPORT_LIMITS
from labs.load_test.palette_page import palette_page
from labs.load_test.refusal import LoadTestError
from workbench import reports
from workbench.calibration import calibrate
from workbench.calibration.page import figures_markdown, write_block
from workbench.content import Content, UnknownPromptError, shipped_content
from workbench.documents import check_document, read_document
from workbench.inspecting import explained, inspected, inspection_text
from workbench.lint import lint_paths
from workbench.load_test_words import as_contract, load_test_text
from workbench.pictures import picture_options, read_zones
from workbench.schemas import write_schemas
from workbench.scoring import ScoredDocument, score_document
from workbench.settings import read_settings
from workbench.store import StoreError

DONE, PROBLEMS, BAD_INPUT = 0, 1, 2
_LONGEST_LINE = 1000
_READABLE = f"{', '.join(one.label for one in IMPORTERS.values())}; - is standard input"


class BadInputError(Exception):
    """What was asked cannot be done; the text is the one line that is printed."""


def main(argv: Sequence[str]) -> int:
    """Run one command.

    Args:
        argv: The words after ``python -m workbench``.

    Returns:
        The exit status.
    """
    _speak_utf8()
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
        _complain(_in_short(error))
    except (BadInputError, LoadTestError, StoreError, UnknownPromptError, RenderError) as error:
        _complain(str(error))
    except BrokenPipeError:
        _drop_output()  # the reader has seen enough, as `head` has; nothing to say to it
        return DONE
    except KeyboardInterrupt:
        _complain("stopped")
    except OSError as error:
        _drop_output()
        _complain(f"{error.filename or 'output'}: {error.strerror or 'cannot be written'}")
    except Exception as error:  # noqa: BLE001 - the last resort of a command
        _complain(f"internal error ({type(error).__name__}); please report the command you ran")
    return BAD_INPUT


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line; the usage is a question of --help."""

    def error(self, message: str) -> NoReturn:
        """See `argparse.ArgumentParser.error`."""
        _complain(f"{self.prog}: {message}; --help tells more")
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

    prompts = command("prompts", _prompts, "List the prompts.")
    prompts.add_argument("--format", choices=("text", "json"), default="text")
    kinds = command("kinds", _kinds, "List the node kinds of the palette.")
    kinds.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    score = command("score", _score, "Grade attempt documents offline.")
    score.add_argument("files", nargs="+", metavar="FILE", help="YAML or JSON; - is standard input")
    score.add_argument("--format", choices=("text", "json"), default="text")
    inspecting = command("inspect", _inspect, "List the design smells of a drawing.")
    inspecting.add_argument("file", metavar="FILE", help="YAML or JSON; - is standard input")
    inspecting.add_argument("--format", choices=("text", "json"), default="text")
    catalogue = command("inspections", _inspections, "List all inspections with why and how.")
    catalogue.add_argument("--format", choices=("markdown", "json"), default="markdown")
    testing = command("load-test", _load_test, "Run a drawing under its prompt's traffic.")
    testing.add_argument("file", metavar="FILE", help="YAML or JSON; - is standard input")
    testing.add_argument("--seed", type=int, default=0, metavar="N", help="the luck of the run")
    testing.add_argument("--requests", type=int, metavar="N", help="1,000 to 1,000,000")
    testing.add_argument("--scenario", default="peak", metavar="NAME", help="default: peak")
    testing.add_argument("--format", choices=("text", "json"), default="text")
    diagram = command("diagram", _diagram, "Export the drawing of an attempt document.")
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
    importing = command("import-diagram", _import_diagram, "Read a drawing of another tool.")
    importing.add_argument("file", metavar="FILE", help=_READABLE)
    _add_output(importing)
    report = command("report", _report, "Write the report of an attempt document.")
    report.add_argument("file", metavar="FILE")
    report.add_argument("--to", choices=tuple(reports.FORMATS), required=True)
    _add_output(report)
    lint = command("lint", _lint, "Report every problem of the content.")
    lint.add_argument("path", nargs="?", type=Path, help="a content file or folder; default: all")
    lint.add_argument("--format", choices=("text", "json"), default="text")
    schemas = command("schemas", _schemas, "Write the JSON Schemas for editors.")
    schemas.add_argument("folder", nargs="?", type=Path, default=Path("docs/schemas"))
    schemas.add_argument("--check", action="store_true", help="only say whether they are current")
    doctor = command("doctor", _doctor, "Say where work is kept and whether the store is well.")
    doctor.add_argument("--format", choices=("text", "json"), default="text")
    calibrating = command("calibrate", _calibrate, "Compare the offline grader with gold labels.")
    calibrating.add_argument("--format", choices=("text", "json"), default="text")
    calibrating.add_argument("--write", type=Path, metavar="PAGE", help="a Markdown page to fill")
    return parser


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="- is standard output")


def _calibrate(arguments: argparse.Namespace) -> int:
    found = calibrate(shipped_content())
    if arguments.write:
        write_block(arguments.write, figures_markdown(found), datetime.now(UTC))
    if arguments.format == "json":
        _say_json(found.model_dump(mode="json"))
    else:
        print(figures_markdown(found))
    return DONE


# --- commands --------------------------------------------------------------------------


def _prompts(arguments: argparse.Namespace) -> int:
    prompts = shipped_content().prompts
    if arguments.format == "json":
        fields = {"id", "title", "summary", "difficulty", "tags"}
        _say_json([prompt.model_dump(mode="json", include=fields) for prompt in prompts])
    else:
        width = max(len(prompt.id) for prompt in prompts)
        for prompt in prompts:
            print(f"{prompt.id:<{width}}  {prompt.title}")
    return DONE


def _kinds(arguments: argparse.Namespace) -> int:
    palette = shipped_content().palette
    kinds = palette.kinds
    if arguments.format == "json":
        _say_json([kind.model_dump(mode="json") for kind in kinds])
    elif arguments.format == "markdown":
        print(palette_page(palette), end="")
    else:
        width = max(len(kind.id) for kind in kinds)
        for kind in kinds:
            print(f"{kind.id:<{width}}  {kind.group:<10}  {kind.label}")
    return DONE


def _score(arguments: argparse.Namespace) -> int:
    content = shipped_content()
    documents = [(name, _document(name, content)) for name in arguments.files]
    for name, document in documents:
        scored = score_document(document, content)
        if arguments.format == "json":
            _say_json({"file": name, **scored.as_contract()}, indent=None)
        else:
            _say_score(name, scored)
    return DONE


def _say_score(name: str, scored: ScoredDocument) -> None:
    overall = scored.score
    print(f"{name}: {scored.prompt.title}")
    print(f"  overall {overall.score:.0f} of 100, {overall.band} ({overall.band.expectation})")
    for stage in overall.stages:
        print(f"  {stage.stage.title:<19} {stage.score:.2f} of 4  {stage.band}")
    for action in scored.next_actions:
        print(f"  next: {action.stage.title}: {action.title}. {action.action}")


def _diagram(arguments: argparse.Namespace) -> int:
    content = shipped_content()
    document = _document(arguments.file, content)
    title = content.prompt(document.prompt).title
    exporter = EXPORTERS[arguments.to]
    try:
        options = picture_options(
            document.design,
            content.palette,
            collapsed=read_zones(arguments.collapse, exporter),
            critical_path=not arguments.no_critical_path,
            legend=not arguments.no_legend,
        )
    except ValueError as error:
        raise BadInputError(f"--collapse: {error}") from None
    _write(arguments.output, exporter.export(document.design, content.palette, title, options))
    return DONE


def _inspect(arguments: argparse.Namespace) -> int:
    content = shipped_content()
    found = inspect(_document(arguments.file, content).design, content.palette)
    if arguments.format == "json":
        _say_json([inspected(one) for one in found])
    else:
        print(inspection_text(found))
    return DONE


def _inspections(arguments: argparse.Namespace) -> int:
    if arguments.format == "json":
        _say_json([explained(one) for one in INSPECTIONS.values()])
    else:
        print(inspections_page(), end="")
    return DONE


def _load_test(arguments: argparse.Namespace) -> int:
    from labs.load_test.lab import Setup  # its kernels take a moment to load
    from workbench.load_testing import LoadTesting

    content = shipped_content()
    document = _document(arguments.file, content)
    setup = Setup(scenario=arguments.scenario, seed=arguments.seed, requests=arguments.requests)
    report = LoadTesting(content).run(document.design, document.prompt, setup)
    if arguments.format == "json":
        _say_json(as_contract(report))
    else:
        print(load_test_text(report))
    return DONE


def _import_diagram(arguments: argparse.Namespace) -> int:
    shown = "standard input" if arguments.file == "-" else arguments.file
    read = read_drawing(_read(arguments.file), shown, shipped_content().palette)
    document = DesignDocument(title=read.title, design=read.design)
    _write(arguments.output, (document.model_dump_json(indent=2) + "\n").encode("utf-8"))
    for word, remarks in (("inferred", read.inferred), ("ignored", read.ignored)):
        for remark in remarks:
            _complain(f"{word}: {remark}")
    return DONE


def _report(arguments: argparse.Namespace) -> int:
    content = shipped_content()
    scored = score_document(_document(arguments.file, content), content)
    report = reports.build_report(
        reports.Judgements(
            prompt=scored.prompt,
            rubric=scored.rubric,
            submission=scored.submission,
            machine=scored.assessment,
        ),
        content.palette,
    )
    _write(arguments.output, reports.write_report(report, arguments.to))
    return DONE


def _lint(arguments: argparse.Namespace) -> int:
    problems = lint_paths(arguments.path)
    if arguments.format == "json":
        _say_json([problem.model_dump(mode="json") for problem in problems])
    else:
        for problem in problems:
            print(problem)
        errors = sum(problem.severity == "error" for problem in problems)
        print(f"{errors} errors, {len(problems) - errors} warnings")
    return PROBLEMS if any(problem.severity == "error" for problem in problems) else DONE


def _schemas(arguments: argparse.Namespace) -> int:
    stale = write_schemas(arguments.folder, check=arguments.check)
    for path in stale:
        print(f"{'stale' if arguments.check else 'written'}: {path.as_posix()}")
    return PROBLEMS if stale and arguments.check else DONE


def _doctor(arguments: argparse.Namespace) -> int:
    from workbench.doctor import examine

    facts = examine(read_settings())
    if arguments.format == "json":
        _say_json(facts.model_dump(mode="json"))
    else:
        for label, value in facts.lines():
            print(f"{label}: {value}")
    return DONE


# --- input and output ------------------------------------------------------------------


def _document(name: str, content: Content) -> AttemptDocument:
    shown = "standard input" if name == "-" else name
    document = read_document(_read(name), shown)
    check_document(document, shown, content)
    return document


def _read(name: str) -> bytes:
    limit = IMPORT_LIMITS.max_bytes + 1
    if name == "-":
        if sys.stdin is None:
            raise BadInputError("standard input: is closed")
        return sys.stdin.buffer.read(limit)
    try:
        with Path(name).open("rb") as file:
            return file.read(limit)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "is not a readable file"
        raise BadInputError(f"{name}: cannot be read: {reason}") from None


def _write(name: str, data: bytes) -> None:
    if name == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        Path(name).write_bytes(data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "is not a writable file"
        raise BadInputError(f"{name}: cannot be written: {reason}") from None


def _say_json(value: Any, indent: int | None = 2) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent))


def _in_short(error: ContentError) -> str:
    first, *rest = error.problems
    if not rest:
        return str(first)
    return f"{first} (and {len(rest)} more {'problem' if len(rest) == 1 else 'problems'})"


def _complain(text: str) -> None:
    """Print one line, whatever a file or its name put into it."""
    line = "".join(one if one.isprintable() else " " for one in text[:_LONGEST_LINE])
    print(line + ("..." if len(text) > _LONGEST_LINE else ""), file=sys.stderr)


def _drop_output() -> None:
    """Let the interpreter's last flush go nowhere, since it would fail and say so."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Windows consoles default to a code page that has no arrows and few languages."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
