"""Designs to draw: hostile captions, strange kinds, and drawings at the limits."""

import random
from typing import Any

from designs.drawing import MAX_EDGES, MAX_NODES, Design, Edge, EdgeMode, Node
from designs.library import shipped_palette

PALETTE = shipped_palette()

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "link": '<a href="javascript:alert(1)">here</a>',
    "quotes": "\" ' ` \"\"\" ''' ```",
    "attribute": '" onload="alert(1)',
    "entities": "&lt;b&gt; &amp; &#60;i&#62; &nbsp; &copy &",
    "doctype": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "cdata": "]]> <![CDATA[ x ]]> <!-- --> -- -->",
    "svg end": "</text></g></svg><svg onload=alert(1)>",
    "title end": "</title><script>alert(1)</script>",
    "instruction": '<?xml-stylesheet href="x.css"?>',
    "dot end": '"]; } digraph evil { a -> b [URL="javascript:alert(1)"',
    "dot escapes": "\\N \\G \\L \\l \\r \\n \\\\ \\",
    "dot label": "<b>bold</b><br/><table><tr><td>x</td></tr></table>",
    "dot record": "{a|<port>b|c}",
    "dot words": "node edge graph digraph subgraph strict",
    "dot image": 'x" image="/etc/passwd" shapefile="x.png',
    "mermaid end": '"] --> evil["x"]\nclick evil "javascript:alert(1)"',
    "mermaid click": "click n1 href javascript:alert(1)",
    "mermaid directive": "%%{init: {'securityLevel': 'loose'}}%%",
    "mermaid entity": "#quot; #lt; #35; #9829;",
    "mermaid words": "end subgraph style classDef linkStyle",
    "mermaid list": "1. one",
    "mermaid markdown": "`**bold** _it_`",
    "mermaid brackets": "[(])}{|>/\\ == -.-> --o",
    "scheme": "javascript:alert(1)",
    "address": "https://example.org/a?b=c&d=e#f",
    "image path": "../../etc/passwd /static/logo.png C:\\logo.svg",
    "right to left": "שלום \u202egnp.exe\u202c العربية",
    "emoji": "👩\u200d💻 🏳️\u200d🌈 😀",
    "wide": "日本語の長いラベル",
    "combining": "e\u0301 a\u0300\u0301\u0302 Z͑ͫ̓ͪ̂ͫ",
    "controls": "a\x01b\x07c\x08d\x0ce\x1bf\x7fg\x80h\x9fi",
    "lines": "one\ntwo\r\nthree\u2028four\u2029five\x85six",
    "no characters": "\ufffe\uffff\ufdd0",
    "private": "\ue000\U000f0000",
    "blanks": "\u00a0\u2003\u3000\u200b\ufeff",
    "long word": "w" * 120,
    "long wide word": "語" * 120,
    "long prose": "a very long label " * 6,
    "template": "{{7*7}} ${x} %s {0} <%= x %>",
    "sql": "'; DROP TABLE attempt; --",
    "formula": "=HYPERLINK(1)",
}  # fmt: skip


def a_node(node_id: str, kind: str = "cache", **rest: Any) -> Node:
    return Node.model_validate({"id": node_id, "kind": kind, **rest})


def labelled(*texts: str) -> Design:
    """A circle in which every node, edge and note carries one of the texts."""
    names = [f"node-{n}" for n in range(max(2, len(texts)))]
    texts = texts if len(texts) > 1 else texts * 2
    nodes = tuple(
        a_node(name, label=text, note=text, replicas=n % 3 + 1)
        for n, (name, text) in enumerate(zip(names, texts, strict=True))
    )
    edges = tuple(
        Edge(
            source=name,
            target=names[(n + 1) % len(names)],
            mode=list(EdgeMode)[n % 3],
            fallback=text,
            note=text,
            timeout_ms=15,
        )
        for n, (name, text) in enumerate(zip(names, texts, strict=True))
    )
    return Design(nodes=nodes, edges=edges)


def every_kind() -> Design:
    """One node of each kind, one of no kind, and an edge of each mode."""
    nodes = [a_node(f"x-{kind.id}"[:64], kind.id) for kind in PALETTE.kinds]
    nodes.append(a_node("stranger", "flux-capacitor"))
    ids = [node.id for node in nodes]
    edges = tuple(
        Edge(source=ids[n], target=ids[n + 1], mode=mode, calls_per_request=0.5, fallback="none")
        for n, mode in enumerate(EdgeMode)
    )
    return Design(nodes=tuple(nodes), edges=edges)


def at_the_limits(seed: int) -> Design:
    """As many nodes and edges as there may be, tangled, each with a caption of full length."""
    draw = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    kinds = [kind.id for kind in PALETTE.kinds]
    nodes = tuple(
        a_node(f"node-{n}", draw.choice(kinds), label=f"{n} " + "word " * 23, replicas=9999)
        for n in range(MAX_NODES)
    )
    edges = []
    while len(edges) < MAX_EDGES:
        one, other = draw.sample(range(MAX_NODES), 2)
        edges.append(
            Edge(source=f"node-{one}", target=f"node-{other}", fallback="word " * 24, timeout_ms=9)
        )
    return Design(nodes=nodes, edges=tuple(edges))


def tangled() -> Design:
    """Two parts of one rank with so many edges that Graphviz, asked once, loses one of them."""
    arrows = [
        ("index", "app", 6072.47, None), ("app", "index", 55940.6, None),
        ("index", "app", 0.5, 490992), ("index", "app", 1725.05, None),
        ("page", "index", 18993.5, None), ("app", "page", 57533, None),
        ("index", "page", 42399.1, None), ("app", "index", 6479.16, None),
    ]  # fmt: skip
    return Design(
        nodes=(
            a_node("index", "search-index"),
            *(a_node(n, "client-app") for n in ("app", "page")),
        ),
        edges=tuple(
            Edge(source=source, target=target, calls_per_request=calls, timeout_ms=timeout)
            for source, target, calls, timeout in arrows
        ),
    )
