"""Comparing two designs: what is the same, what counts as the same, and what is missed."""

from collections import Counter
from itertools import combinations

import pytest
from drawn_in_words import drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from made_designs import KINDS, designs

from designs.comparison import Comparison, Connection, compare
from designs.drawing import MAX_EDGES, MAX_NODES, Design, Edge, EdgeMode, Node
from designs.equivalent_kinds import EQUIVALENT_KINDS, equivalence_reason, family
from designs.library import prompt_slugs, shipped_pack, shipped_palette
from designs.part_matching import match_parts

PALETTE = shipped_palette()


def compared(yours: str, theirs: str) -> Comparison:
    return compare(drawn(yours), drawn(theirs), PALETTE)


def ends(connections: tuple[Connection, ...]) -> list[tuple[str, str]]:
    return [(one.source.node_id, one.target.node_id) for one in connections]


def missing(found: Comparison) -> list[str]:
    return [one.part.node_id for one in found.missing]


# --- equivalent kinds --------------------------------------------------------------------


def test_equivalent_kinds_exist_and_belong_to_one_family() -> None:
    for one in EQUIVALENT_KINDS:
        assert len(one.kinds) > 1
        assert one.kinds <= set(KINDS)
        assert one.reason
        assert not one.reason.endswith(".")
    for one, other in combinations(EQUIVALENT_KINDS, 2):
        assert not one.kinds & other.kinds


def test_a_kind_is_its_own_family_and_needs_no_reason() -> None:
    assert family("cache") == {"cache"}
    assert "event-stream" in family("message-queue")
    assert equivalence_reason("cache", "cache") == ""
    assert equivalence_reason("event-stream", "event-stream") == ""
    assert equivalence_reason("event-stream", "cache") == ""
    assert "off the request" in equivalence_reason("event-stream", "message-queue")


# --- parts -------------------------------------------------------------------------------


def test_equivalent_parts_match_and_say_why() -> None:
    found = compared("ranker ~> message-queue", "model-server ~> event-stream")
    assert found.is_same
    assert [(one.yours.node_id, one.theirs.node_id) for one in found.matched] == [
        ("ranker", "model-server"),
        ("message-queue", "event-stream"),
    ]
    assert all(one.equivalent_because for one in found.matched)


def test_a_missing_part_says_why_it_is_there() -> None:
    found = compared("api-gateway", "api-gateway -> cache | else=x\ncache | note=holds-hot-keys")
    (lacking,) = found.missing
    assert (lacking.part.node_id, lacking.part.title) == ("cache", "Cache")
    assert lacking.why == "holds-hot-keys"
    assert lacking.stand_in is None


def test_without_a_note_the_palette_says_why() -> None:
    (lacking,) = compared("api-gateway", "api-gateway\ncache").missing
    kind = PALETTE.kind("cache")
    assert kind is not None
    assert lacking.why == kind.description


def test_one_part_may_stand_for_several() -> None:
    found = compared("ranker", "ranker\nmodel-server")
    (lacking,) = found.missing
    assert lacking.part.node_id == "model-server"
    assert lacking.stand_in is not None
    assert lacking.stand_in.node_id == "ranker"


def test_what_only_yours_has_is_no_fault_but_told() -> None:
    found = compared("api-gateway -> cache", "api-gateway")
    assert [one.node_id for one in found.besides] == ["cache"]
    assert found.missing == ()
    assert not found.is_same


def test_neighbours_decide_between_nodes_of_one_kind() -> None:
    theirs = drawn("stream-processor ~> cache/hot\nbatch-pipeline => cache/cold")
    yours = drawn("batch-pipeline => cache/1\nstream-processor ~> cache/2")
    pairs = match_parts(yours, theirs)
    assert (pairs["cache-1"], pairs["cache-2"]) == ("cache-cold", "cache-hot")


def test_the_way_it_is_used_weighs_more_than_the_same_kind() -> None:
    theirs = drawn("decision-service -> model-server/a\nevent-stream ~> gpu-model-server/b")
    yours = drawn("decision-service -> gpu-model-server/c\nevent-stream ~> data-lake")
    assert match_parts(yours, theirs)["gpu-model-server-c"] == "model-server-a"


def test_unknown_kinds_match_their_like() -> None:
    alien = Design(nodes=(Node(id="a", kind="time-machine"),))
    found = compare(alien, alien, PALETTE)
    assert found.is_same
    assert found.matched[0].yours.kind_label == "time-machine"
    assert compare(Design(), alien, PALETTE).missing[0].why == ""


# --- connections -------------------------------------------------------------------------


def test_a_missing_connection_is_named_with_its_note() -> None:
    found = compared("ranker\ncache", "ranker -> cache | note=hot-items")
    assert ends(found.missing_connections) == [("ranker", "cache")]
    assert found.missing_connections[0].modes == (EdgeMode.SYNC,)
    assert found.missing_connections[0].note == "hot-items"


def test_a_connection_besides_is_told() -> None:
    found = compared("ranker -> cache", "ranker\ncache")
    assert ends(found.connections_besides) == [("ranker", "cache")]
    assert found.missing_connections == ()


def test_a_different_mode_is_told() -> None:
    found = compared("ranker -> cache", "ranker ~> cache")
    (one,) = found.different_modes
    assert (one.yours, one.theirs) == ((EdgeMode.SYNC,), (EdgeMode.ASYNC,))
    assert found.missing_connections == found.connections_besides == ()


def test_a_part_of_your_own_in_between_still_connects() -> None:
    found = compared("ranker -> rules-engine -> cache", "ranker -> cache")
    assert found.missing_connections == ()
    assert [one.node_id for one in found.besides] == ["rules-engine"]


@pytest.mark.parametrize(("arrow", "same"), [("~>", True), ("=>", True), ("->", False)])
def test_only_data_may_point_the_other_way(arrow: str, same: bool) -> None:
    found = compared(f"cache {arrow} ranker", f"ranker {arrow} cache")
    assert found.is_same is same


# --- what holds for every design ---------------------------------------------------------


@given(designs())
@settings(deadline=None)
def test_a_design_is_the_same_as_itself(design: Design) -> None:
    found = compare(design, design, PALETTE)
    assert found.is_same
    assert [(one.yours, one.equivalent_because) for one in found.matched] == [
        (one.theirs, "") for one in found.matched
    ]
    assert len(found.matched) == len(design.nodes)


@given(designs(), designs())
@settings(deadline=None)
def test_every_node_is_matched_or_told(yours: Design, theirs: Design) -> None:
    found = compare(yours, theirs, PALETTE)
    mine = [one.yours.node_id for one in found.matched] + [one.node_id for one in found.besides]
    other = [one.theirs.node_id for one in found.matched] + missing(found)
    assert Counter(mine) == Counter(node.id for node in yours.nodes)
    assert Counter(other) == Counter(node.id for node in theirs.nodes)
    assert compare(yours, theirs, PALETTE) == found


@given(designs(), st.data())
@settings(deadline=None)
def test_a_node_that_is_taken_out_is_missed(design: Design, data: st.DataObject) -> None:
    if not design.nodes:
        return
    gone = data.draw(st.sampled_from(design.nodes)).id
    rest = Design(
        nodes=tuple(node for node in design.nodes if node.id != gone),
        edges=tuple(edge for edge in design.edges if gone not in (edge.source, edge.target)),
    )
    found = compare(rest, design, PALETTE)
    assert missing(found) == [gone]
    assert (found.besides, found.missing_connections, found.different_modes) == ((), (), ())


@given(designs(), st.data())
@settings(deadline=None)
def test_an_edge_that_is_taken_out_is_missed(design: Design, data: st.DataObject) -> None:
    if not design.edges:
        return
    pair = data.draw(st.sampled_from([(edge.source, edge.target) for edge in design.edges]))
    if any((edge.target, edge.source) == pair for edge in design.edges):
        return  # data may point the other way, so that the rest may still stand for it
    rest = tuple(edge for edge in design.edges if (edge.source, edge.target) != pair)
    found = compare(design.model_copy(update={"edges": rest}), design, PALETTE)
    assert ends(found.missing_connections) == [pair]
    assert found.missing == found.besides == ()


@pytest.mark.parametrize("slug", prompt_slugs())
def test_renaming_the_ids_of_an_exemplar_loses_no_part(slug: str) -> None:
    theirs = shipped_pack(slug).exemplar.design
    new = {node.id: f"part-{n}" for n, node in enumerate(theirs.nodes)}
    yours = Design(
        nodes=tuple(node.model_copy(update={"id": new[node.id]}) for node in theirs.nodes),
        edges=tuple(
            edge.model_copy(update={"source": new[edge.source], "target": new[edge.target]})
            for edge in theirs.edges
        ),
    )
    found = compare(yours, theirs, PALETTE)
    assert found.missing == found.besides == ()
    assert {one.equivalent_because for one in found.matched} == {""}


def test_the_largest_designs_are_compared() -> None:
    nodes = tuple(Node(id=f"n-{n}", kind="ranker") for n in range(MAX_NODES))
    edges = tuple(
        Edge(source=f"n-{n % MAX_NODES}", target=f"n-{(n + 1 + n // MAX_NODES) % MAX_NODES}")
        for n in range(MAX_EDGES)
    )
    design = Design(nodes=nodes, edges=edges)
    assert compare(design, design, PALETTE).is_same
