"""The record of a prompt: what every prompt holds and what contradicts itself."""

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from designs.library import PROMPTS, load_pack, prompt_slugs, shipped_pack
from designs.prompt import Prompt
from designs.stage import STAGES, StageId

PROMPT: dict[str, Any] = shipped_pack("fraud-detection").prompt.model_dump(mode="json")


def _changed(**changes: Any) -> dict[str, Any]:
    return deepcopy(PROMPT) | changes


def _refused(data: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as refused:
        Prompt.model_validate(data)
    return " ".join(
        f"{'.'.join(map(str, one['loc']))} {one['msg']}" for one in refused.value.errors()
    )


def test_the_example_is_whole() -> None:
    assert Prompt.model_validate(PROMPT).id == "fraud-detection"


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("givens", 3, 3),
        ("reveals", 8, 16),
        ("scale_card", 5, 16),
        ("slos", 1, 6),
        ("stages", 7, 7),
        ("sources", 3, 30),
        ("tags", 1, 8),
    ],
)
def test_there_are_not_too_few_and_not_too_many(name: str, least: int, most: int) -> None:
    one = PROMPT[name][0]
    many = [
        one | {"id": f"entry-{n}"} if isinstance(one, dict) and name != "stages" else one
        for n in range(most + 1)
    ]
    if name != "stages":
        Prompt.model_validate(_changed(**{name: many[:least]}))
        Prompt.model_validate(_changed(**{name: many[:most]}))
    assert name in _refused(_changed(**{name: many[: least - 1]}))
    assert name in _refused(_changed(**{name: many}))


@pytest.mark.parametrize("name", ["givens", "reveals", "scale_card", "slos", "sources"])
def test_an_id_is_used_once(name: str) -> None:
    data = _changed()
    data[name][1 % len(data[name])]["id"] = data[name][0]["id"]
    if len(data[name]) == 1:
        data[name].append(data[name][0])
    assert f"{name}: id used twice: {data[name][0]['id']}" in _refused(data)


def test_the_stages_are_the_seven_in_order() -> None:
    data = _changed()
    data["stages"][0], data["stages"][1] = data["stages"][1], data["stages"][0]
    assert "stages must be the seven in order: framing, data, features" in _refused(data)
    data["stages"] = [data["stages"][1]] * 7
    assert "stages must be the seven in order" in _refused(data)


def test_the_peak_is_not_below_the_mean() -> None:
    workload = PROMPT["workload"] | {"mean_rps": 10, "peak_rps": 9}
    assert "peak_rps is below mean_rps" in _refused(_changed(workload=workload))
    Prompt.model_validate(_changed(workload=workload | {"peak_rps": 10}))


@pytest.mark.parametrize("place", ["reveals", "scale_card", "slos", "workload"])
@pytest.mark.parametrize(
    "ground",
    [{"source": None, "assumption": None}, {"source": "stripe-radar", "assumption": "A guess."}],
)
def test_every_number_names_a_source_or_an_assumption(place: str, ground: dict[str, Any]) -> None:
    data = _changed()
    entry = data[place] if place == "workload" else data[place][0]
    entry.update(ground)
    assert "give either a source or an assumption, not both and not neither" in _refused(data)


def test_a_quantile_is_a_share() -> None:
    for quantile, good in ((0.99, True), (None, True), (0, False), (1, False), (99, False)):
        data = _changed()
        data["slos"][0]["quantile"] = quantile
        if good:
            Prompt.model_validate(data)
        else:
            assert "slos.0.quantile" in _refused(data)


def test_a_part_is_found_by_its_id() -> None:
    prompt = Prompt.model_validate(PROMPT)
    assert [prompt.stage(stage).id for stage in STAGES] == list(STAGES)
    assert prompt.stage(StageId.MODEL) is prompt.stages[3]
    reveal = prompt.reveals[2]
    assert prompt.reveal(reveal.id) is reveal
    assert prompt.reveal(reveal.topic) is None


def test_what_needs_a_ground_is_listed() -> None:
    prompt = Prompt.model_validate(PROMPT)
    assert len(prompt.grounded()) == len(prompt.reveals) + len(prompt.scale_card) + 1 + len(
        prompt.slos
    )


def test_every_word_is_part_of_the_hash() -> None:
    plain = Prompt.model_validate(PROMPT).content_hash()
    assert plain == Prompt.model_validate(_changed()).content_hash()
    assert plain != Prompt.model_validate(_changed(title="Another title")).content_hash()


def test_a_folder_of_prompts_is_listed_by_its_prompt_files(tmp_path: Any) -> None:
    for name in ("b-prompt", "a-prompt", "empty"):
        (tmp_path / name).mkdir()
    for name in ("b-prompt", "a-prompt"):
        (tmp_path / name / "prompt.yaml").touch()
    (tmp_path / "prompt.yaml").touch()
    assert prompt_slugs(tmp_path) == ("a-prompt", "b-prompt")


def test_a_pack_holds_every_flawed_design_beside_the_prompt() -> None:
    pack = load_pack("fraud-detection")
    files = (PROMPTS / "fraud-detection").glob("flawed-*.yaml")
    assert sorted(pack.flawed) == sorted(path.stem for path in files)
    assert shipped_pack("fraud-detection") is shipped_pack("fraud-detection")
