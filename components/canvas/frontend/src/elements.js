// The document in the form that React Flow draws.
//
// React Flow draws anew what is another object. So each element is made anew only when something
// of it changed: in a drawing of 60 nodes an edit changes one.

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

const ORIGIN = { x: 0, y: 0 };

// An edge leaves and enters at the sides that face each other, wherever the nodes stand.
function sides(a, b) {
  const dx = b.x - a.x;
  if (Math.abs(dx) > WIDTH) return dx > 0 ? ["right", "left"] : ["left", "right"];
  return b.y > a.y ? ["bottom", "top"] : ["top", "bottom"];
}

// Remembers what was made for each id, and of what. An element is taken again if all parts are the
// same as before.
export function elementsMade() {
  let made = new Map();
  return (items) => {
    const next = new Map();
    for (const [id, parts, make] of items) {
      const old = made.get(id);
      const same = old && parts.every((part, at) => Object.is(part, old.parts[at]));
      next.set(id, same ? old : { parts, element: make() });
    }
    made = next;
    return [...next.values()].map((one) => one.element);
  };
}

// `onRename` and `editing` are what a node can do beside what it shows.
export function nodesOf({ doc, positions, selected, zones, labels, kinds, editing, onRename }) {
  return doc.nodes.map((node) => {
    const kind = kinds.get(node.kind);
    const zone = zones[node.id];
    const label = labels.get(node.id);
    const position = positions[node.id] ?? ORIGIN;
    const chosen = selected.has(node.id);
    const isEdited = editing === node.id;
    const make = () => {
      const facts = [label, kind?.label ?? node.kind, zone];
      if (node.replicas > 1) facts.push(`${node.replicas} replicas`);
      return {
        id: node.id,
        type: "design",
        position,
        width: WIDTH,
        height: HEIGHT,
        measured: { width: WIDTH, height: HEIGHT },
        handles: HANDLES,
        selected: chosen,
        ariaLabel: facts.join(", "),
        data: { node, kind, zone, label, editing: isEdited, onRename },
      };
    };
    return [node.id, [node, kind, zone, label, position, chosen, isEdited, onRename], make];
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

export function edgesOf({ doc, positions, labels, selected, onSelect }) {
  const between = new Map();
  const ends = { source: new Map(), target: new Map() };
  const pair = (edge) => [edge.source, edge.target].sort().join(" ");
  for (const edge of doc.edges) {
    between.set(pair(edge), [...(between.get(pair(edge)) ?? []), edge.key]);
    for (const end of ["source", "target"]) {
      ends[end].set(edge[end], (ends[end].get(edge[end]) ?? 0) + 1);
    }
  }
  return doc.edges.map((edge) => {
    const beside = between.get(pair(edge));
    const offset = (beside.indexOf(edge.key) - (beside.length - 1) / 2) * 18;
    const fansOut = ends.source.get(edge.source) >= ends.target.get(edge.target);
    const chosen = selected.has(edge.key);
    const from = labels.get(edge.source);
    const to = labels.get(edge.target);
    const [out, into] = sides(positions[edge.source] ?? ORIGIN, positions[edge.target] ?? ORIGIN);
    const make = () => {
      const mode = edge.mode ?? "sync";
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
        ariaLabel: `Edge from ${from} to ${to}, ${mode}`,
        markerEnd: {
          type: mode === "sync" ? MarkerType.ArrowClosed : MarkerType.Arrow,
          width: 20,
          height: 20,
          markerUnits: "userSpaceOnUse",
          color: chosen ? "var(--accent)" : "var(--soft)",
        },
        data: { edge, fansOut, offset, onSelect },
      };
    };
    return [edge.key, [edge, from, to, out, into, offset, fansOut, chosen, onSelect], make];
  });
}
