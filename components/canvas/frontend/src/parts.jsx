// How a node, an edge and the ground of a zone look. Labels are text, never markup.

import { memo, useState } from "react";
import {
  BaseEdge,
  EdgeLabelRenderer,
  Handle,
  Position,
  ViewportPortal,
  getBezierPath,
} from "@xyflow/react";
import { fillOf } from "./palette.jsx";

export const DesignNode = memo(function DesignNode({ data }) {
  const { node, kind, zone, label, editing, onRename } = data;
  const facts = [];
  if (kind && node.label) facts.push(kind.label);
  if (!kind) facts.push(node.kind);
  if (node.replicas > 1) facts.push(`× ${node.replicas}`);
  return (
    <div className="node" style={fillOf(kind)} data-zone={zone} title={node.note || undefined}>
      <Handle type="target" position={Position.Left} id="in" />
      {editing ? (
        <Rename text={node.label ?? ""} usual={kind?.label}
          onDone={(text, refocus) => onRename(node.id, text, refocus)} />
      ) : (
        <strong>{label}</strong>
      )}
      {facts.length > 0 && !editing && <small>{facts.join(" · ")}</small>}
      <Handle type="source" position={Position.Right} id="out" />
      {Object.values(Position).map((side) => (
        <Handle key={side} type="source" position={side} id={side} className="end" isConnectableStart={false} />
      ))}
    </div>
  );
});

function Rename({ text, usual, onDone }) {
  const [draft, setDraft] = useState(text);
  return (
    <input
      className="nodrag rename"
      aria-label="New label"
      autoFocus
      value={draft}
      placeholder={usual}
      maxLength={120}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => onDone(draft, false)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") onDone(draft, true);
        if (event.key === "Escape") onDone(null, true);
      }}
    />
  );
}

const level = (side) => side === Position.Right || side === Position.Left;

// Edges between the same two nodes run side by side.
function beside({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }, offset) {
  const [dx, dy] = level(sourcePosition) ? [0, offset] : [offset, 0];
  return {
    sourceX: sourceX + dx,
    sourceY: sourceY + dy,
    targetX: targetX + dx,
    targetY: targetY + dy,
    sourcePosition,
    targetPosition,
  };
}

export const DesignEdge = memo(function DesignEdge({ id, data, selected, markerEnd, ...ends }) {
  const at = beside(ends, data.offset);
  const [path, x, middle] = getBezierPath(at);
  // Of edges that fan out, each says what it says beside its own end.
  const y = level(at.sourcePosition) ? (data.fansOut ? at.targetY : at.sourceY) : middle;
  const { edge } = data;
  const facts = [];
  if (edge.timeout_ms) facts.push(`${edge.timeout_ms} ms`);
  if (edge.calls_per_request) facts.push(`× ${edge.calls_per_request}`);
  if (edge.fallback) facts.push(`else ${edge.fallback}`);
  const text = facts.join(" · ");
  return (
    <>
      <BaseEdge id={id} path={path} markerEnd={markerEnd} interactionWidth={24}
        className={`line ${edge.mode ?? "sync"}`} />
      {text && !selected && ( // what the form says then covers neither the line nor its ends
        <EdgeLabelRenderer>
          <div
            title={text}
            className="edge-facts nodrag nopan"
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
            onClick={() => data.onSelect(edge.key)}
          >
            {text}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

export function Bands({ bands }) {
  return (
    <ViewportPortal>
      {bands.map(({ zone, left, right, top, bottom }) => (
        <div
          key={zone}
          className="band"
          data-zone={zone}
          style={{ left, top, width: right - left, height: bottom - top }}
        >
          <span>{zone}</span>
        </div>
      ))}
    </ViewportPortal>
  );
}

export function Legend() {
  return (
    <ul className="legend" aria-label="Line styles">
      {[["sync", "the caller waits"], ["async", "it does not"], ["batch", "moved in bulk"]].map(
        ([mode, text]) => (
          <li key={mode}>
            <svg width="30" height="8" aria-hidden="true">
              <line x1="1" y1="4" x2="29" y2="4" className={`line ${mode}`} />
            </svg>
            {mode}: {text}
          </li>
        ),
      )}
    </ul>
  );
}
