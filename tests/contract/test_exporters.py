"""What every notation promises, over every notation on offer."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree  # reads what the product wrote itself

import pytest
from drawn_designs import HOSTILE, PALETTE, a_node, at_the_limits, every_kind, labelled, tangled
from golden.regenerate import (
    COLLAPSED,
    NOTATIONS,
    PROMPTS,
    drawn,
    drawn_collapsed,
    golden_path,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from notations import READERS, read_dot, read_svg, svg_captions

from designs.drawing import Design, DesignDocument, Edge
from designs.exporters import EXPORTERS, Exporter, RenderError, render_svg, renderer
from designs.exporters.captions import clean, edge_caption, node_subtitle, node_title
from designs.exporters.layout import laid_out
from designs.library import shipped_pack
from designs.strict_document import parse_record

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=EXPORTERS)
def exporter(request: pytest.FixtureRequest) -> Exporter:
    return EXPORTERS[request.param]


def _check(exporter: Exporter, design: Design, title: str = "A drawing") -> bytes:
    """Export, read again, and compare what is there with what should be."""
    raw = exporter.export(design, PALETTE, title)
    counts = READERS[exporter.id](raw)
    assert counts in (None, (len(design.nodes), len(design.edges)))
    return raw


def test_there_is_a_reader_for_every_notation() -> None:
    assert set(READERS) == set(EXPORTERS)


def test_names_and_file_types_are_told_apart() -> None:
    exporters = list(EXPORTERS.values())
    for values in zip(
        *((one.id, one.label, one.extension, one.mime) for one in exporters), strict=True
    ):
        assert len(set(values)) == len(exporters)
    assert all(name == one.id for name, one in EXPORTERS.items())
    assert all(one.extension.startswith(".") and "/" in one.mime for one in exporters)


@pytest.mark.parametrize("prompt", PROMPTS)
def test_an_exemplar(exporter: Exporter, prompt: str) -> None:
    _check(exporter, shipped_pack(prompt).exemplar.design)


def test_every_kind_shape_zone_and_mode(exporter: Exporter) -> None:
    _check(exporter, every_kind())


def test_a_single_node(exporter: Exporter) -> None:
    _check(exporter, Design(nodes=(a_node("a"),)))


def test_an_empty_drawing_is_a_document_too(exporter: Exporter) -> None:
    raw = exporter.export(Design(), PALETTE, "")
    assert len(raw) > 20
    if exporter.id not in ("png", "pdf"):  # one white pixel, one empty page
        assert READERS[exporter.id](raw) == (0, 0)
    assert raw == exporter.export(Design(), PALETTE, "")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_only_ever_a_caption(exporter: Exporter, name: str) -> None:
    if exporter.id == "png" and name not in ("svg end", "emoji", "long word", "controls", "wide"):
        pytest.skip("a PNG is made of the SVG; a few are enough")
    _check(exporter, labelled(HOSTILE[name]), title=HOSTILE[name])


def test_all_hostile_texts_in_one_drawing(exporter: Exporter) -> None:
    _check(exporter, labelled(*HOSTILE.values()), title=" ".join(HOSTILE.values())[:400])


@pytest.mark.parametrize("name", HOSTILE)
def test_an_svg_says_what_the_design_says(name: str) -> None:
    design = labelled(HOSTILE[name])
    raw = EXPORTERS["svg"].export(design, PALETTE, "")

    def plain(text: str) -> str:
        return "".join(text.split())

    nodes = [node_title(one, PALETTE) + node_subtitle(one, PALETTE) for one in design.nodes]
    edges = ["".join(edge_caption(one)) for one in design.edges]
    assert sorted(map(plain, svg_captions(raw, "node"))) == sorted(map(plain, nodes))
    assert sorted(map(plain, svg_captions(raw, "edge"))) == sorted(map(plain, edges))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=120), min_size=1, max_size=4
    )
)
@pytest.mark.parametrize("notation", ["svg", "dot", "mermaid", "drawio", "excalidraw", "pdf"])
def test_any_text_is_only_ever_a_caption(notation: str, texts: list[str]) -> None:
    _check(EXPORTERS[notation], labelled(*texts), title=texts[0])


def test_the_same_design_gives_the_same_bytes(exporter: Exporter) -> None:
    design = shipped_pack(PROMPTS[0]).exemplar.design
    assert exporter.export(design, PALETTE, "A") == exporter.export(design, PALETTE, "A")


def test_another_process_gives_the_same_bytes(exporter: Exporter) -> None:
    """The order of sets and dictionaries by hash differs between processes."""
    code = (
        "import hashlib, sys; from designs.exporters import EXPORTERS;"
        "from designs.library import shipped_pack, shipped_palette;"
        "d = shipped_pack(sys.argv[2]).exemplar.design;"
        "raw = EXPORTERS[sys.argv[1]].export(d, shipped_palette(), 'A');"
        "print(hashlib.sha256(raw).hexdigest())"
    )
    command = [sys.executable, "-c", code, exporter.id, PROMPTS[0]]
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    raw = exporter.export(shipped_pack(PROMPTS[0]).exemplar.design, PALETTE, "A")
    assert done.stdout.decode().strip() == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_drawing_at_the_limits_is_whole_or_refused(exporter: Exporter, seed: int) -> None:
    design = at_the_limits(seed)
    refusals: list[str] = []
    try:
        _check(exporter, design)
    except RenderError as refused:
        refusals.append(str(refused))
    # Mermaid and JSON cannot be refused, nor can DOT; but the reader of DOT draws it.
    assert not refusals or exporter.id not in ("mermaid", "json")
    assert all(one.endswith(".") for one in refusals)


def test_no_edge_is_lost_among_many_between_the_same_parts(exporter: Exporter) -> None:
    _check(exporter, tangled())


def test_graphviz_asked_once_would_lose_an_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer, "_WAYS", renderer._WAYS[:1])
    with pytest.raises(RenderError):
        laid_out(tangled(), PALETTE)
    monkeypatch.undo()
    assert len(laid_out(tangled(), PALETTE).routes) == len(tangled().edges)


def test_a_node_id_is_never_part_of_a_notation(exporter: Exporter) -> None:
    design = Design(
        nodes=(a_node("very-special-id", label="a"), a_node("node", label="b")),
        edges=(Edge(source="very-special-id", target="node"),),
    )
    text = _check(exporter, design).decode("utf-8", "replace")
    for fact in FACTS:
        text = text.replace(fact, "")
    assert "very-special-id" not in text


FACTS = (
    *("%% dryrun-node n1 id=very-special-id", "source=very-special-id target=node"),
    *('dryrun-id="very-special-id"', 'dryrun-source="very-special-id"'),
    *('"id": "very-special-id"', '"source": "very-special-id"'),
)
"""Where notations carry the fields of a design; nothing there is syntax."""


def test_json_reads_back_to_the_same_design() -> None:
    texts = [text for name, text in HOSTILE.items() if name != "controls"]
    for design in (every_kind(), labelled(*texts), at_the_limits(3)):
        raw = EXPORTERS["json"].export(design, PALETTE, "A title")
        assert parse_record(raw, DesignDocument, "export.json").design == design
        assert DesignDocument.model_validate_json(raw).title == "A title"


def test_json_keeps_control_characters() -> None:
    design = labelled(HOSTILE["controls"], "nul \x00")
    raw = EXPORTERS["json"].export(design, PALETTE, "")
    assert DesignDocument.model_validate_json(raw).design == design


@pytest.mark.parametrize("title", [*HOSTILE.values(), ""])
def test_an_svg_has_its_title_as_its_name(title: str) -> None:
    svg = render_svg(labelled("a"), PALETTE, title=title)
    read_svg(svg.encode())
    name = ElementTree.fromstring(svg).findtext("{http://www.w3.org/2000/svg}title")
    assert name == (clean(title) or "Architecture diagram")


def test_both_themes_and_both_papers_are_drawn() -> None:
    design = every_kind()
    pictures = {
        render_svg(design, PALETTE, theme=theme, background=background)
        for theme in ("light", "dark")
        for background in (True, False)
    }
    assert len(pictures) == 4
    for picture in pictures:
        assert read_svg(picture.encode()) == (len(design.nodes), len(design.edges))


def test_dot_can_be_drawn_again() -> None:
    for prompt in PROMPTS:
        design = shipped_pack(prompt).exemplar.design
        raw = EXPORTERS["dot"].export(design, PALETTE, "A")
        assert read_dot(raw) == (len(design.nodes), len(design.edges))


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("prompt", PROMPTS)
def test_the_exemplars_are_drawn_as_before(prompt: str, notation: str) -> None:
    """After a change that was meant: python tests/contract/golden/regenerate.py."""
    golden = golden_path(prompt, notation).read_text(encoding="utf-8")
    assert drawn(prompt, notation).decode("utf-8") == golden


def test_a_picture_with_all_choices_is_drawn_as_before() -> None:
    assert drawn_collapsed().decode("utf-8") == COLLAPSED.read_text(encoding="utf-8")
    assert read_svg(drawn_collapsed())[0] > 2
