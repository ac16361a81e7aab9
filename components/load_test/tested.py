"""What a page tests: one design under one prompt, and how that is named."""

from designs.content_hash import record_hash
from designs.drawing import Design
from designs.prompt import Prompt
from designs.record import Record


class Tested(Record):
    """A design that is chosen on the page of an attempt."""

    attempt_id: str
    prompt: Prompt
    design: Design

    def key(self, what: str) -> str:
        """Return the name of a result about this design."""
        return f"{what}:{self.prompt.id}:{record_hash(self.design)}"

    def place(self, what: str) -> str:
        """Return where on the attempt's page a result is waited for."""
        return f"{self.attempt_id}:{what}"
