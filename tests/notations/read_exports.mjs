// Usage: node read_exports.mjs < list.json
//
// Reads a list of {"notation", "name", "text"} and prints, for each, what the parser of the tool
// found: {"name", "nodes", "edges", "labels"}, or {"name", "error"}.
import "./browser_globals.mjs";
import { readFileSync } from "node:fs";

const { default: mermaid } = await import("mermaid");
const { GraphDataModel, ModelXmlSerializer, registerModelCodecs } = await import(
  "@maxgraph/core"
);
const { readExcalidraw } = await import("./node_modules/.bundles/read_excalidraw.mjs");

registerModelCodecs();

// Until it draws, Mermaid keeps entities such as #34; as a spelling of its own.
function asShown(label) {
  const html = label.replaceAll("ﬂ°°", "&#").replaceAll("ﬂ°", "&").replaceAll("¶ß", ";");
  const [page, breaks] = [document.createElement("div"), /<br\s*\/?>/g];
  page.innerHTML = html.replace(breaks, "\n");
  return page.textContent;
}

async function mermaidFound(text) {
  await mermaid.parse(text); // throws where the grammar does not fit
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  const data = diagram.db.getData();
  const nodes = data.nodes.filter((node) => !node.isGroup);
  return {
    nodes: nodes.length,
    edges: data.edges.length,
    labels: nodes.map((node) => asShown(node.label)),
    zones: data.nodes.length - nodes.length,
    links: data.nodes.filter((node) => node.link || node.haveCallback).length,
  };
}

function drawioFound(text) {
  const page = new DOMParser().parseFromString(text, "text/xml").querySelector("mxGraphModel");
  const model = new GraphDataModel();
  new ModelXmlSerializer(model).import(new XMLSerializer().serializeToString(page));
  const cells = Object.values(model.cells);
  const inside = (cell) => cell.isVertex() && cell.getParent()?.isVertex();
  return {
    nodes: cells.filter(inside).length,
    edges: cells.filter((cell) => cell.isEdge() && cell.source && cell.target).length,
    labels: cells.filter(inside).map((cell) => cell.value.getAttribute("label")),
    zones: cells.filter((cell) => cell.isVertex() && !inside(cell)).length,
    links: cells.filter((cell) => cell.value?.getAttribute?.("link")).length,
  };
}

function excalidrawFound(text) {
  const { given, restored } = readExcalidraw(text);
  const live = restored.filter((one) => !one.isDeleted);
  if (live.length !== given.length) throw new Error(`${given.length - live.length} elements lost`);
  const ids = new Set(live.map((one) => one.id));
  const bound = (end) => end && ids.has(end.elementId);
  const texts = new Map(
    live.filter((one) => one.type === "text").map((one) => [one.containerId, one.originalText]),
  );
  const shapes = live.filter((one) => ["rectangle", "ellipse"].includes(one.type));
  return {
    nodes: shapes.length,
    edges: live.filter(
      (one) => one.type === "arrow" && bound(one.startBinding) && bound(one.endBinding),
    ).length,
    labels: shapes.map((one) => texts.get(one.id)),
    zones: live.filter((one) => one.type === "frame").length,
    links: live.filter((one) => one.link).length,
  };
}

const readers = { mermaid: mermaidFound, drawio: drawioFound, excalidraw: excalidrawFound };
const found = [];
for (const { notation, name, text } of JSON.parse(readFileSync(0, "utf-8"))) {
  try {
    found.push({ name, ...(await readers[notation](text)) });
  } catch (error) {
    found.push({ name, error: `${error.stack ?? error}`.slice(0, 600) });
  }
}
process.stdout.write(JSON.stringify(found), () => process.exit(0));
