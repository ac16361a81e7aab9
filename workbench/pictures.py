"""What a reader chooses about a picture of a design, on a page or on the command line."""

from collections.abc import Iterable

from designs.critical_path import critical_path as find_path
from designs.drawing import Design, Zone
from designs.exporters import EXPORTERS, Exporter, PictureOptions
from designs.inspections.drawn_graph import DrawnGraph, listed
from designs.node_kind import Palette


def picture_options(
    design: Design,
    palette: Palette,
    *,
    collapsed: Iterable[Zone] = (),
    critical_path: bool = True,
    legend: bool = True,
) -> PictureOptions:
    """Return the options of a picture.

    Args:
        design: What is drawn.
        palette: Knows the usual service times.
        collapsed: Zones to draw as one node each.
        critical_path: Point out the critical path, if there is one.
        legend: Explain line styles, shapes and colours below.
    """
    found = find_path(DrawnGraph(design, palette)) if critical_path else None
    return PictureOptions(
        collapsed=tuple(sorted(set(collapsed), key=list(Zone).index)),
        critical_path=found.nodes if found else (),
        legend=legend,
    )


def path_caption(design: Design, palette: Palette, options: PictureOptions) -> str:
    """Return a sentence about the path that a picture points out; empty if it does not."""
    if not options.critical_path:
        return ""
    drawn = DrawnGraph(design, palette)
    path = find_path(drawn)
    if path is None:
        return ""
    way = " → ".join(drawn.short_name(one) for one in path.nodes)
    text = (
        f"Critical path, by service time without waiting: {way}. The p50 of its parts add up to "
        f"{path.service_ms:,.6g} ms"
    )
    if path.untimed:
        names = listed([drawn.short_name(one) for one in path.untimed])
        text += f"; no service time is known of {names}"
    return f"{text}."


def read_zones(text: str | None, exporter: Exporter) -> tuple[Zone, ...]:
    """Return the zones that a list with commas names.

    Raises:
        ValueError: If one is no zone, or the notation does not draw collapsed zones.
    """
    if text is None:
        return ()
    if not exporter.is_picture:
        pictures = ", ".join(one.id for one in EXPORTERS.values() if one.is_picture)
        raise ValueError(
            f"{exporter.id} always holds the whole drawing, so that it can be read again; zones "
            f"collapse in {pictures}"
        )
    names = [name.strip() for name in text.split(",")]
    known = [zone.value for zone in Zone]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no zone; the zones are {', '.join(known)}")
    return tuple(Zone(name) for name in names)
