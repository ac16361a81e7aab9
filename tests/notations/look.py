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
from designs.exporters import EXPORTERS
from designs.library import shipped_pack
from workbench.pictures import picture_options

EXEMPLARS = ("fraud-detection", "video-recommendation", "search-ranking", "content-moderation")


def designs() -> dict[str, Design]:
    return {
        **{slug: shipped_pack(slug).exemplar.design for slug in EXEMPLARS},
        "sixty": layered_design(60, PALETTE),
        "hostile": labelled(*HOSTILE.values()),
        "small": layered_design(2, PALETTE),
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True, parents=True)
    with drawing_tools() as tools:
        for name, design in designs().items():
            if sys.argv[2:] and name not in sys.argv[2:]:
                continue
            options = picture_options(design, PALETTE)
            for one in EXPORTERS.values():
                path = folder / f"{name}{one.extension}"
                args = (options,) if one.is_picture else ()
                path.write_bytes(one.export(design, PALETTE, f"Design of {name}", *args))
                if one.id in TOOLS:
                    for scheme in ("light", "dark"):
                        d = tools.draw(
                            one.id,
                            path.read_text(),
                            scheme,
                            folder / f"{name}.{one.id}.{scheme}.png",
                        )
                        print(name, one.id, scheme, len(d["shapes"]), len(d["lines"]))
