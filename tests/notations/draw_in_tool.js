// Draws a file with the code of its tool, and reports where everything came to lie:
// {"shapes": [{"box", "text", "textBox"}], "lines": [{"box", "text", "textBox"}]}, in pixels.

const place = document.getElementById("drawing");
const boxOf = (element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
};
const found = (shape, label) => ({
  box: boxOf(shape),
  text: label?.textContent ?? "",
  textBox: label ? boxOf(label) : null,
});

async function drawMermaid(text, dark) {
  mermaid.initialize({ startOnLoad: false, theme: dark ? "dark" : "default" });
  const { svg } = await mermaid.render("drawn", text);
  place.innerHTML = svg;
  const drawn = place.firstChild;
  drawn.style.maxWidth = "none";
  drawn.setAttribute("width", drawn.viewBox.baseVal.width);
  drawn.setAttribute("height", drawn.viewBox.baseVal.height);
  if (dark) place.style.background = "#1e1e1e";
  const labels = [...drawn.querySelectorAll(".edgeLabels > .edgeLabel")];
  return {
    shapes: [...drawn.querySelectorAll(".node")].map((node) =>
      found(node.querySelector(".label-container, path, polygon, rect") ?? node, node.querySelector(".nodeLabel")),
    ),
    lines: [...drawn.querySelectorAll(".edgePaths path")].map((path, number) =>
      found(path, labels[number]?.querySelector("span, p, text")),
    ),
  };
}

function drawDrawio(text, dark) {
  const graph = new Graph(place);
  const model = mxUtils.parseXml(text).querySelector("mxGraphModel");
  graph.setEnabled(false);
  new mxCodec(model.ownerDocument).decode(model, graph.getModel());
  const { width, height, x, y } = graph.getGraphBounds();
  graph.view.setTranslate(20 - x, 20 - y);
  place.style.width = `${width + 40}px`;
  place.style.height = `${height + 40}px`;
  if (dark) place.style.background = "#1e1e1e";
  const states = Object.values(graph.getModel().cells).map((cell) => graph.view.getState(cell));
  const drawn = (state) => found(state.shape.node, state.text?.node);
  const leaf = (state) => state?.cell.isVertex() && !state.cell.getChildCount();
  return {
    shapes: states.filter(leaf).map(drawn),
    lines: states.filter((state) => state?.cell.isEdge()).map(drawn),
  };
}

async function drawExcalidraw(text, dark) {
  const { svg, shapes, lines } = await excalidraw(text, dark);
  place.replaceChildren(svg);
  return { shapes, lines };
}

window.drawInTool = (tool, text, dark) =>
  ({ mermaid: drawMermaid, drawio: drawDrawio, excalidraw: drawExcalidraw })[tool](text, dark);
