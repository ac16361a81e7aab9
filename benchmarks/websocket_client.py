"""A browser tab as the server sees it: Streamlit's own messages over a websocket, no browser.

The messages are those that a Chromium sends: a rerun names query string, page, widget states, the
fragment if only that is meant, and the hashes of the elements that need not be sent again.
"""

import json
from collections.abc import Callable
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Subprotocol

_PATIENCE_S = 60.0
_AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN
_DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class BrowserTab:
    """One session on one page. Close it after use."""

    def __init__(self, host: str, page: str = "", query: str = "") -> None:
        """Connect; nothing runs before the first `rerun`.

        Args:
            host: Host and port of the server.
            page: The page's name in the address; empty for the first page.
            query: The address's query string.
        """
        self._socket = connect(
            f"ws://{host}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
        )
        self._page, self._query = page, query
        self._page_hash = ""
        self._states: dict[str, WidgetState] = {}
        self._kept: list[dict[str, ForwardMsg]] = [{}, {}]
        """Elements that may be referred to by their hash, of this run and of the one before."""
        self.deltas: list[Delta] = []
        """What the last rerun sent."""

    def close(self) -> None:
        """End the session."""
        self._socket.close()

    def rerun(self, fragment: str = "") -> None:
        """Run the page, or a fragment of it, and return when the server says that it is done."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self._query
        state.widget_states.widgets.extend(self._states.values())
        if self._page_hash:
            state.page_script_hash = self._page_hash
        else:
            state.page_name = self._page
        state.fragment_id = fragment
        state.cached_message_hashes.extend({key for kept in self._kept for key in kept})
        state.context_info.timezone = "UTC"
        state.context_info.locale = "en-US"
        state.context_info.color_scheme = "light"
        self._kept = [{}, self._kept[0]]
        self.deltas = []
        self._socket.send(message.SerializeToString())
        self._until_done()

    def set_json(self, widget_id: str, value: Any) -> None:
        """Set the state of a component, as its `setStateValue` does."""
        self._states[widget_id] = WidgetState(id=widget_id, json_value=json.dumps(value))

    def set_text(self, widget_id: str, value: str) -> None:
        """Set the state of a widget whose value is a string."""
        self._states[widget_id] = WidgetState(id=widget_id, string_value=value)

    def set_whole(self, widget_id: str, value: int) -> None:
        """Set the state of a field for whole numbers."""
        self._states[widget_id] = WidgetState(id=widget_id, int_value=value)

    def set_choice(self, widget_id: str, option: str) -> None:
        """Choose an option of a segmented control."""
        state = WidgetState(id=widget_id)
        state.string_array_value.data.append(option)
        self._states[widget_id] = state

    def find(self, wanted: Callable[[Element], bool]) -> tuple[Element, str]:
        """Return the first element of the last rerun that is wanted, and its fragment's id.

        Raises:
            LookupError: If there is none.
        """
        for delta in self.deltas:
            if delta.WhichOneof("type") == "new_element" and wanted(delta.new_element):
                return delta.new_element, delta.fragment_id
        raise LookupError("the page did not show what was to be measured")

    def errors(self) -> list[str]:
        """Return the error messages that the last rerun showed."""
        elements = [delta.new_element for delta in self.deltas]
        return [one.alert.body for one in elements if one.alert.format == one.alert.ERROR] + [
            one.exception.message for one in elements if one.WhichOneof("type") == "exception"
        ]

    def _until_done(self) -> None:
        while True:
            data = self._socket.recv(timeout=_PATIENCE_S)
            message = ForwardMsg()
            message.ParseFromString(data if isinstance(data, bytes) else data.encode())
            if self._take(message):
                return

    def _take(self, message: ForwardMsg) -> bool:
        """Note what a message says; True if the rerun is over."""
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            self._take_element(message.ref_hash, self._known(message.ref_hash))
        elif kind == "delta":
            self._take_element(message.hash if message.metadata.cacheable else "", message)
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_not_found":
            raise LookupError(f"there is no page {self._page!r}")
        elif kind == "script_finished" and message.script_finished != _AGAIN:
            if message.script_finished not in _DONE:
                raise RuntimeError("the page could not be run")
            return True
        return False

    def _take_element(self, key: str, message: ForwardMsg) -> None:
        self.deltas.append(message.delta)
        if key:
            self._kept[0][key] = message

    def _known(self, key: str) -> ForwardMsg:
        return next(kept[key] for kept in self._kept if key in kept)
