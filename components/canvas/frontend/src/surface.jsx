// The drawing itself. It is drawn anew only if what is drawn changed, not with every message.

import { memo, useMemo, useRef } from "react";
import { Background, ConnectionMode, Controls, MiniMap, ReactFlow } from "@xyflow/react";
import { edgesOf, elementsMade, nodesOf } from "./elements.js";
import { GRID, bands } from "./layout.js";
import { Bands, DesignEdge, DesignNode } from "./parts.jsx";

const NODE_TYPES = { design: DesignNode };
const EDGE_TYPES = { design: DesignEdge };
const MANY = 12; // nodes; more of them may not fit at a size that can be read
const SNAP_GRID = [GRID, GRID];
const MULTI_KEYS = ["Control", "Meta"];
const OVERVIEW = { width: 120, height: 84 };

// `on` holds steady functions: what happens in the drawing.
export const Surface = memo(function Surface(props) {
  const { doc, positions, selected, zones, labels, kinds, editing, readonly, snap, on } = props;
  const nodesMade = useRef(null);
  const edgesMade = useRef(null);
  nodesMade.current ??= elementsMade();
  edgesMade.current ??= elementsMade();
  const nodes = useMemo(
    () =>
      nodesMade.current(
        nodesOf({ doc, positions, selected, zones, labels, kinds, editing, onRename: on.rename }),
      ),
    [doc, positions, selected, zones, labels, kinds, editing, on],
  );
  const edges = useMemo(
    () => edgesMade.current(edgesOf({ doc, positions, labels, selected, onSelect: on.selectOne })),
    [doc, positions, labels, selected, on],
  );
  const ground = useMemo(() => bands(doc, zones, positions), [doc, zones, positions]);
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onNodesChange={on.nodesChange}
      onEdgesChange={on.edgesChange}
      onConnect={on.connect}
      onReconnect={on.reconnect}
      reconnectRadius={6}
      onNodeDoubleClick={on.doubleClick}
      connectionMode={ConnectionMode.Loose}
      connectionRadius={100}
      deleteKeyCode={null}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={MULTI_KEYS}
      zoomOnDoubleClick={false}
      preventScrolling={false}
      zoomOnScroll={false}
      nodesDraggable={!readonly}
      nodesConnectable={!readonly}
      snapToGrid={snap}
      snapGrid={SNAP_GRID}
      minZoom={0.1}
      maxZoom={2}
      aria-label="Drawing"
      tabIndex={-1}
    >
      <Bands bands={ground} />
      <Background gap={GRID * 2} />
      <Controls showInteractive={false} />
      {doc.nodes.length > MANY && <MiniMap pannable zoomable position="top-right"
        nodeColor="var(--soft)" bgColor="var(--paper)" maskColor="var(--mask)"
        style={OVERVIEW} ariaLabel="Overview of the drawing" />}
    </ReactFlow>
  );
});
