"""The canvas of the drawing: palette, nodes, edges, tools and the form beside them."""

import re

from pages_frame import Frame
from playwright.sync_api import Locator, expect


class CanvasPage(Frame):
    """The canvas in one browser tab."""

    @property
    def canvas(self) -> Locator:
        return self.page.get_by_role("group", name="Canvas", exact=True)

    @property
    def status(self) -> Locator:
        return self.page.locator("[data-part=canvas-status]")

    @property
    def nodes(self) -> Locator:
        return self.canvas.locator(".react-flow__node")

    @property
    def edges(self) -> Locator:
        return self.canvas.locator(".react-flow__edge")

    def node(self, node_id: str) -> Locator:
        return self.canvas.locator(f'.react-flow__node[data-id="{node_id}"]')

    def kind(self, label: str) -> Locator:
        return self.canvas.get_by_role("button", name=f"Add {label}", exact=True)

    def tool(self, name: str) -> Locator:
        return self.canvas.get_by_role("toolbar").get_by_role("button", name=name, exact=True)

    def field(self, label: str) -> Locator:
        return self.canvas.get_by_label(label, exact=True)

    def expect_saved(self) -> None:
        expect(self.status).to_have_text([re.compile("Saved")])
        self.settle()

    def find_and_add(self, words: str) -> None:
        """Search the palette and take the first hit, without the mouse."""
        search = self.canvas.get_by_role("searchbox", name="Search the palette")
        search.focus()
        search.fill(words)
        search.press("Enter")
        search.fill("")
        self.expect_saved()

    def select(self, node_id: str) -> None:
        """Select a node with the keyboard."""
        self.node(node_id).focus()
        self.page.keyboard.press("Enter")
        expect(self.field("Label")).to_be_visible()

    def drag_edge(self, source: str, target: str) -> None:
        """Draw an edge with the mouse, from handle to handle."""
        start = self.node(source).locator("[data-handleid=out]").bounding_box()
        end = self.node(target).locator("[data-handleid=in]").bounding_box()
        assert start is not None
        assert end is not None
        mouse = self.page.mouse
        mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(end["x"] + 20, end["y"] + 20, steps=6)
        mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=4)
        mouse.up()
        self.expect_saved()

    def drag_node(self, node_id: str, dx: float, dy: float) -> None:
        box = self.node(node_id).bounding_box()
        assert box is not None
        mouse = self.page.mouse
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + dx / 2, y + dy / 2, steps=4)
        mouse.move(x + dx, y + dy, steps=4)
        mouse.up()

    def connect(self, source: str, target_label: str) -> None:
        """Draw an edge without the mouse: select, C, choose, press."""
        self.select(source)
        self.page.keyboard.press("c")
        expect(self.field("Connect to")).to_be_focused()
        self.field("Connect to").select_option(label=target_label)
        self.canvas.get_by_role("button", name="Connect", exact=True).press("Enter")
        self.expect_saved()

    def fill(self, label: str, text: str) -> None:
        self.field(label).fill(text)
        self.field(label).press("Enter")
        self.expect_saved()

    def drag_end(self, end: str, node_id: str) -> None:
        """Move an end of the selected edge, its `source` or `target`, to another node."""
        grip = self.canvas.locator(f".react-flow__edgeupdater-{end}").bounding_box()
        node = self.node(node_id).bounding_box()
        assert grip is not None
        assert node is not None
        mouse = self.page.mouse
        mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
        mouse.down()
        x, y = node["x"] + node["width"] / 2, node["y"] + node["height"] / 2
        mouse.move(x + 15, y + 15, steps=6)
        mouse.move(x, y, steps=3)
        mouse.up()
        self.expect_saved()
