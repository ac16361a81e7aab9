"""What each command does, given its arguments; the status that it returns is the process's.

What only some commands need is imported where they need it: to list the prompts or the options is
a matter of a moment, and should be one.
"""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from designs.attempt_document import AttemptDocument
from workbench.content import Content, shipped_content
from workbench.documents import check_document, read_document
from workbench.settings import read_settings
from workbench.terminal import BadInputError, complain, read_bytes, say_json, write_bytes

if TYPE_CHECKING:
    from workbench.scoring import ScoredDocument

DONE, PROBLEMS, BAD_INPUT = 0, 1, 2


def run_calibrate(arguments: argparse.Namespace) -> int:
    """Compare a grader with the gold answers."""
    from workbench.calibration import calibrate
    from workbench.calibration.page import figures_markdown, write_block

    if arguments.grader == "llm":
        return _calibrate_llm(arguments)
    found = calibrate(shipped_content())
    if arguments.write:
        write_block(arguments.write, figures_markdown(found), datetime.now(UTC))
    if arguments.format == "json":
        say_json(found.model_dump(mode="json"))
    else:
        print(figures_markdown(found))
    return DONE


def _calibrate_llm(arguments: argparse.Namespace) -> int:
    from workbench.calibration.second_opinion import calibrate_llm, llm_markdown, set_endpoint
    from workbench.llm.network import SystemOutside

    if arguments.write:
        raise BadInputError("--write is for the offline grader; redirect the output instead")
    try:
        endpoint = set_endpoint(read_settings().llm)
    except ValueError as error:
        raise BadInputError(str(error)) from None
    found = calibrate_llm(shipped_content(), endpoint, SystemOutside(), arguments.limit)
    if arguments.format == "json":
        say_json(found.model_dump(mode="json"))
    else:
        print(llm_markdown(found))
    return DONE


def run_arguments(arguments: argparse.Namespace) -> int:
    """Count whom learners believe, over exported sessions."""
    from workbench.calibration.arguments import arguments_markdown, count_arguments

    content = shipped_content()
    counts = count_arguments(_document(name, content) for name in arguments.files)
    if arguments.format == "json":
        say_json([one.model_dump(mode="json") for one in counts])
    else:
        print(arguments_markdown(counts))
    return DONE


def run_prompts(arguments: argparse.Namespace) -> int:
    """List the prompts."""
    prompts = shipped_content().prompts
    if arguments.format == "json":
        fields = {"id", "title", "summary", "difficulty", "tags"}
        say_json([prompt.model_dump(mode="json", include=fields) for prompt in prompts])
    else:
        width = max(len(prompt.id) for prompt in prompts)
        for prompt in prompts:
            print(f"{prompt.id:<{width}}  {prompt.title}")
    return DONE


def run_kinds(arguments: argparse.Namespace) -> int:
    """List the palette."""
    palette = shipped_content().palette
    kinds = palette.kinds
    if arguments.format == "json":
        say_json([kind.model_dump(mode="json") for kind in kinds])
    elif arguments.format == "markdown":
        from labs.load_test.palette_page import palette_page

        print(palette_page(palette), end="")
    else:
        width = max(len(kind.id) for kind in kinds)
        for kind in kinds:
            print(f"{kind.id:<{width}}  {kind.group:<10}  {kind.label}")
    return DONE


def run_score(arguments: argparse.Namespace) -> int:
    """Grade documents offline."""
    from workbench.scoring import score_document

    content = shipped_content()
    documents = [(name, _document(name, content)) for name in arguments.files]
    for name, document in documents:
        scored = score_document(document, content)
        if arguments.format == "json":
            say_json({"file": name, **scored.as_contract()}, indent=None)
        else:
            _say_score(name, scored)
    return DONE


def _say_score(name: str, scored: "ScoredDocument") -> None:
    overall = scored.score
    print(f"{name}: {scored.prompt.title}")
    print(f"  overall {overall.score:.0f} of 100, {overall.band} ({overall.band.expectation})")
    for stage in overall.stages:
        print(f"  {stage.stage.title:<19} {stage.score:.2f} of 4  {stage.band}")
    for action in scored.next_actions:
        print(f"  next: {action.stage.title}: {action.title}. {action.action}")


def run_diagram(arguments: argparse.Namespace) -> int:
    """Export a drawing."""
    from designs.exporters import EXPORTERS
    from workbench.pictures import picture_options, read_zones

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
    write_bytes(arguments.output, exporter.export(document.design, content.palette, title, options))
    return DONE


def run_inspect(arguments: argparse.Namespace) -> int:
    """List the design smells of a drawing."""
    from designs.inspections import inspect
    from workbench.inspecting import inspected, inspection_text

    content = shipped_content()
    found = inspect(_document(arguments.file, content).design, content.palette)
    if arguments.format == "json":
        say_json([inspected(one) for one in found])
    else:
        print(inspection_text(found))
    return DONE


def run_inspections(arguments: argparse.Namespace) -> int:
    """List all inspections."""
    from designs.inspections import INSPECTIONS, inspections_page
    from workbench.inspecting import explained

    if arguments.format == "json":
        say_json([explained(one) for one in INSPECTIONS.values()])
    else:
        print(inspections_page(), end="")
    return DONE


def run_load_test(arguments: argparse.Namespace) -> int:
    """Run a drawing under traffic."""
    from labs.load_test.lab import Setup
    from workbench.load_test_words import as_contract, load_test_text
    from workbench.load_testing import LoadTesting

    content = shipped_content()
    document = _document(arguments.file, content)
    setup = Setup(scenario=arguments.scenario, seed=arguments.seed, requests=arguments.requests)
    report = LoadTesting(content).run(document.design, document.prompt, setup)
    if arguments.format == "json":
        say_json(as_contract(report))
    else:
        print(load_test_text(report))
    return DONE


def run_import_diagram(arguments: argparse.Namespace) -> int:
    """Read a drawing of another tool."""
    from designs.drawing import DesignDocument
    from designs.importers import read_drawing

    shown = "standard input" if arguments.file == "-" else arguments.file
    read = read_drawing(read_bytes(arguments.file), shown, shipped_content().palette)
    document = DesignDocument(title=read.title, design=read.design)
    write_bytes(arguments.output, (document.model_dump_json(indent=2) + "\n").encode("utf-8"))
    for word, remarks in (("inferred", read.inferred), ("ignored", read.ignored)):
        for remark in remarks:
            complain(f"{word}: {remark}")
    return DONE


def run_report(arguments: argparse.Namespace) -> int:
    """Write a report."""
    from workbench import reports
    from workbench.scoring import score_document

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
    write_bytes(arguments.output, reports.write_report(report, arguments.to))
    return DONE


def run_lint(arguments: argparse.Namespace) -> int:
    """Check the shipped content, or a path."""
    from workbench.lint import lint_paths

    problems = lint_paths(arguments.path)
    if arguments.format == "json":
        say_json([problem.model_dump(mode="json") for problem in problems])
    else:
        for problem in problems:
            print(problem)
        errors = sum(problem.severity == "error" for problem in problems)
        print(f"{errors} errors, {len(problems) - errors} warnings")
    return PROBLEMS if any(problem.severity == "error" for problem in problems) else DONE


def run_schemas(arguments: argparse.Namespace) -> int:
    """Write or check the JSON Schemas."""
    from workbench.schemas import write_schemas

    stale = write_schemas(arguments.folder, check=arguments.check)
    for path in stale:
        print(f"{'stale' if arguments.check else 'written'}: {path.as_posix()}")
    return PROBLEMS if stale and arguments.check else DONE


def run_doctor(arguments: argparse.Namespace) -> int:
    """Say what Dryrun runs on."""
    from workbench.doctor import examine

    facts = examine(read_settings())
    if arguments.format == "json":
        say_json(facts.model_dump(mode="json"))
    else:
        for label, value in facts.lines():
            print(f"{label}: {value}")
    return DONE


def _document(name: str, content: Content) -> AttemptDocument:
    shown = "standard input" if name == "-" else name
    document = read_document(read_bytes(name), shown)
    check_document(document, shown, content)
    return document
