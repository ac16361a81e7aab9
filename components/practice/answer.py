"""The answer of one stage: editor, receipts and what to do when two tabs disagree."""

from components import state
from components.practice.saved_text import SavedText, saved_text
from designs.stage import StageId
from workbench.practice import PracticeView
from workbench.store import Revision


def answer_area(view: PracticeView, stage: StageId) -> None:
    """Show the editor of a stage.

    Not a fragment: Streamlit's page sends what changed in one tick as one message, and a button
    pressed in the tick in which the editor is left would run the editor's fragment and nothing
    else (docs/adr/0005).
    """
    attempt_id = view.attempt_id

    def save(text: str, parent: int, client: str) -> Revision:
        practice = state.the_workbench().practice
        return practice.save_answer(attempt_id, stage, text, parent, client)

    saved_text(
        SavedText(
            attempt_id=attempt_id,
            part=stage.value,
            label=f"Your answer: {stage.title}",
            readonly=view.submitted,
            save=save,
        ),
        view.answers[stage],
    )
