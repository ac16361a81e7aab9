"""Small follow-up questions for tests of the interviewer."""

from typing import Any

from workbench.interview.follow_ups import FollowUps


def a_question(identity: str, stage: str = "data", **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": identity,
        "stage": stage,
        "priority": 3,
        "wording": f"What about {identity.replace('-', ' ')}, and who would notice it?",
        "why": "It is often forgotten.",
        "when": {"none_of": ["never said"]},
        "good_reaction": ["Names a person."],
        "probes": [
            {"unless": {"any_of": ["engineer"]}, "wording": "And who exactly would that be?"},
            {"unless": {"with_quantity": {"unit": "day"}}, "wording": "After how many days?"},
        ],
    }
    return made | more


def some_follow_ups(*questions: dict[str, Any]) -> FollowUps:
    """Return follow-ups of which the given ones come first; the rest never fit."""
    silent = {"all_of": [["no such words"]]}
    rest = [
        a_question(f"silent-{number}", stage="framing", when=silent)
        for number in range(max(0, 12 - len(questions)))
    ]
    change = a_question("the-change") | {"after": "model", "touches": ["data"]}
    for gone in ("stage", "priority", "when"):
        del change[gone]
    return FollowUps.model_validate(
        {
            "schema_version": 1,
            "prompt": "fraud-detection",
            "questions": [*questions, *rest],
            "change": change,
        }
    )
