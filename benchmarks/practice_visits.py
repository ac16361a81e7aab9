"""What is measured of the practice page: a way to open it, and something to do there again."""

import json
from abc import ABC, abstractmethod
from contextlib import closing

from streamlit.proto.Element_pb2 import Element

from benchmarks.streamlit_server import StreamlitServer
from benchmarks.websocket_client import BrowserTab
from designs.library import PROMPTS
from designs.stage import StageId
from workbench.exchange import import_attempt
from workbench.settings import Settings
from workbench.store import DRAWING, Revision
from workbench.workbench import open_workbench

PROMPT = "fraud-detection"
STAGE = StageId.DATA
_TABLES = "Tables"
"""The way to draw whose edits are measured; the page opens with the canvas."""
EDITOR = "dryrun_answer_editor"
"""The component in which an answer is written."""


class Visit(ABC):
    """One tab, and one kind of rerun in it."""

    label: str

    def __init__(self, server: StreamlitServer, page: str = "", query: str = "") -> None:
        self._server = server
        self._tab = BrowserTab(server.host, page, query)
        self._tab.rerun()
        self._check()

    def close(self) -> None:
        """Close the tab."""
        self._tab.close()

    @abstractmethod
    def act(self) -> None:
        """Do what is measured, once; return when the server says that it is done."""

    @abstractmethod
    def verify(self) -> None:
        """Show that the work was done, after the last time.

        Raises:
            RuntimeError: If it was not.
        """

    def _check(self) -> None:
        errors = self._tab.errors()
        if errors:
            raise RuntimeError(f"the page says: {errors[0]}")


class OneLine(Visit):
    """A page with one line of text."""

    label = "one `st.write`"

    def act(self) -> None:
        """Run the page."""
        self._tab.rerun()

    def verify(self) -> None:
        """Find the line."""
        self._tab.find(lambda element: element.markdown.body == "One line")


class PracticeVisit(Visit):
    """A page about an imported exemplar, the practice page at one place unless said otherwise."""

    def __init__(self, server: StreamlitServer, place: str, page: str = "practice") -> None:
        self._attempt = import_exemplar(server)
        super().__init__(server, page, f"attempt={self._attempt}&stage={place}")

    def _revisions(self, part: str) -> tuple[Revision, ...]:
        workbench = open_workbench(Settings(data_dir=self._server.data_dir))
        with closing(workbench.desk.store) as store:
            return store.revisions(workbench.desk.owner, self._attempt, part)


class StagePage(PracticeVisit):
    """The whole page of a stage."""

    label = "a stage page"

    def __init__(self, server: StreamlitServer) -> None:
        super().__init__(server, STAGE)

    def act(self) -> None:
        """Run the page."""
        self._tab.rerun()

    def verify(self) -> None:
        """Find the answer editor."""
        self._check()
        self._tab.find(lambda element: element.bidi_component.component_name == EDITOR)


class Autosave(PracticeVisit):
    """The answer editor sends its draft, which is saved, and the page reruns."""

    label = "an autosave"

    def __init__(self, server: StreamlitServer) -> None:
        super().__init__(server, STAGE)
        element, self._fragment = self._tab.find(
            lambda element: element.bidi_component.component_name == EDITOR
        )
        self._widget = element.bidi_component.id
        data = json.loads(element.bidi_component.json)
        self._text, self._revision = data["text"], data["revision"]
        self._sent: list[str] = [self._text]

    def act(self) -> None:
        """Send the whole answer with a few words more, as a pause in typing does."""
        number = len(self._sent)
        draft = {
            "text": f"{self._text}\n\nWords typed before pause {number}.",
            "parent": self._revision,
            "client": "benchmark",
            "seq": f"benchmark:{number}",
        }
        self._sent.append(draft["text"])
        self._tab.set_json(self._widget, {"draft": draft})
        self._tab.rerun(self._fragment)
        self._revision = self._receipt(draft["seq"])

    def _receipt(self, seq: str) -> int:
        element, _ = self._tab.find(lambda element: element.bidi_component.id == self._widget)
        receipt = json.loads(element.bidi_component.json)["receipt"]
        if not receipt or receipt["seq"] != seq or receipt["error"]:
            raise RuntimeError(f"the draft was not saved: {receipt}")
        return int(receipt["revision"])

    def verify(self) -> None:
        """Find every draft in the store, in the order of sending."""
        if [one.body for one in self._revisions(STAGE.value)] != self._sent:
            raise RuntimeError("the store does not hold the drafts that were sent")


class DrawingPage(PracticeVisit):
    """The whole page of the drawing, which has not changed."""

    label = "the drawing page"

    def __init__(self, server: StreamlitServer) -> None:
        super().__init__(server, "drawing")

    def act(self) -> None:
        """Run the page."""
        self._tab.rerun()

    def verify(self) -> None:
        """Find the diagram."""
        self._check()
        self._tab.find(lambda element: bool(element.imgs.imgs))


class DrawingEdit(PracticeVisit):
    """A cell of the table of nodes changes: it is saved, and the diagram is drawn anew."""

    label = "an edit of the drawing"

    def __init__(self, server: StreamlitServer) -> None:
        super().__init__(server, "drawing")
        way, _ = self._tab.find(lambda element: _TABLES in _options(element))
        self._tab.set_choice(way.button_group.id, _TABLES)
        self._tab.rerun()
        element, self._fragment = self._tab.find(lambda element: bool(element.dataframe.id))
        self._widget = element.dataframe.id
        self._edits = 0

    def act(self) -> None:
        """Change the label of the first node."""
        self._edits += 1
        cell = {"label": f"Version {self._edits}"}
        edit = {"edited_rows": {"0": cell}, "added_rows": [], "deleted_rows": []}
        self._tab.set_text(self._widget, json.dumps(edit))
        self._tab.rerun(self._fragment)
        self._check()

    def verify(self) -> None:
        """Find every edit in the store."""
        bodies = [one.body for one in self._revisions(DRAWING)][1:]
        if len(bodies) != self._edits or f"Version {self._edits}" not in bodies[-1]:
            raise RuntimeError("the store does not hold the edits that were made")


def _options(element: Element) -> list[str]:
    return [one.content for one in element.button_group.options]


def import_exemplar(server: StreamlitServer) -> str:
    """Import the exemplar into the data folder of a server and return the attempt's id."""
    workbench = open_workbench(Settings(data_dir=server.data_dir))
    with closing(workbench.desk.store):
        raw = (PROMPTS / PROMPT / "exemplar.yaml").read_bytes()
        return import_attempt(workbench.desk, raw, "the exemplar")
