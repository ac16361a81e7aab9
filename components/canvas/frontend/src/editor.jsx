// The editor: palette, drawing, form, tools and keys around one session.

import { memo, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { changeEdge, changeNode, moveEdge, withEdge, withNode, unusedId } from "./document.js";
import { useActions } from "./actions.js";
import { useRemembered } from "./remembered.js";
import { labelsOf } from "./elements.js";
import { EdgeForm, NodeForm } from "./form.jsx";
import { HEIGHT, WIDTH, placeFor, snapped } from "./layout.js";
import { Hints } from "./hints.jsx";
import { KIND_TYPE, Palette } from "./palette.jsx";
import { Legend } from "./parts.jsx";
import { useSteady } from "./steady.js";
import { Surface } from "./surface.jsx";
import { Tools } from "./tools.jsx";
import { useView } from "./view.js";

export const Editor = memo(function Editor({ session }) {
  const state = useSyncExternalStore(session.subscribe, session.drawing);
  if (!state.doc) return <p className="waiting" role="status">Opening the drawing …</p>;
  return (
    <ReactFlowProvider>
      <Workspace session={session} state={state} />
    </ReactFlowProvider>
  );
});

function Workspace({ session, state }) {
  const { doc, positions, selected, readonly } = state;
  const root = useRef(null);
  const surface = useRef(null);
  const flow = useReactFlow();
  const [editing, setEditing] = useState(null);
  const [snap, setSnap] = useState(true);
  const [said, setSaid] = useState("");
  const [paletteShown, setPaletteShown] = useState(null); // null: as the width suggests
  const [tall, setTall] = useRemembered("tall", false);
  // It explains itself until somebody folds it away; a narrow page has no room beside the drawing.
  const [help, setHelp] = useRemembered("help", matchMedia("(min-width: 1000px)").matches);
  const zones = useMemo(() => session.zones(doc), [session, doc]);
  const labels = useMemo(() => labelsOf(doc, session.kinds), [doc, session]);

  const { fit, show } = useView({ flow, surface, session });
  useEffect(show, [show, state.arranged]);
  useEffect(() => {
    const place = root.current;
    place.addEventListener("fullscreenchange", show);
    return () => place.removeEventListener("fullscreenchange", show);
  }, [show]);

  const select = (ids) => session.set({ selected: new Set(ids) });
  const focusNode = (id) =>
    requestAnimationFrame(() => root.current?.querySelector(`.react-flow__node[data-id="${id}"]`)?.focus());

  // The button that was pressed goes with its form; the focus goes on in the next one.
  const focusField = (field) =>
    requestAnimationFrame(() => root.current?.querySelector(`[data-field=${field}]`)?.focus());
  const goTo = (id, field) => {
    select([id]);
    focusField(field);
  };

  const add = (kind, dropped) => {
    if (doc.nodes.length >= session.palette.max_nodes) {
      setSaid(`A drawing has at most ${session.palette.max_nodes} nodes.`);
      return;
    }
    const node = { id: unusedId(kind.id, session.taken()), kind: kind.id };
    const place = dropped
      ? { at: dropped, positions }
      : placeFor(kind.zone, doc, zones, positions);
    session.commit({
      doc: withNode(doc, node),
      positions: { ...place.positions, [node.id]: place.at },
      selected: new Set([node.id]),
      ...(dropped ? {} : { arranged: state.arranged + 1 }),
    });
    setPaletteShown(paletteIsShown(root.current)); // it stays where it is used
    setSaid(`Added ${kind.label}.`);
  };

  const connect = (source, target) => {
    if (!source || !target || source === target) return;
    if (doc.edges.length >= session.palette.max_edges) {
      setSaid(`A drawing has at most ${session.palette.max_edges} edges.`);
      return;
    }
    const next = withEdge(doc, { source, target });
    session.commit({ doc: next, selected: new Set([next.edges.at(-1).key]) });
    setSaid(`Connected ${labels.get(source)} to ${labels.get(target)}.`);
    return next.edges.at(-1).key;
  };

  const move = (key, ends) => {
    const old = doc.edges.find((one) => one.key === key);
    if (!old) return;
    const { source, target } = { ...old, ...ends };
    if (source === target || (source === old.source && target === old.target)) return;
    const next = moveEdge(doc, key, { source, target });
    session.commit({ doc: next.doc, selected: new Set([next.key]) });
    setSaid(`Moved: from ${labels.get(source)} to ${labels.get(target)}.`);
    return true;
  };

  const rename = (id, label, refocus) => {
    if (editing !== id) return;
    setEditing(null);
    const node = doc.nodes.find((one) => one.id === id);
    if (label !== null && node && label !== (node.label ?? "")) {
      session.commit({ doc: changeNode(doc, id, { label }) });
      setSaid(`Renamed to ${label || "the name of its kind"}.`);
    }
    if (refocus) focusNode(id);
  };

  const actions = useActions({ session, state, setSaid, setEditing, select, fit, root });

  const onNodesChange = (changes) => {
    const chosen = new Set(selected);
    let moved = null;
    let dragging = false;
    for (const change of changes) {
      if (change.type === "select") chosen[change.selected ? "add" : "delete"](change.id);
      if (change.type === "position" && change.position) {
        moved = { ...(moved ?? positions), [change.id]: change.position };
        dragging ||= Boolean(change.dragging);
      }
    }
    if (changes.some((change) => change.type === "select")) session.set({ selected: chosen });
    if (!moved) return;
    if (dragging) session.preview(moved);
    else if (!samePlaces(moved, session.settled)) session.commit({ positions: moved });
  };
  const onEdgesChange = (changes) => {
    const chosen = new Set(session.state.selected);
    for (const change of changes) {
      if (change.type === "select") chosen[change.selected ? "add" : "delete"](change.id);
    }
    session.set({ selected: chosen });
  };

  const onDrop = (event) => {
    const kind = session.kinds.get(event.dataTransfer.getData(KIND_TYPE));
    if (!kind) return;
    event.preventDefault();
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    add(kind, { x: snapped(at.x - WIDTH / 2), y: snapped(at.y - HEIGHT / 2) });
  };

  const on = useSteady({
    nodesChange: onNodesChange,
    edgesChange: onEdgesChange,
    connect: ({ source, target }) => connect(source, target),
    reconnect: (edge, { source, target }) => move(edge.id, { source, target }),
    doubleClick: (_, one) => !readonly && setEditing(one.id),
    rename,
    selectOne: (key) => select([key]),
    add,
  });

  const [only] = selected.size === 1 ? selected : [];
  const node = doc.nodes.find((one) => one.id === only);
  const edge = doc.edges.find((one) => one.key === only);
  return (
    <div
      ref={root}
      className="workspace"
      data-palette={paletteShown === null ? "auto" : paletteShown ? "shown" : "hidden"}
      data-tall={tall || undefined}
      data-empty={!doc.nodes.length || undefined}
      onKeyDown={readonly ? undefined : actions.onKeyDown}
      role="group"
      aria-label="Canvas"
    >
      <Tools state={state} actions={actions} snap={snap} onSnap={() => setSnap(!snap)}
        onPalette={() => setPaletteShown(!paletteIsShown(root.current))}
        tall={tall} onTall={() => { setTall(!tall); show(); }}
        help={help} onHelp={() => setHelp(!help)} />
      <div className="middle">
        {!readonly && <Palette kinds={session.palette.kinds} onAdd={on.add} />}
        <div
          className="surface"
          ref={surface}
          onDragOver={(event) => event.preventDefault()}
          onDrop={onDrop}
        >
          <Surface doc={doc} positions={positions} selected={selected} zones={zones} labels={labels}
            kinds={session.kinds} editing={editing} readonly={readonly} snap={snap} on={on} />
          {!doc.nodes.length && (
            <p className="empty">
              Nothing is drawn yet. Begin with the part that receives the request: choose it in the
              palette, or drag it here.
            </p>
          )}
        </div>
        {!readonly && (help || selected.size > 0) && (
          <div className="side">
            {!node && !edge ? (
              <Hints selected={selected.size} onFold={() => setHelp(false)} />
            ) : node ? (
              <NodeForm
                key={node.id}
                node={node}
                kind={session.kinds.get(node.kind)}
                doc={doc}
                labels={labels}
                onChange={(changes) => session.commit({ doc: changeNode(session.state.doc, node.id, changes) })}
                onConnect={(source, target) => connect(source, target) && focusField("mode")}
                onSelect={(key) => goTo(key, "mode")}
              />
            ) : (
              <EdgeForm
                key={edge.key}
                edge={edge}
                doc={doc}
                onMove={(ends) => move(edge.key, ends) && focusField("source" in ends ? "from" : "to")}
                labels={labels}
                onSelect={(id) => goTo(id, "label")}
                onChange={(changes) => session.commit({ doc: changeEdge(session.state.doc, edge.key, changes) })}
              />
            )}
          </div>
        )}
      </div>
      <div className="foot">
        <Legend />
        <Status session={session} said={said} />
      </div>
    </div>
  );
}

// What became of the edits; it alone follows every message.
function Status({ session, said }) {
  const { error, status } = useSyncExternalStore(session.subscribe, session.snapshot);
  return (
    <p className={error ? "said error" : "said"} role="status" aria-live="polite" data-part="canvas-status">
      {error || [said, status].filter(Boolean).join(" ")}
    </p>
  );
}

const samePlaces = (one, other) =>
  Object.entries(one).every(([id, at]) => other[id]?.x === at.x && other[id]?.y === at.y);

function paletteIsShown(root) {
  const palette = root.querySelector(".palette");
  return palette !== null && getComputedStyle(palette).display !== "none";
}
