"""DOT statements as text: quoted where they have to be, and read by the renderer as meant."""

import pytest

from designs.exporters.dot_text import assignments, digraph, statement, subgraph
from designs.exporters.renderer import render


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("box", "box"),
        ("0.28", "0.28"),
        ("-1", "-1"),
        ("#1d2433", '"#1d2433"'),
        ("filled,rounded", '"filled,rounded"'),
        ("", '""'),
        ('a "b" \\', r'"a \"b\" \\"'),
        ("<two<br/>lines>", "<two<br/>lines>"),
    ],
)
def test_only_what_is_no_word_number_or_label_is_quoted(value: str, written: str) -> None:
    assert assignments({"a": value}) == f"a={written}"


def test_names_are_in_alphabetical_order_and_none_is_left_out() -> None:
    assert (
        statement("n1", {"shape": "box", "color": None, "label": "A"}) == "n1 [label=A shape=box]"
    )
    assert statement("n1", {"color": None}) == "n1"


def test_a_graph_is_read_as_it_was_meant() -> None:
    inside = [assignments({"label": "<A &amp; B>"}), statement("n1", {"label": "<x>"})]
    dot = digraph("design", [subgraph("cluster_a", inside), "n1 -> n2"], comment="A title")
    assert dot.startswith("// A title\ndigraph design {\n\tsubgraph cluster_a {\n\t\tlabel=")
    svg = render(dot, "svg", edges=1).decode()
    assert svg.count('class="node"') == 2
    assert ">A &amp; B</text>" in svg
