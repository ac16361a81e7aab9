"""Pictures of every export as its tool draws it, to be looked at:

python tests/notations/look.py FOLDER [NAME ...]
"""
# ruff: noqa: E402, T201 -- run as a script, it has to say first where the product is

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "contract")]

from drawing_tools import TOOLS, drawing_tools
from drawn_designs import HOSTILE, PALETTE, labelled

from benchmarks.layered_design import layered_design
from designs.drawing import Design
from designs.exporters import EXPORTERS, render_svg
from designs.library import shipped_pack
from workbench.pictures import picture_options

EXEMPLARS = ("fraud-detection", "video-recommendation", "search-ranking", "content-moderation")


def designs() -> dict[str, Design]:
    """Return what is worth looking at: real ones, a large, a hostile and a small one."""
    return {
        **{slug: shipped_pack(slug).exemplar.design for slug in EXEMPLARS},
        "sixty": layered_design(60, PALETTE),
        "hostile": labelled(*HOSTILE.values()),
        "small": layered_design(2, PALETTE),
    }


def main(folder: Path, names: list[str]) -> None:
    """Write every export, and what its tool makes of it.

    Args:
        folder: Where to; made if it is not there.
        names: Designs to take; all if there are none.
    """
    folder.mkdir(exist_ok=True, parents=True)
    chosen = {name: one for name, one in designs().items() if name in names or not names}
    with drawing_tools() as tools:
        for name, design in chosen.items():
            options = picture_options(design, PALETTE)
            for theme in ("light", "dark"):
                svg = render_svg(design, PALETTE, theme=theme, background=True, options=options)
                (folder / f"{name}.{theme}.svg").write_text(svg, encoding="utf-8")
            for one in EXPORTERS.values():
                path = folder / f"{name}{one.extension}"
                path.write_bytes(one.export(design, PALETTE, name, options))
                for scheme in ("light", "dark") if one.id in TOOLS else ():
                    picture = folder / f"{name}.{one.id}.{scheme}.png"
                    tools.draw(one.id, path.read_text(encoding="utf-8"), scheme, picture)
            print(f"{name}: written to {folder}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
