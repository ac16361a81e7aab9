// The document in the form that React Flow draws.

import { MarkerType } from "@xyflow/react";
import { HEIGHT, WIDTH } from "./layout.js";

const HANDLES = [
  { id: "in", type: "target", position: "left", x: -5, y: HEIGHT / 2 - 5, width: 10, height: 10 },
  { id: "out", type: "source", position: "right", x: WIDTH - 5, y: HEIGHT / 2 - 5, width: 10, height: 10 },
];

// `ways` adds what a node can do to what it shows.
export function nodesOf({ doc, positions, selected, zones, labels, kinds }, ways) {
  return doc.nodes.map((node) => {
    const kind = kinds.get(node.kind);
    const zone = zones[node.id];
    const label = labels.get(node.id);
    const facts = [label, kind?.label ?? node.kind, zone];
    if (node.replicas > 1) facts.push(`${node.replicas} replicas`);
    return {
      id: node.id,
      type: "design",
      position: positions[node.id] ?? { x: 0, y: 0 },
      width: WIDTH,
      height: HEIGHT,
      measured: { width: WIDTH, height: HEIGHT },
      handles: HANDLES,
      selected: selected.has(node.id),
      ariaLabel: facts.join(", "),
      data: { node, kind, zone, label, ...ways(node) },
    };
  });
}

// A label for each node: its own, its kind's, or its id where two would be called the same.
export function labelsOf(doc, kinds) {
  const plain = (node) => node.label || kinds.get(node.kind)?.label || node.id;
  const counts = new Map();
  for (const node of doc.nodes) counts.set(plain(node), (counts.get(plain(node)) ?? 0) + 1);
  return new Map(
    doc.nodes.map((node) => {
      const label = plain(node);
      const number = node.id.match(/-(\d+)$/)?.[1];
      return [node.id, !node.label && counts.get(label) > 1 && number ? `${label} ${number}` : label];
    }),
  );
}

export function edgesOf(doc, labels, selected, onSelect) {
  const between = new Map();
  const pair = (edge) => [edge.source, edge.target].sort().join(" ");
  for (const edge of doc.edges) between.set(pair(edge), [...(between.get(pair(edge)) ?? []), edge.key]);
  const number = (name, id) => doc.edges.filter((edge) => edge[name] === id).length;
  return doc.edges.map((edge) => {
    const beside = between.get(pair(edge));
    const mode = edge.mode ?? "sync";
    const chosen = selected.has(edge.key);
    return {
      id: edge.key,
      type: "design",
      source: edge.source,
      target: edge.target,
      sourceHandle: "out",
      targetHandle: "in",
      selected: chosen,
      ariaLabel: `Edge from ${labels.get(edge.source)} to ${labels.get(edge.target)}, ${mode}`,
      markerEnd: {
        type: mode === "sync" ? MarkerType.ArrowClosed : MarkerType.Arrow,
        width: 20,
        height: 20,
        markerUnits: "userSpaceOnUse",
        color: chosen ? "var(--accent)" : "var(--soft)",
      },
      data: {
        edge,
        fansOut: number("source", edge.source) >= number("target", edge.target),
        offset: (beside.indexOf(edge.key) - (beside.length - 1) / 2) * 18,
        onSelect: () => onSelect(edge.key),
      },
    };
  });
}
