// The row of tools above the drawing. Each says its key, and all work without a pointer.

import { canPaste } from "./actions.js";

export function Tools({ state, actions, snap, onSnap, onPalette, tall, onTall, help, onHelp }) {
  if (state.readonly) return null;
  const nodes = state.doc.nodes.some((node) => state.selected.has(node.id));
  const tools = [
    ["Undo", "Ctrl+Z", actions.undo, state.canUndo],
    ["Redo", "Ctrl+Shift+Z", actions.redo, state.canRedo],
    ["Rename", "F2", actions.rename, nodes && state.selected.size === 1],
    ["Cut", "Ctrl+X", actions.cut, nodes],
    ["Copy", "Ctrl+C", actions.copy, nodes],
    ["Paste", "Ctrl+V", actions.paste, canPaste()],
    ["Duplicate", "Ctrl+D", actions.duplicate, nodes],
    ["Delete", "Delete", actions.remove, state.selected.size > 0],
    ["Arrange", "L", actions.arrange, state.doc.nodes.length > 0],
    ["Fit", null, actions.fit, state.doc.nodes.length > 0],
  ];
  return (
    <div className="tools" role="toolbar" aria-label="Tools">
      <button type="button" onClick={onPalette}>Palette</button>
      {tools.map(([name, keys, run, possible]) => (
        <button
          key={name}
          type="button"
          title={keys ? `${name} (${keys})` : name}
          aria-keyshortcuts={keys?.replace("Ctrl", "Control") ?? undefined}
          aria-disabled={!possible}
          onClick={() => possible && run()}
        >
          {name}
        </button>
      ))}
      <button type="button" onClick={actions.fullScreen}>Full screen</button>
      <button type="button" aria-pressed={tall} onClick={onTall} title="As high as the window">
        Tall
      </button>
      <button type="button" aria-pressed={help} onClick={onHelp} title="How to draw, beside the drawing">
        Help
      </button>
      <button type="button" aria-pressed={snap} onClick={onSnap} title="Nodes stand on a grid">
        Snap
      </button>
    </div>
  );
}
