"""Every shipped file loads, lints without a finding, and is as whole as it is said to be."""

from collections import Counter
from pathlib import Path

import pytest

from designs.attempt_document import ReferenceDocument
from designs.library import prompt_slugs, shipped_pack, shipped_palette
from designs.node_kind import NodeGroup
from designs.stage import BUDGET_CHOICES, STAGES, StageId, stage_budget_minutes
from rubrics.criterion import ConceptIndicator
from rubrics.library import shipped_rubric
from workbench.lint import lint_paths
from workbench.schemas import SCHEMAS, write_schemas

ROOT = Path(__file__).parents[2]
PROMPTS = prompt_slugs()


def test_the_prompts_that_the_readme_names_ship() -> None:
    named = {"content-moderation", "fraud-detection", "search-ranking", "video-recommendation"}
    assert set(PROMPTS) >= named


def test_the_linter_finds_nothing() -> None:
    assert [str(problem) for problem in lint_paths()] == []


@pytest.mark.parametrize("slug", PROMPTS)
def test_a_prompt_tells_little_and_knows_much(slug: str) -> None:
    prompt = shipped_pack(slug).prompt
    assert len(prompt.givens) == 3
    assert len(prompt.reveals) >= 8
    assert prompt.workload.peak_rps >= prompt.workload.mean_rps
    assert any(slo.measure == "latency" and slo.quantile == 0.99 for slo in prompt.slos)
    told = " ".join(given.text for given in prompt.givens)
    assert not [one.id for one in prompt.reveals if one.answer in told]


@pytest.mark.parametrize("slug", PROMPTS)
def test_every_number_has_a_source_or_is_called_an_assumption(slug: str) -> None:
    prompt = shipped_pack(slug).prompt
    listed = {source.id for source in prompt.sources}
    for entry in prompt.grounded():
        assert (entry.source in listed) != bool(entry.assumption), entry


@pytest.mark.parametrize("slug", PROMPTS)
def test_every_stage_asks_hints_and_says_what_good_is(slug: str) -> None:
    for brief in shipped_pack(slug).prompt.stages:
        assert 2 <= len(brief.hints) <= 4
        assert len(set(brief.hints)) == len(brief.hints)
        assert len(brief.good_looks_like) >= 2


@pytest.mark.parametrize("slug", PROMPTS)
def test_a_prompt_ships_an_exemplar_and_two_flawed_designs(slug: str) -> None:
    pack = shipped_pack(slug)
    assert len(pack.flawed) >= 2
    for document in (pack.exemplar, *pack.flawed.values()):
        assert all(document.answers[stage].strip() for stage in STAGES)
        assert len(document.design.nodes) >= 8
    assert all(len(document.faults) >= 3 for document in pack.flawed.values())


@pytest.mark.parametrize("slug", PROMPTS)
def test_the_exemplar_draws_a_way_for_the_request_and_one_for_the_labels(slug: str) -> None:
    design = shipped_pack(slug).exemplar.design
    palette = shipped_palette()
    groups = {getattr(palette.kind(node.kind), "group", None) for node in design.nodes}
    wanted = {NodeGroup.SERVING, NodeGroup.FEATURES, NodeGroup.TRAINING, NodeGroup.MONITORING}
    assert groups >= wanted
    assert any(edge.fallback for edge in design.edges)


@pytest.mark.parametrize("slug", PROMPTS)
@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_has_five_to_eight_criteria(slug: str, stage: StageId) -> None:
    criteria = shipped_rubric(slug).stage(stage)
    assert 5 <= len(criteria) <= 8
    own = [one for one in criteria if one.id.startswith(f"{stage}-")]
    assert len(own) == len(criteria)


@pytest.mark.parametrize("slug", PROMPTS)
def test_a_criterion_is_anchored_and_has_examples_of_every_kind(slug: str) -> None:
    for criterion in shipped_rubric(slug).criteria:
        assert [level.id for level in criterion.levels] == ["missing", "named", "reasoned"]
        for level in criterion.levels[1:]:
            assert 4 <= len(level.examples) <= 8
        assert 4 <= len(criterion.near_misses) <= 8
        assert 2 <= len(criterion.contradictions) <= 4
        concepts = [one for one in criterion.indicators if isinstance(one, ConceptIndicator)]
        assert 2 <= len(concepts) <= 4


def test_prompts_share_the_core_and_add_their_own() -> None:
    ids = {slug: {one.id for one in shipped_rubric(slug).criteria} for slug in PROMPTS}
    core = set.intersection(*ids.values())
    assert len(core) == 5 * len(STAGES)
    assert all(len(own - core) >= 7 for own in ids.values())


def test_no_sentence_of_an_exemplar_is_an_example_of_the_rubric() -> None:
    """The exemplar must reach the top by what it says, not by having been copied."""
    for slug in PROMPTS:
        whole = " ".join(" ".join(shipped_pack(slug).exemplar.answers.values()).split()).lower()
        copied = [
            example
            for criterion in shipped_rubric(slug).criteria
            for level in criterion.levels
            for example in level.examples
            if " ".join(example.lower().split()) in whole
        ]
        assert copied == []


def test_the_palette_fills_every_drawer() -> None:
    palette = shipped_palette()
    assert len(palette.kinds) >= 40
    assert set(Counter(kind.group for kind in palette.kinds)) == set(NodeGroup)
    listed = {source.id for source in palette.sources}
    for kind in palette.kinds:
        if kind.service_time is not None and kind.service_time.source is not None:
            assert kind.service_time.source in listed, kind.id
    labels = [kind.label for kind in palette.kinds]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("minutes", BUDGET_CHOICES)
def test_the_stages_use_up_the_session(minutes: int) -> None:
    assert sum(stage_budget_minutes(minutes, stage) for stage in STAGES) == minutes


def test_the_schemas_for_editors_are_current() -> None:
    folder = ROOT / "docs" / "schemas"
    assert write_schemas(folder, check=True) == ()
    assert {path.name for path in folder.iterdir()} == {f"{one}.schema.json" for one in SCHEMAS}


def test_shipped_files_are_valid_by_the_schemas_that_editors_use() -> None:
    import json

    import jsonschema

    from designs.strict_document import AUTHORED_LIMITS, parse_document

    def schema(name: str) -> jsonschema.Draft202012Validator:
        text = (ROOT / "docs" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
        return jsonschema.Draft202012Validator(json.loads(text))

    kinds = {
        "prompt.yaml": schema("prompt"),
        "node_kinds.yaml": schema("palette"),
        "follow-ups.yaml": schema("follow-ups"),
    }
    for path in (*ROOT.glob("designs/**/*.yaml"), *ROOT.glob("rubrics/content/**/*.yaml")):
        fallback = schema("rubric" if "rubrics" in path.parts else "reference")
        fallback = schema("mistakes") if "mistakes" in path.parts else fallback
        data = parse_document(path.read_bytes(), path.name, AUTHORED_LIMITS).data
        errors = [one.message for one in kinds.get(path.name, fallback).iter_errors(data)]
        assert errors == [], path


def test_faults_name_criteria_of_their_stage_first_of_all() -> None:
    for slug in PROMPTS:
        rubric = shipped_rubric(slug)
        for document in shipped_pack(slug).flawed.values():
            assert isinstance(document, ReferenceDocument)
            for fault in document.faults:
                stages = {getattr(rubric.criterion(one), "stage", None) for one in fault.criteria}
                assert None not in stages, fault.id
                assert fault.stage in stages, fault.id
