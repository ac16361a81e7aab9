"""The self-review: rate oneself, stage by stage, and point at the sentence that shows it."""

import re

import streamlit as st

from components.boundary import reported
from components.review.markup import show_answer
from components.scrolling import in_sight, scroll_to_top_of
from components.state import the_workbench
from designs.attempt_document import SelfRating
from designs.stage import STAGES, StageId
from rubrics.criterion import Criterion
from workbench.review import ReviewView

_LEVELS = {"missing": "Missing", "named": "Named", "reasoned": "Reasoned"}
_NOTHING = "— point at a sentence —"
_THE_DRAWING = "The drawing shows it"
_SENTENCE = re.compile(r"[^\s].*?(?:[.!?](?=\s|$)|(?=\n)|$)", re.DOTALL)


def sentences_of(text: str) -> tuple[str, ...]:
    """Split an answer into the verbatim pieces that can be pointed at."""
    pieces = (line.strip() for part in text.splitlines() for line in _SENTENCE.findall(part))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def self_review(view: ReviewView) -> None:
    """Show the stage that is to be rated next, or the end of the self-review."""
    rated = {rating.criterion_id for rating in view.self_ratings}
    left = [s for s in STAGES if any(c.id not in rated for c in view.rubric.stage(s))]
    st.header("First, judge yourself", anchor=False)
    st.markdown(
        "Rate each criterion and point at the sentence that shows it. A claim without a sentence "
        "counts as missing. Afterwards the score appears beside yours: the gap is what you learn "
        "from, so rate before you look."
    )
    done = len(STAGES) - len(left)
    st.progress(done / len(STAGES), text=f"{done} of {len(STAGES)} stages rated")
    if left:
        _stage_form(view, left[0], last=len(left) == 1)
    else:
        st.success("All stages are rated.")
        st.button("Show the score", type="primary", on_click=_finish, args=(view.attempt_id,))
        return
    st.button(
        "Skip the self-review and show the score",
        type="tertiary",
        on_click=_skip,
        args=(view.attempt_id,),
    )


def _stage_form(view: ReviewView, stage: StageId, last: bool) -> None:
    st.markdown(f"### {stage.title}")
    answer, form = st.columns([5, 6], gap="large")
    scroll_to_top_of(f"{view.attempt_id}:self:{stage}")
    with answer, in_sight("answer"):
        st.caption("Your answer")
        show_answer(view.submission.answers[stage], ())
    with form, st.form(f"self-{stage}", border=False):
        for criterion in view.rubric.stage(stage):
            _criterion(view, criterion)
        st.form_submit_button(
            "Save and show the score" if last else "Save and go on",
            type="primary",
            on_click=_save,
            args=(view, stage, last),
        )


def _criterion(view: ReviewView, criterion: Criterion) -> None:
    with st.container(border=True):
        st.markdown(f"**{criterion.title}**")
        st.caption(criterion.question)
        st.radio(
            f"Level: {criterion.title}",
            list(_LEVELS),
            format_func=lambda level: _LEVELS[level],
            captions=[level.descriptor for level in criterion.levels],
            key=f"level-{criterion.id}",
            label_visibility="collapsed",
        )
        options = [_NOTHING, *sentences_of(view.submission.answers[criterion.stage])]
        if view.submission.design.nodes:
            options.append(_THE_DRAWING)
        st.selectbox(
            f"Sentence: {criterion.title}",
            options,
            key=f"quote-{criterion.id}",
            label_visibility="collapsed",
        )


@reported("save the self-review")
def _save(view: ReviewView, stage: StageId, last: bool) -> None:
    review = the_workbench().review
    review.rate_self(view.attempt_id, tuple(_rating(view, c) for c in view.rubric.stage(stage)))
    if last:
        review.finish_self_review(view.attempt_id)


def _rating(view: ReviewView, criterion: Criterion) -> SelfRating:
    picked = st.session_state.get(f"quote-{criterion.id}", _NOTHING)
    nodes: tuple[str, ...] = ()
    if picked == _THE_DRAWING:
        nodes = tuple(node.id for node in view.submission.design.nodes)
    return SelfRating(
        criterion_id=criterion.id,
        level_id=st.session_state.get(f"level-{criterion.id}", "missing"),
        quote="" if picked in (_NOTHING, _THE_DRAWING) else picked,
        node_ids=nodes,
    )


@reported("finish the self-review")
def _finish(attempt_id: str) -> None:
    the_workbench().review.finish_self_review(attempt_id)


@reported("skip the self-review")
def _skip(attempt_id: str) -> None:
    the_workbench().review.skip_self_review(attempt_id)
