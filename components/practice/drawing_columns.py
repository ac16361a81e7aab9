"""The columns of the two tables in which a drawing can be edited."""

from typing import Any

import streamlit as st

from designs.drawing import Balancing, EdgeMode, Zone
from designs.node_kind import Palette

NODE_COLUMNS = ("id", "kind", "label", "replicas", "zone", "note")
NODE_RUN_COLUMNS = (
    "service_p50_ms",
    "service_p99_ms",
    "concurrency",
    "cache_hit_ratio",
    "items_per_call",
    "per_item_ms",
    "max_batch_size",
    "batch_delay_ms",
    "tokens_in",
    "tokens_out",
    "max_queue",
    "load_balancing",
    "usd_per_replica_hour",
)
"""What the load test takes from a node; empty means the palette's figure."""
EDGE_COLUMNS = ("source", "target", "mode", "calls_per_request", "timeout_ms", "fallback", "note")
EDGE_RUN_COLUMNS = ("step", "max_retries", "backoff_ms", "cancel_on_timeout", "quality_loss")
"""What the load test takes from an edge beside its calls, timeout and fallback."""


def node_columns(palette: Palette) -> dict[str, Any]:
    """Return the columns of the table of nodes."""
    text, choice = st.column_config.TextColumn, st.column_config.SelectboxColumn
    return {
        "id": text(
            "Id", help="Lower-case letters, digits and hyphens; the edges use it.", width=150
        ),
        "kind": choice("Kind", options=[kind.id for kind in palette.kinds], width=170),
        "label": text(
            "Label", help="What the diagram shows; empty means the kind's name.", width=190
        ),
        "replicas": text("Replicas", help="1 to 10,000; empty means 1.", width=105),
        "zone": choice("Zone", options=["", *(zone.value for zone in Zone)], width=90),
        "note": text("Note", width=190),
        "service_p50_ms": text("Median, ms", help="Time of one call without waiting.", width=110),
        "service_p99_ms": text("p99, ms", help="Its 99th percentile.", width=95),
        "concurrency": text("At once", help="Calls that one replica works on at once.", width=95),
        "cache_hit_ratio": text("Hit ratio", help="Of a cache, from 0 to 1.", width=95),
        "items_per_call": text(
            "Items", help="Candidates, rows or texts that one call brings.", width=85
        ),
        "per_item_ms": text("ms per item", help="Time that each of them adds.", width=115),
        "max_batch_size": text("Batch", help="Calls that are worked on together.", width=85),
        "batch_delay_ms": text(
            "Batch waits, ms", help="How long a batch waits to be filled.", width=135
        ),
        "tokens_in": text("Tokens in", help="That a language model reads in a call.", width=105),
        "tokens_out": text("Tokens out", help="That it writes.", width=110),
        "max_queue": text(
            "Queue", help="Calls that may wait; one more is refused at once.", width=90
        ),
        "load_balancing": choice(
            "Balancing", options=["", *(one.value for one in Balancing)], width=120
        ),
        "usd_per_replica_hour": text("$ an hour", help="Price of one replica.", width=100),
    }


def edge_columns(node_ids: list[str]) -> dict[str, Any]:
    """Return the columns of the table of edges."""
    text, choice = st.column_config.TextColumn, st.column_config.SelectboxColumn
    return {
        "source": choice("From", options=node_ids, width=150),
        "target": choice("To", options=node_ids, width=150),
        "mode": choice(
            "Mode",
            options=[mode.value for mode in EdgeMode],
            help="sync: the caller waits. async: it does not. batch: moved in bulk.",
            width=95,
        ),
        "calls_per_request": text("Calls", help="Calls per request; empty means 1.", width=80),
        "timeout_ms": text("Timeout, ms", help="How long the caller waits.", width=125),
        "fallback": text(
            "Fallback", help="What the caller answers when this fails or is late.", width=190
        ),
        "note": text("Note", width=130),
        "step": text(
            "Step",
            help="Order among the calls of one caller: 0 first; the same number is side by side.",
            width=75,
        ),
        "max_retries": text("Retries", help="0 to 10; empty means none.", width=90),
        "backoff_ms": text("Retry after, ms", help="Wait before each retry.", width=130),
        "cancel_on_timeout": choice(
            "Cancels",
            options=["", "yes"],
            help="Whether the target drops a call that nobody waits for any more.",
            width=95,
        ),
        "quality_loss": text(
            "Fallback loses", help="What an answer loses with the fallback.", width=170
        ),
    }
