"""The palette's figures as a page: what each is, and what it rests on."""

from collections.abc import Iterator

from designs.drawing import Node
from designs.node_kind import NodeKind, Palette
from designs.source import Grounded
from labs.load_test.capacity import capacity_of

_HEAD = """# Times, sizes and prices of the palette

What a load test takes for a node of which the drawing says nothing ([load test](load-test.md)). \
Written by `python -m workbench kinds --format markdown`, from `designs/node_kinds.yaml`.

Times are for one call without waiting; a lognormal goes through both. Calls a second are a \
consequence: calls at once divided by the mean time. Where a throughput is published it stands \
beside, as a check. Every figure can be overridden in the drawing.
"""


def palette_page(palette: Palette) -> str:
    """Return the page as Markdown."""
    parts = [_HEAD, "\n".join(_times(palette)), "## Items, batches and tokens\n"]
    parts += ["\n".join(_costs(palette)), "## Prices\n", "\n".join(_prices(palette))]
    parts += ["## Grounds\n", "\n".join(_grounds(palette)), "## Sources\n"]
    parts += ["\n".join(f"- [{one.title}]({one.url}), {one.mark}" for one in palette.sources)]
    return "\n".join(f"{part.rstrip()}\n" for part in parts)


def _times(palette: Palette) -> Iterator[str]:
    yield "| Kind | p50 ms | p99 ms | At once | Calls a second | Published | Grade |"
    yield "|---|---|---|---|---|---|---|"
    for kind in palette.kinds:
        if kind.service_time is None:
            continue
        capacity = capacity_of(Node(id="n", kind=kind.id), palette)
        rate = 1000 * capacity.concurrency / capacity.mean_ms
        published = f"{kind.throughput.rps:,.0f}" if kind.throughput else ""
        yield (
            f"| {kind.label} | {kind.service_time.p50_ms:g} | {kind.service_time.p99_ms:g} | "
            f"{capacity.concurrency} | {rate:,.0f} | {published} | {capacity.grade} |"
        )


def _costs(palette: Palette) -> Iterator[str]:
    for kind in palette.kinds:
        if kind.item_cost:
            one = kind.item_cost
            yield (
                f"- **{kind.label}**: the times stand for {one.items} {one.unit}; each more or "
                f"less moves the median by {one.per_item_ms:g} ms. {_ground(one, palette)}"
            )
        if kind.batching:
            batch = kind.batching
            yield (
                f"- **{kind.label}**, with a batch size: {batch.base_ms:g} ms a batch and "
                f"{batch.per_call_ms:g} ms a call; a batch waits {batch.delay_ms:g} ms to be "
                f"filled. {_ground(batch, palette)}"
            )
        if kind.token_cost:
            token = kind.token_cost
            yield (
                f"- **{kind.label}**, with tokens: {token.prefill_ms_per_token:g} ms a token read "
                f"and {token.decode_ms_per_token:g} ms a token written, {token.concurrency} "
                f"answers at once; the p99 is {token.tail:g} times the median. "
                f"{_ground(token, palette)} {token.note}".rstrip()
            )


def _prices(palette: Palette) -> Iterator[str]:
    yield "| Kind | $ per replica and hour | Rests on |"
    yield "|---|---|---|"
    for kind in palette.kinds:
        if kind.price:
            ground = _ground(kind.price, palette)
            yield f"| {kind.label} | {kind.price.usd_per_replica_hour:g} | {ground} |"


def _grounds(palette: Palette) -> Iterator[str]:
    for kind in palette.kinds:
        if kind.service_time:
            ground = _ground(kind.service_time, palette)
            yield f"- **{kind.label}**: {ground} {_notes(kind)}".rstrip()


def _notes(kind: NodeKind) -> str:
    note = kind.service_time.note if kind.service_time else ""
    check = f"Throughput: {kind.throughput.note}" if kind.throughput else ""
    return f"{note} {check}".strip()


def _ground(entry: Grounded, palette: Palette) -> str:
    source = palette.source(entry.source)
    return f"[{source.title}]({source.url})." if source else f"Assumption: {entry.assumption}"
