// The document in the form that React Flow draws.

import { MarkerType } from "@xyflow/react";
import { HEIGHT, WIDTH } from "./layout.js";

const handle = (id, type, position, x, y, size) => ({
  id, type, position, x: x - size / 2, y: y - size / 2, width: size, height: size,
});
const HANDLES = [
  handle("in", "target", "left", 0, HEIGHT / 2, 14),
  handle("out", "source", "right", WIDTH, HEIGHT / 2, 14),
  // Where edges end; a new one begins at the two above.
  handle("left", "source", "left", 0, HEIGHT / 2, 1),
  handle("right", "source", "right", WIDTH, HEIGHT / 2, 1),
  handle("top", "source", "top", WIDTH / 2, 0, 1),
  handle("bottom", "source", "bottom", WIDTH / 2, HEIGHT, 1),
];

// An edge leaves and enters at the sides that face each other, wherever the nodes stand.
function sides(a, b) {
  const dx = b.x - a.x;
  if (Math.abs(dx) > WIDTH) return dx > 0 ? ["right", "left"] : ["left", "right"];
  return b.y > a.y ? ["bottom", "top"] : ["top", "bottom"];
}

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

export function edgesOf({ doc, positions, labels, selected }, onSelect) {
  const between = new Map();
  const pair = (edge) => [edge.source, edge.target].sort().join(" ");
  for (const edge of doc.edges) between.set(pair(edge), [...(between.get(pair(edge)) ?? []), edge.key]);
  const number = (name, id) => doc.edges.filter((edge) => edge[name] === id).length;
  return doc.edges.map((edge) => {
    const beside = between.get(pair(edge));
    const mode = edge.mode ?? "sync";
    const chosen = selected.has(edge.key);
    const origin = { x: 0, y: 0 };
    const [out, into] = sides(positions[edge.source] ?? origin, positions[edge.target] ?? origin);
    return {
      id: edge.key,
      type: "design",
      source: edge.source,
      target: edge.target,
      sourceHandle: out,
      targetHandle: into,
      selected: chosen,
      zIndex: chosen ? 1 : 0,
      reconnectable: chosen, // else a new edge that begins beside an old one would move that one
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
