// What can be done to the selection, by button or by key.

import { selectedPart, withPart, without } from "./document.js";

let clipboard = null; // { nodes, edges, positions }; outlives the component, not the page

export const canPaste = () => clipboard !== null;

export function useActions({ session, state, setSaid, setEditing, select, fit, root }) {
  const { doc, positions, selected } = state;
  const nodesChosen = doc.nodes.filter((node) => selected.has(node.id));

  const insert = (part, done) => {
    const { max_nodes: most, max_edges: mostEdges } = session.palette;
    if (doc.nodes.length + part.nodes.length > most || doc.edges.length + part.edges.length > mostEdges) {
      setSaid(`A drawing has at most ${most} nodes and ${mostEdges} edges.`);
      return;
    }
    const taken = session.taken();
    const next = withPart(doc, part, (node) => node.id, taken);
    const places = { ...positions };
    for (const [old, id] of next.renamed) {
      const at = part.positions[old] ?? { x: 0, y: 0 };
      places[id] = { x: at.x + 36, y: at.y + 84 };
    }
    session.commit({
      doc: next.doc,
      positions: places,
      selected: new Set(next.renamed.values()),
    });
    setSaid(`${done} ${count(part.nodes.length)}.`);
  };
  const part = () => ({ ...selectedPart(doc, selected), positions });

  const actions = {
    undo: () => {
      session.undo();
      setSaid("Undone.");
    },
    redo: () => {
      session.redo();
      setSaid("Redone.");
    },
    remove: () => {
      if (!selected.size) return;
      session.commit({ doc: without(doc, selected), selected: new Set() });
      setSaid("Deleted.");
      // The focused node may be gone; the keys must go on working.
      requestAnimationFrame(() => root.current?.querySelector(".react-flow")?.focus());
    },
    copy: () => {
      if (!nodesChosen.length) return;
      clipboard = part();
      setSaid(`Copied ${count(nodesChosen.length)}.`);
    },
    cut: () => {
      if (!nodesChosen.length) return;
      clipboard = part();
      actions.remove();
      setSaid(`Cut ${count(nodesChosen.length)}.`);
    },
    paste: () => clipboard && insert(clipboard, "Pasted"),
    duplicate: () => nodesChosen.length && insert(part(), "Duplicated"),
    arrange: () => {
      session.arrange();
      setSaid("Arranged by zone and direction.");
    },
    fit,
    fullScreen: () => {
      if (root.current?.matches(":fullscreen")) document.exitFullscreen();
      else root.current?.requestFullscreen?.().catch(() => setSaid("This browser refuses full screen."));
    },
    rename: () => nodesChosen.length === 1 && setEditing(nodesChosen[0].id),
    connect: () => root.current?.querySelector("[data-field=connect]")?.focus(),
    all: () => {
      select([...doc.nodes.map((node) => node.id), ...doc.edges.map((edge) => edge.key)]);
      setSaid(`Selected ${count(doc.nodes.length)}.`);
    },
  };

  const KEYS = {
    delete: actions.remove,
    backspace: actions.remove,
    f2: actions.rename,
    c: actions.connect,
    l: actions.arrange,
    "mod+z": actions.undo,
    "mod+shift+z": actions.redo,
    "mod+y": actions.redo,
    "mod+c": actions.copy,
    "mod+x": actions.cut,
    "mod+v": actions.paste,
    "mod+d": actions.duplicate,
    "mod+a": actions.all,
  };
  // In a field, keys belong to the field; elsewhere they are not Streamlit's either.
  actions.onKeyDown = (event) => {
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
      event.stopPropagation();
      return;
    }
    const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
    const name = `${mod}${mod && event.shiftKey ? "shift+" : ""}${event.key.toLowerCase()}`;
    const action = KEYS[name];
    if (!action || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  return actions;
}

const count = (number) => (number === 1 ? "1 node" : `${number} nodes`);
