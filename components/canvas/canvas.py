"""The canvas as Streamlit components: code and palette once, then only what changed.

Streamlit sends everything that a component was given again as soon as one value differs. The
bundle and the palette never differ, so they travel in a component of their own; the canvas itself
is a few lines that wait for them. A third one sends what the canvas has to say: the canvas stands
in a fragment, and its messages must not (docs/adr/0011).
"""

from collections.abc import Callable
from typing import Any, cast

import streamlit as st

from components.canvas.bundle import BUNDLE, bundle_id
from designs.drawing import MAX_EDGES, MAX_NODES, Design
from designs.exporters.theme import THEMES
from designs.node_kind import NodeKind, Palette
from designs.record import Record

_CODE = st.components.v2.component("dryrun_canvas_code", js=BUNDLE.read_text(encoding="utf-8"))
_CANVAS = st.components.v2.component(
    "dryrun_canvas",
    html='<div data-part="canvas"></div>',
    js="""
// Waits for the code, which the other component brings, and hands over.
export default function (component) {
  const wanted = `dryrun.canvas.${component.data.code}`;
  const waiting = (globalThis[wanted] ??= {});
  waiting.ready ??= new Promise((resolve) => (waiting.resolve = resolve));
  let gone = false;
  let unmount = () => {};
  waiting.ready.then(({ mount }) => {
    if (!gone) unmount = mount(component);
  });
  return () => {
    gone = true;
    unmount();
  };
}
""",
)
_POST = st.components.v2.component(
    "dryrun_canvas_post",
    js="""
// Lends the canvas of an attempt its way to the server.
export default function (component) {
  const posts = (globalThis["dryrun.canvas.posts"] ??= new Map());
  const post = posts.get(component.data.attempt) ?? {};
  posts.set(component.data.attempt, post);
  post.send = (name, value) => component.setTriggerValue(name, value);
  for (const [name, value] of post.waiting ?? []) post.send(name, value);
  post.waiting = [];
}
""",
)


class CanvasData(Record):
    """What the canvas is told; absent means as before."""

    attempt: str
    """Names the positions in the browser's storage."""
    epoch: str
    revision: int
    seq: str = ""
    error: str = ""
    retry: bool = False
    follows: bool = False
    """Whether what follows from the drawing is made only when the canvas has shown the receipt."""
    readonly: bool = False
    doc: dict[str, Any] | None = None
    """The whole design, if it did not come from the canvas's own edits."""


def canvas_post(
    *,
    key: str,
    attempt: str,
    palette: Palette,
    on_edit: Callable[[object], None],
    on_ask: Callable[[], None],
    on_follow: Callable[[], None],
) -> None:
    """Bring the code of the canvas, and hear what it has to say. Nothing of it is seen.

    Args:
        key: Distinct per attempt.
        attempt: Whose canvas is heard.
        palette: What can be added.
        on_edit: Called with a message of the canvas before the rerun. It may hold anything.
        on_ask: Called when the canvas has no design to show and needs the whole of it.
        on_follow: Called when the canvas says that all is saved, and the page may follow.
    """

    def edited() -> None:
        message = _value(key, "edit")
        if message is not None:
            on_edit(message)

    def asked() -> None:
        if _value(key, "ask") is not None:
            on_ask()

    def following() -> None:
        if _value(key, "follow") is not None:
            on_follow()

    _CODE(key="canvas-code", data={"code": bundle_id(), "palette": palette_data(palette)})
    _POST(
        key=key,
        data={"attempt": attempt},
        on_edit_change=edited,
        on_ask_change=asked,
        on_follow_change=following,
    )


def design_canvas(key: str, data: CanvasData) -> None:
    """Show the canvas; `canvas_post` has to be on the same page.

    Args:
        key: Distinct per attempt.
        data: What it shows.
    """
    _CANVAS(
        key=key,
        data={"code": bundle_id()} | data.model_dump(mode="json", exclude_defaults=True),
    )


def design_data(design: Design) -> dict[str, Any]:
    """Return a design as the canvas reads it: without what is at its default."""
    return design.model_dump(mode="json", exclude_defaults=True)


def palette_data(palette: Palette) -> dict[str, Any]:
    """Return what the canvas knows of the palette and of the limits."""
    return {
        "kinds": [_kind(kind) for kind in palette.kinds],
        "max_nodes": MAX_NODES,
        "max_edges": MAX_EDGES,
    }


def _kind(kind: NodeKind) -> dict[str, Any]:
    times = kind.service_time
    return {
        "id": kind.id,
        "label": kind.label,
        "group": kind.group.value,
        "zone": kind.zone.value,
        "about": kind.description,
        "light": THEMES["light"].fill(kind.group),
        "dark": THEMES["dark"].fill(kind.group),
        "p50": times.p50_ms if times else None,
        "p99": times.p99_ms if times else None,
        "concurrency": kind.concurrency,
    }


def _value(key: str, name: str) -> object:
    return cast(dict[str, object], st.session_state[key]).get(name)
