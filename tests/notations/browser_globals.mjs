// The tools' packages expect a browser; jsdom lends them what they ask for while they load.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><html><body></body></html>", {
  url: "http://localhost/",
  pretendToBeVisual: true,
});
globalThis.window = window;
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis)) {
    Object.defineProperty(globalThis, name, {
      value: window[name],
      configurable: true,
      writable: true,
    });
  }
}
// Nothing is painted: a canvas only has to answer how wide a text is.
window.HTMLCanvasElement.prototype.getContext = () => ({
  filter: "",
  measureText: (text) => ({ width: 7 * text.length }),
});
