// Where nodes stand: a lane for each zone, one below the other, each laid out by dagre.

import dagre from "@dagrejs/dagre";

export const WIDTH = 156;
export const HEIGHT = 60;
export const GRID = 12;
export const ZONES = ["client", "online", "stream", "offline", "human"];
const PADDING = 24;
const BESIDE = 60; // between two nodes in a row
const BESIDE_FACTS = 120; // the same, where edges say something
const GAP = 72; // between the nodes of a zone and the next, so that bands and labels fit

export const snapped = (value) => Math.round(value / GRID) * GRID;

// zones: node id -> zone. Returns node id -> { x, y }.
export function laneLayout(doc, zones) {
  const positions = {};
  let top = 0;
  for (const zone of ZONES) {
    const nodes = doc.nodes.filter((node) => zones[node.id] === zone);
    if (!nodes.length) continue;
    const lane = laidOut(nodes, doc.edges);
    for (const [id, at] of Object.entries(lane.positions)) {
      positions[id] = { x: snapped(at.x), y: snapped(top + at.y) };
    }
    top += snapped(lane.height + GAP);
  }
  return positions;
}

function laidOut(nodes, edges) {
  const graph = new dagre.graphlib.Graph();
  graph.setDefaultEdgeLabel(() => ({}));
  const ids = new Set(nodes.map((node) => node.id));
  const within = edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target));
  const ranksep = within.some(hasFacts) ? BESIDE_FACTS : BESIDE;
  graph.setGraph({ rankdir: "LR", nodesep: 24, ranksep });
  const connected = new Set(within.flatMap((edge) => [edge.source, edge.target]));
  for (const node of nodes) {
    if (connected.has(node.id)) graph.setNode(node.id, { width: WIDTH, height: HEIGHT });
  }
  for (const edge of within) graph.setEdge(edge.source, edge.target);
  if (connected.size) dagre.layout(graph);
  const positions = {};
  let height = 0;
  for (const id of connected) {
    const { x, y } = graph.node(id);
    positions[id] = { x: x - WIDTH / 2, y: y - HEIGHT / 2 };
    height = Math.max(height, y + HEIGHT / 2);
  }
  // Parts without an edge inside the zone stand side by side below the others, four in a row.
  const alone = nodes.filter((node) => !connected.has(node.id));
  const start = height ? height + 24 : 0;
  alone.forEach((node, at) => {
    const y = start + Math.floor(at / 4) * (HEIGHT + 24);
    positions[node.id] = { x: (at % 4) * (WIDTH + BESIDE), y };
    height = y + HEIGHT;
  });
  return { positions, height };
}

export const hasFacts = (edge) => edge.timeout_ms || edge.calls_per_request || edge.fallback;

// A place for one more node: at the right end of its zone, or in a new lane of its own.
// Returns the place, and the positions of all others, which may have made room.
export function placeFor(zone, doc, zones, positions) {
  const mine = doc.nodes.filter((node) => zones[node.id] === zone && positions[node.id]);
  if (mine.length) {
    const last = mine.reduce((a, b) => (positions[b.id].x > positions[a.id].x ? b : a));
    return { at: free({ ...positions[last.id] }, positions), positions };
  }
  const before = ZONES.slice(0, ZONES.indexOf(zone));
  const above = doc.nodes.filter((node) => before.includes(zones[node.id]) && positions[node.id]);
  const bottom = Math.max(-GAP, ...above.map((node) => positions[node.id].y + HEIGHT));
  const y = snapped(bottom + GAP);
  const left = Math.min(...Object.values(positions).map((one) => one.x));
  const x = Number.isFinite(left) ? left : 0;
  const later = doc.nodes.filter((node) => !before.includes(zones[node.id]));
  const tops = later.map((node) => positions[node.id]?.y ?? Infinity);
  const shift = Math.max(0, y + HEIGHT + GAP - Math.min(Infinity, ...tops));
  const moved = { ...positions };
  if (Number.isFinite(shift) && shift > 0) {
    for (const node of later) {
      const at = positions[node.id];
      if (at) moved[node.id] = { x: at.x, y: snapped(at.y + shift) };
    }
  }
  return { at: free({ x, y }, moved), positions: moved };
}

// The first place to the right that no node covers.
function free(at, positions) {
  const taken = Object.values(positions);
  const covers = (one) => Math.abs(one.x - at.x) < WIDTH && Math.abs(one.y - at.y) < HEIGHT;
  while (taken.some(covers)) at = { x: at.x + WIDTH + 108, y: at.y };
  return at;
}

// The ground of each zone. Bands share their left and right ends as long as none lies over another.
export function bands(doc, zones, positions) {
  const found = [];
  for (const zone of ZONES) {
    const places = doc.nodes.filter((n) => zones[n.id] === zone).map((n) => positions[n.id]);
    const known = places.filter(Boolean);
    if (!known.length) continue;
    const xs = known.map((at) => at.x);
    const ys = known.map((at) => at.y);
    found.push({
      zone,
      left: Math.min(...xs) - PADDING,
      right: Math.max(...xs) + WIDTH + PADDING,
      top: Math.min(...ys) - PADDING,
      bottom: Math.max(...ys) + HEIGHT + PADDING,
    });
  }
  const apart = found.every((a) =>
    found.every((b) => a === b || a.bottom <= b.top || b.bottom <= a.top),
  );
  if (apart) {
    const left = Math.min(...found.map((one) => one.left));
    const right = Math.max(...found.map((one) => one.right));
    for (const band of found) Object.assign(band, { left, right });
  }
  return found;
}
