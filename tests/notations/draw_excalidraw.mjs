// Draws a scene in a browser with Excalidraw's own export: what its users see.
import { exportToSvg, restore } from "@excalidraw/excalidraw";

const FONT = '"Liberation Sans", Helvetica, sans-serif';
const pen = document.createElement("canvas").getContext("2d");

function found(shape, text) {
  const { x, y, width, height } = shape;
  if (!text) return { box: { x, y, width, height }, text: "", textBox: null };
  pen.font = `${text.fontSize}px ${FONT}`;
  const wide = Math.max(...text.text.split("\n").map((line) => pen.measureText(line).width));
  return {
    box: { x, y, width, height },
    text: text.text,
    textBox: { x: text.x + (text.width - wide) / 2, y: text.y, width: wide, height: text.height },
  };
}

window.excalidraw = async (file, dark) => {
  const scene = JSON.parse(file);
  const { elements } = restore(scene, null, null, { repairBindings: true });
  const svg = await exportToSvg({
    elements,
    appState: { ...scene.appState, exportBackground: true, exportWithDarkMode: dark },
    files: {},
    skipInliningFonts: true, // the plain font is the computer's own
  });
  const texts = new Map(
    elements.filter((one) => one.type === "text").map((one) => [one.containerId, one]),
  );
  const all = (...types) =>
    elements.filter((one) => types.includes(one.type)).map((one) => found(one, texts.get(one.id)));
  return { svg, shapes: all("rectangle", "ellipse"), lines: all("arrow") };
};
