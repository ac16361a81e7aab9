"""What the replicas of a design cost."""

from designs.exporters.captions import node_title
from designs.node_kind import NodeGroup, Palette
from labs.load_test.report import Cost, CostRow
from labs.load_test.request_path import RequestPath

HOURS_PER_MONTH = 730
_FREE = (NodeGroup.SOURCES, NodeGroup.REVIEW)
"""Clients, other companies and people are not paid by the replica."""


def cost_of(path: RequestPath, palette: Palette, mean_rps: float) -> Cost:
    """Return the cost of a month and of a thousand requests.

    Args:
        path: The design with its capacities.
        palette: For names.
        mean_rps: Requests a second, averaged over the month.
    """
    rows, unpriced = [], []
    for node in path.design.nodes:
        capacity = path.capacities[node.id]
        kind = palette.kind(node.kind)
        if capacity.usd_per_replica_hour is None:
            if kind is not None and kind.group not in _FREE:
                unpriced.append(node.id)
            continue
        rows.append(
            CostRow(
                node_id=node.id,
                title=node_title(node, palette),
                replicas=node.replicas,
                usd_per_replica_hour=capacity.usd_per_replica_hour,
                usd_per_month=node.replicas * capacity.usd_per_replica_hour * HOURS_PER_MONTH,
                grade=capacity.price_grade,
                basis=capacity.price_basis,
                source_url=capacity.price_url,
            )
        )
    month = sum(row.usd_per_month for row in rows)
    thousands = mean_rps * 3600 * HOURS_PER_MONTH / 1000
    return Cost(
        usd_per_month=month,
        usd_per_thousand_requests=month / thousands,
        rows=tuple(sorted(rows, key=lambda row: -row.usd_per_month)),
        unpriced=tuple(unpriced),
    )
