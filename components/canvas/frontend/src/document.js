// The drawn design as the server knows it: nodes with ids, edges with places in a list.
//
// A document is never changed; every edit makes a new one, so that undoing is going back to an
// older one. Edges get a key here, which the server never sees.

let edges = 0;

export function documentOf(doc) {
  return {
    nodes: doc.nodes ?? [],
    edges: (doc.edges ?? []).map((edge) => ({ ...edge, key: newKey() })),
  };
}

export const newKey = () => `edge-${++edges}`;

// The lowest free id for a node of a kind; the same rule as in designs/identifiers.py.
export function unusedId(wanted, taken) {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const suffix = `-${number}`;
    const candidate = wanted.slice(0, 64 - suffix.length).replace(/-+$/, "") + suffix;
    if (!taken.has(candidate)) return candidate;
  }
}

export function withNode(doc, node) {
  return { ...doc, nodes: [...doc.nodes, node] };
}

export function withEdge(doc, edge) {
  return { ...doc, edges: [...doc.edges, { ...edge, key: newKey() }] };
}

// Nothing that is empty is kept, as on the server, where absent means default.
export function changed(record, changes) {
  const next = { ...record };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") delete next[name];
    else next[name] = value;
  }
  return next;
}

export function changeNode(doc, id, changes) {
  return { ...doc, nodes: doc.nodes.map((one) => (one.id === id ? changed(one, changes) : one)) };
}

export function changeEdge(doc, key, changes) {
  return { ...doc, edges: doc.edges.map((one) => (one.key === key ? changed(one, changes) : one)) };
}

// Where an edge leads is what it is: with other ends it is another edge, at the same place in the list.
export function moveEdge(doc, key, ends) {
  const moved = newKey();
  const edges = doc.edges.map((one) => (one.key === key ? { ...one, ...ends, key: moved } : one));
  return { doc: { ...doc, edges }, key: moved };
}

export function without(doc, chosen) {
  return {
    nodes: doc.nodes.filter((node) => !chosen.has(node.id)),
    edges: doc.edges.filter(
      (edge) => !chosen.has(edge.key) && !chosen.has(edge.source) && !chosen.has(edge.target),
    ),
  };
}

// What is selected, for the clipboard: the nodes, and the edges that have both ends among them.
export function selectedPart(doc, chosen) {
  return {
    nodes: doc.nodes.filter((node) => chosen.has(node.id)),
    edges: doc.edges.filter((edge) => chosen.has(edge.source) && chosen.has(edge.target)),
  };
}

// Add a copy of a part under ids that are free. Returns the document and old id -> new id.
export function withPart(doc, part, idOf, taken) {
  const renamed = new Map();
  for (const node of part.nodes) {
    const id = unusedId(idOf(node), taken);
    taken.add(id);
    renamed.set(node.id, id);
  }
  return {
    renamed,
    doc: {
      nodes: [...doc.nodes, ...part.nodes.map((node) => ({ ...node, id: renamed.get(node.id) }))],
      edges: [
        ...doc.edges,
        ...part.edges.map((edge) => ({
          ...edge,
          source: renamed.get(edge.source),
          target: renamed.get(edge.target),
          key: newKey(),
        })),
      ],
    },
  };
}
