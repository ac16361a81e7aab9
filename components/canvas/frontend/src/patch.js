// What turns one document into another, in the words of designs/drawing_patch.py.

const NODE_DEFAULTS = { label: "", replicas: 1, zone: null, note: "" };
const OVERRIDES = ["service_p50_ms", "service_p99_ms", "concurrency", "cache_hit_ratio"];
const EDGE_DEFAULTS = {
  mode: "sync",
  calls_per_request: 1,
  timeout_ms: null,
  fallback: "",
  note: "",
};

export function patchOps(from, to) {
  const ops = [];
  const goneNodes = gone(from.nodes, to.nodes, "id");
  const edges = edgeOps(from, to, goneNodes, ops);
  for (const id of goneNodes) ops.push({ op: "remove-node", id });
  const before = new Map(from.nodes.map((node) => [node.id, node]));
  for (const node of to.nodes) {
    const old = before.get(node.id);
    if (!old || old === node) continue;
    const set = { ...difference(old, node, NODE_DEFAULTS), ...overrides(old, node) };
    if (Object.keys(set).length) ops.push({ op: "update-node", id: node.id, set });
  }
  added(to.nodes, before, "id", from.nodes.length - goneNodes.size, (node, place) =>
    ops.push({ op: "add-node", node, ...place }),
  );
  ops.push(...edges);
  return ops;
}

// Edges are told by their place: first the changes, then what goes (from behind), then what comes.
function edgeOps(from, to, goneNodes, ops) {
  const after = new Map(to.edges.map((edge) => [edge.key, edge]));
  from.edges.forEach((old, at) => {
    const edge = after.get(old.key);
    if (!edge || edge === old) return;
    const set = difference(old, edge, EDGE_DEFAULTS);
    if (Object.keys(set).length) ops.push({ op: "update-edge", at, set });
  });
  const goesWithNode = (edge) => goneNodes.has(edge.source) || goneNodes.has(edge.target);
  let left = from.edges.length;
  for (let at = from.edges.length - 1; at >= 0; at--) {
    if (after.has(from.edges[at].key)) continue;
    left--;
    if (!goesWithNode(from.edges[at])) ops.push({ op: "remove-edge", at });
  }
  const before = new Map(from.edges.map((edge) => [edge.key, edge]));
  const adding = [];
  added(to.edges, before, "key", left, ({ key, ...edge }, place) =>
    adding.push({ op: "add-edge", edge, ...place }),
  );
  return adding;
}

function gone(before, after, name) {
  const kept = new Set(after.map((one) => one[name]));
  return new Set(before.map((one) => one[name]).filter((one) => !kept.has(one)));
}

function added(items, before, name, length, report) {
  items.forEach((item, at) => {
    if (before.has(item[name])) return;
    report(item, at === length ? {} : { at });
    length++;
  });
}

function difference(old, now, defaults) {
  const set = {};
  for (const [name, usual] of Object.entries(defaults)) {
    const value = now[name] ?? usual;
    if (value !== (old[name] ?? usual)) set[name] = value;
  }
  return set;
}

function overrides(old, now) {
  const set = {};
  for (const name of OVERRIDES) {
    const value = now.overrides?.[name] ?? null;
    if (value !== (old.overrides?.[name] ?? null)) set[name] = value;
  }
  return set;
}
