"""Both judgements of a stage, criterion by criterion, beside the answer they cite."""

import streamlit as st

from components.review.interview import interview_review
from components.review.markup import MISTAKE, Highlight, show_answer
from components.scrolling import in_sight
from designs.inspections import INSPECTIONS
from designs.stage import StageId
from rubrics.assessment import (
    AgainstEvidence,
    AnswerEvidence,
    DoubtfulAnswer,
    DrawingEvidence,
    Evidence,
    LoadTestEvidence,
    Scored,
    StatedMistake,
)
from workbench.reports.report import drawn_words, load_test_line
from workbench.review import ReviewView, Verdict

_LEVEL_TEXT = {"missing": "Missing", "named": "Named", "reasoned": "Reasoned"}
_LEVEL_ICON = {
    "missing": ":material/close:",
    "named": ":material/remove:",
    "reasoned": ":material/check:",
}
_LEVEL_COLOUR = {"missing": "red", "named": "orange", "reasoned": "green"}


def stage_review(view: ReviewView, stage: StageId) -> None:
    """Show one stage: answer, exemplar on request, verdicts."""
    verdicts = view.verdicts(stage)
    highlights = _highlights(view, stage)
    st.markdown(f"**{view.prompt.stage(stage).question}**")
    with_exemplar = st.toggle("Show the exemplar beside it", key=f"exemplar-{stage}")
    if with_exemplar:
        yours, theirs = st.columns(2, gap="large")
        with yours:
            st.subheader("Your answer", anchor=False)
            show_answer(view.submission.answers[stage], highlights)
        with theirs:
            st.subheader("Exemplar", anchor=False)
            st.caption("One staff-level answer, not the only one.")
            show_answer(view.exemplar.answers[stage], ())
        _good_looks_like(view, stage)
        interview_review(view, stage)
        _held_against(view, stage)
        _list(verdicts)
        return
    answer, judged = st.columns([5, 6], gap="large")
    with answer, in_sight("answer"):
        st.subheader("Your answer", anchor=False)
        st.caption(
            "The small numbers lead to the criteria that cite the sentence; ! marks what is held "
            "against the answer."
        )
        show_answer(view.submission.answers[stage], highlights)
        _good_looks_like(view, stage)
        interview_review(view, stage)
    with judged:
        _held_against(view, stage)
        _list(verdicts)


def _good_looks_like(view: ReviewView, stage: StageId) -> None:
    with st.expander("What good looks like here"):
        for line in view.prompt.stage(stage).good_looks_like:
            st.markdown(f"- {line}")


def _held_against(view: ReviewView, stage: StageId) -> None:
    """Show what an interviewer would stop the candidate over, before any criterion."""
    doubt = view.doubt(stage)
    _mistakes(view.mistakes(stage))
    if doubt is not None:
        _doubt(doubt)


def _doubt(doubt: DoubtfulAnswer) -> None:
    with st.container(border=True):
        st.badge("Reads as mistaken", color="red", icon=":material/warning:")
        st.markdown(
            "This answer reads like those that reviewers marked down for serious mistakes. "
            "The machine cannot say which rule is broken. Look at these sentences first:"
        )
        for one in doubt.evidence:
            _quote(one.quote)
        st.caption(
            "It limits the stage to 1.5 of 4. This is a guess from how the sentences read, and "
            "sound answers are taken for mistaken too: if an expert would sign every sentence, "
            "trust your own reading."
        )


def _mistakes(mistakes: tuple[StatedMistake, ...]) -> None:
    for one in mistakes:
        with st.container(border=True):
            serious = one.severity == "serious"
            st.badge(
                "Serious mistake" if serious else "Slip",
                color="red" if serious else "orange",
                icon=":material/warning:",
            )
            st.markdown(f"**{one.title}**")
            _quote(one.evidence.quote)
            st.markdown(f"**Why it matters.** {one.why}")
            st.markdown(f"**Instead.** {one.instead}")
    if sum(one.severity == "serious" for one in mistakes) > 0:
        st.caption(
            "One serious mistake in a stage limits it to 2.5 of 4, more limit it to 1.5. "
            "The machine can be wrong: read the sentence again before you believe it."
        )


def _list(verdicts: tuple[Verdict, ...]) -> None:
    st.subheader("Criteria", anchor=False)
    for number, verdict in enumerate(verdicts, 1):
        _verdict(number, verdict)


def _verdict(number: int, verdict: Verdict) -> None:
    criterion, machine = verdict.criterion, verdict.machine
    with st.container(border=True):
        st.markdown(f"**{number} · {criterion.title}**")
        with st.container(horizontal=True):
            if machine is None:
                st.badge("Machine: not judged", color="gray", icon=":material/help:")
            else:
                _level("Score", machine)
            if verdict.self_review is not None:
                _level("You", verdict.self_review)
                _gap(verdict)
            if machine is not None and machine.unsure:
                st.badge(
                    "close call",
                    color="gray",
                    icon=":material/balance:",
                    help="Near the boundary between two levels: trust your own reading more here.",
                )
        if machine is not None:
            _explanation(machine)
            if machine.value < 1:
                _what_to_do(verdict)
        with st.expander("What the levels mean"):
            for level in criterion.levels:
                st.markdown(f"**{_LEVEL_TEXT[level.id]}** — {level.descriptor}")


def _level(who: str, result: Scored) -> None:
    st.badge(
        f"{who}: {_LEVEL_TEXT[result.level_id]}",
        color=_LEVEL_COLOUR[result.level_id],  # type: ignore[arg-type]
        icon=_LEVEL_ICON[result.level_id],
    )


def _gap(verdict: Verdict) -> None:
    gap = verdict.gap
    if gap:
        word = "above" if gap > 0 else "below"
        st.badge(f"you are {abs(gap):.1f} {word} the score", color="violet")


def _explanation(machine: Scored) -> None:
    for evidence in machine.evidence:
        _evidence(evidence)
    for one in machine.against:
        _against(one)
    for remark in machine.remarks:
        st.caption(remark)


def _evidence(evidence: Evidence) -> None:
    if isinstance(evidence, AnswerEvidence):
        _quote(evidence.quote)
    elif isinstance(evidence, DrawingEvidence):
        nodes = (" → " if evidence.is_path else ", ").join(evidence.node_ids)
        st.caption(f"{drawn_words(evidence.shows)}: {nodes}")
    else:
        _load_test("supports", evidence)


def _against(evidence: AgainstEvidence) -> None:
    if isinstance(evidence, AnswerEvidence):
        st.caption("This sentence speaks against it:")
        _quote(evidence.quote)
        return
    if isinstance(evidence, LoadTestEvidence):
        _load_test("speaks against", evidence)
        return
    rule = INSPECTIONS.get(evidence.code)
    st.caption(f"Your drawing speaks against it ({evidence.code}):")
    st.text(evidence.message)  # it names nodes by the learner's labels
    if rule:
        st.caption(rule.mend)


def _load_test(does: str, row: LoadTestEvidence) -> None:
    line = load_test_line(row)
    st.caption(f"The load test of your drawing {does} it ({line.basis}):")
    st.text(f"{line.verdict}: {line.objective} {line.reason}")  # names nodes by labels


def _quote(text: str) -> None:
    # st.text shows the learner's words as they are: no Markdown, no HTML.
    st.text(f"“{text}”")


def _what_to_do(verdict: Verdict) -> None:
    machine, criterion = verdict.machine, verdict.criterion
    if machine is not None and machine.missing:
        st.markdown("Not found: " + "; ".join(machine.missing) + ".")
    st.markdown(f"**Why it matters.** {criterion.why}")
    st.markdown(f"**Next.** {criterion.next_action}")


def _highlights(view: ReviewView, stage: StageId) -> list[Highlight]:
    doubt = view.doubt(stage)
    spans = [one.evidence for one in view.mistakes(stage)] + list(doubt.evidence if doubt else ())
    found = [Highlight(start=one.start, end=one.end, number=MISTAKE, against=True) for one in spans]
    for number, verdict in enumerate(view.verdicts(stage), 1):
        if verdict.machine is None:
            continue
        cited: list[tuple[Evidence | AgainstEvidence, bool]] = [
            *((one, False) for one in verdict.machine.evidence),
            *((one, True) for one in verdict.machine.against),
        ]
        found += [
            Highlight(start=one.start, end=one.end, number=number, against=against)
            for one, against in cited
            if isinstance(one, AnswerEvidence) and one.stage == stage
        ]
    return found
