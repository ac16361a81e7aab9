// Entry: brought once by a component that shows nothing, used by the canvas component.

import { createRoot } from "react-dom/client";
import flowStyle from "@xyflow/react/dist/style.css";
import ownStyle from "./canvas.css";
import { Editor } from "./editor.jsx";
import { sessionOf } from "./session.js";

export default function (component) {
  const { code, palette } = component.data;
  const waiting = (globalThis[`dryrun.canvas.${code}`] ??= {});
  waiting.ready ??= new Promise((resolve) => (waiting.resolve = resolve));
  waiting.resolve?.({ mount: (canvas) => mount(canvas, palette) });
}

// The way to the server belongs to a component of its own, which may come after the canvas.
function post(attempt, name, value) {
  const posts = (globalThis["dryrun.canvas.posts"] ??= new Map());
  const found = posts.get(attempt) ?? { waiting: [] };
  posts.set(attempt, found);
  if (found.send) found.send(name, value);
  else found.waiting.push([name, value]);
}

const roots = new WeakMap();

// Called at each run of the page with the newest data; one root for each place in the page.
function mount(component, palette) {
  const { parentElement, data } = component;
  const place = parentElement.querySelector("[data-part=canvas]");
  const session = sessionOf(data.attempt, palette);
  session.send = (name, value) => post(data.attempt, name, value);
  session.receive(data);
  let root = roots.get(place);
  if (!root) {
    const style = document.createElement("style");
    style.textContent = `${flowStyle}\n${ownStyle}`;
    place.before(style);
    root = createRoot(place);
    roots.set(place, root);
  }
  root.render(<Editor session={session} />);
  return () => {
    roots.delete(place);
    root.unmount();
  };
}
