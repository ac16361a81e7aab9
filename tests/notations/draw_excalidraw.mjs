// Draws a scene in a browser with Excalidraw's own export: what its users see.
import { exportToSvg, restore } from "@excalidraw/excalidraw";

window.excalidrawSvg = async (text, dark) => {
  const scene = JSON.parse(text);
  const { elements } = restore(scene, null, null, { repairBindings: true });
  return exportToSvg({
    elements,
    appState: { ...scene.appState, exportBackground: true, exportWithDarkMode: dark },
    files: {},
    skipInliningFonts: true, // the plain font is the computer's own
  });
};
