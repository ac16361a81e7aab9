// Which part of the drawing is in sight, and how large.

import { useCallback } from "react";
import { HEIGHT, WIDTH } from "./layout.js";

// Room for the buttons at the left and the names of the bands.
const MARGIN = { top: 28, right: 28, bottom: 28, left: 56 };
const READABLE = 0.72; // below this zoom the small text is under 10 pixels
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// `fit` shows everything, however small. `show` keeps the text readable: where not everything fits,
// it shows what was just added, or else the beginning of the drawing.
export function useView({ flow, surface, session }) {
  const fit = useCallback(() => {
    const padding = Object.fromEntries(Object.entries(MARGIN).map(([side, px]) => [side, `${px}px`]));
    afterDrawing(() => flow.fitView({ padding, maxZoom: 1, duration: calm() ? 0 : 200 }));
  }, [flow]);
  const show = useCallback(() => {
    afterDrawing(() => {
      const { doc, positions, selected } = session.state;
      const places = doc.nodes.map((node) => positions[node.id]).filter(Boolean);
      if (!places.length || !surface.current) return;
      const { width, height } = surface.current.getBoundingClientRect();
      const left = Math.min(...places.map((at) => at.x));
      const top = Math.min(...places.map((at) => at.y));
      const wide = Math.max(...places.map((at) => at.x)) + WIDTH - left;
      const high = Math.max(...places.map((at) => at.y)) + HEIGHT - top;
      const room = { x: width - MARGIN.left - MARGIN.right, y: height - MARGIN.top - MARGIN.bottom };
      if (Math.min(room.x / wide, room.y / high) >= READABLE) return fit();
      const duration = calm() ? 0 : 200;
      const [only] = selected.size === 1 ? selected : [];
      const at = positions[only];
      if (at) flow.setCenter(at.x + WIDTH / 2, at.y + HEIGHT / 2, { zoom: READABLE, duration });
      else {
        const zoom = READABLE;
        flow.setViewport({ x: MARGIN.left - left * zoom, y: MARGIN.top - top * zoom, zoom }, { duration });
      }
    });
  }, [flow, surface, session, fit]);
  return { fit, show };
}

// After the frame in which the new places are drawn.
const afterDrawing = (what) => requestAnimationFrame(what);
