"""Follow-up questions, run: each can be asked, weak answers are challenged, nothing is told."""

from itertools import chain

import pytest

from designs.attempt_document import ReferenceDocument
from designs.inspections import inspect
from designs.stage import STAGES
from workbench.content import shipped_content
from workbench.interview.follow_ups import FollowUps
from workbench.interview.rules import Work, fits
from workbench.interview.voice import secret_of, tells
from workbench.interview.witness import firing_work, silent_work

CONTENT = shipped_content()
SLUGS = sorted(CONTENT.packs)


def asked_about(slug: str, document: ReferenceDocument) -> list[str]:
    found = inspect(document.design, CONTENT.palette)
    work = Work(
        answers=document.answers,
        design=document.design,
        found=frozenset(one.code for one in found),
    )
    return [one.id for one in questions(slug).questions if fits(one.when, one.stage, work)]


def questions(slug: str) -> FollowUps:
    found = CONTENT.follow_ups(slug)
    assert found is not None
    return found


@pytest.mark.parametrize("slug", SLUGS)
def test_every_prompt_has_questions_in_every_stage(slug: str) -> None:
    follow_ups = questions(slug)
    assert 12 <= len(follow_ups.questions) <= 20
    assert {one.stage for one in follow_ups.questions} == set(STAGES)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_question_is_called_for_by_some_work_and_not_by_other(slug: str) -> None:
    pack = CONTENT.packs[slug]
    for one in questions(slug).questions:
        called = firing_work(one.when, one.stage, pack, CONTENT.palette)
        assert called is not None, one.id
        assert fits(one.when, one.stage, called)
        silent = silent_work(one.when, one.stage, pack, CONTENT.palette)
        assert silent is not None, one.id
        assert not fits(one.when, one.stage, silent)


@pytest.mark.parametrize("slug", SLUGS)
def test_flawed_designs_are_challenged_and_the_exemplar_is_not(slug: str) -> None:
    """A question about a strong answer would rest on a premise that is false."""
    pack = CONTENT.packs[slug]
    assert asked_about(slug, pack.exemplar) == []
    for name, document in pack.flawed.items():
        assert len(asked_about(slug, document)) >= 4, name


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_that_is_said_repeats_the_exemplar(slug: str) -> None:
    pack, follow_ups = CONTENT.packs[slug], questions(slug)
    secret = secret_of(pack.prompt, pack.exemplar)
    every = (*follow_ups.questions, follow_ups.change)
    spoken = chain.from_iterable((one.wording, *(p.wording for p in one.probes)) for one in every)
    assert [text for text in spoken if tells(text, secret)] == []
    assert tells(pack.exemplar.answers[STAGES[0]], secret)  # the check can fail


VAGUE = "We would take what there is, look at it for a while and then do what seems right to us."


@pytest.mark.parametrize("slug", SLUGS)
def test_a_vague_answer_is_asked_about_in_every_stage(slug: str) -> None:
    work = Work(answers=dict.fromkeys(STAGES, VAGUE))
    asked = {one.stage for one in questions(slug).questions if fits(one.when, one.stage, work)}
    assert asked == set(STAGES)
