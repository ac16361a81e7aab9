// Restores a scene as Excalidraw does when it opens a file, and reports what is left of it.
import { restore } from "@excalidraw/excalidraw";

export function readExcalidraw(text) {
  const scene = JSON.parse(text);
  const { elements } = restore(scene, null, null, { repairBindings: true });
  return { given: scene.elements, restored: elements };
}
