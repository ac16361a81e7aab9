// The state of one drawing in this browser: what is shown, what the server confirmed, what is on
// its way, and what can be undone. It outlives the component, which comes and goes with the page.

import { documentOf } from "./document.js";
import { laneLayout } from "./layout.js";
import { patchOps } from "./patch.js";
import { storePositions, storedPositions } from "./positions.js";

const SILENT_MS = 8000; // send again when no receipt came
const RETRY_MS = 5000; // send again when the server could not save
const UNDO_STEPS = 100;
const MESSAGES = new Set(["status", "error"]);
const TAB = Math.random().toString(36).slice(2, 10);

const sessions = new Map();
let seq = 0;

export function sessionOf(attempt, palette) {
  if (!sessions.has(attempt)) sessions.set(attempt, new Session(attempt, palette));
  return sessions.get(attempt);
}

export class Session {
  constructor(attempt, palette) {
    this.attempt = attempt;
    this.palette = palette;
    this.kinds = new Map(palette.kinds.map((kind) => [kind.id, kind]));
    this.listeners = new Set();
    this.send = () => {};
    this.state = {
      doc: null, // what is shown
      positions: {},
      selected: new Set(), // node ids and edge keys
      status: "",
      error: "",
      canUndo: false,
      canRedo: false,
      readonly: false,
      arranged: 0, // grows when everything got a new place, so that the view follows
    };
    this.shown = this.state; // as it was when something else than a message last changed
    this.saved = null; // what the server confirmed
    this.revision = 0;
    this.epoch = null;
    this.inFlight = null; // { seq, doc }
    this.followed = true; // whether the page around shows what follows from the drawing
    this.settled = {}; // positions before the drag that is going on
    this.past = [];
    this.future = [];
    this.timer = null;
  }

  subscribe = (listener) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = () => this.state;

  // What is drawn: messages come and go twice in each edit and must not draw everything anew.
  drawing = () => this.shown;

  set(changes) {
    const news = Object.keys(changes).filter((name) => !Object.is(changes[name], this.state[name]));
    if (!news.length) return;
    this.state = { ...this.state, ...changes };
    if (news.some((name) => !MESSAGES.has(name))) this.shown = this.state;
    for (const listener of this.listeners) listener();
  }

  // --- what the server says ---------------------------------------------------------------

  receive(data) {
    const answered = this.inFlight !== null && data.seq === this.inFlight.seq;
    if (data.doc && data.epoch !== this.epoch) this.adopt(data);
    else if (answered && data.retry) this.waitAndRetry(data.error, RETRY_MS);
    else if (answered) this.confirmed(data);
    else if (!this.state.doc) setTimeout(() => this.send("ask", TAB + ++seq), 0);
    this.epoch = data.epoch;
    this.set({ readonly: Boolean(data.readonly) });
  }

  adopt(data) {
    clearTimeout(this.timer);
    const doc = documentOf(data.doc);
    const known = this.state.doc !== null;
    this.revision = data.revision;
    this.inFlight = null;
    if (known && same(doc, this.state.doc)) {
      // Only the receipt had been lost.
      this.saved = this.state.doc;
      this.set({ status: "Saved", error: "" });
      return;
    }
    if (known && !data.error && same(doc, this.saved)) {
      // The server began anew and knows nothing of the edit that was on its way: send it again.
      setTimeout(() => this.flush(), 0);
      return;
    }
    this.saved = doc;
    this.past = [];
    this.future = [];
    const places = known ? this.state.positions : storedPositions(this.attempt);
    const placed = doc.nodes.filter((node) => places[node.id]);
    const all = placed.length === doc.nodes.length;
    // Places of before are used if they are of this drawing; a new one is laid out.
    const positions = all ? places : this.completed(doc, placed.length ? places : {});
    this.settled = positions;
    this.set({
      doc,
      positions,
      selected: new Set([...this.state.selected].filter((id) => positions[id])),
      status: data.error || !data.revision ? "" : "Saved",
      error: data.error ?? "",
      canUndo: false,
      canRedo: false,
      arranged: this.state.arranged + 1,
    });
  }

  completed(doc, places) {
    const fresh = laneLayout(doc, this.zones(doc));
    if (!Object.keys(places).length) return fresh;
    const missing = doc.nodes.filter((node) => !places[node.id]).length;
    // When most of it is new, a layout of the whole reads better than old places and gaps.
    if (missing * 3 > doc.nodes.length) return fresh;
    const bottom = Math.max(...Object.values(places).map((at) => at.y)) + 120;
    const positions = { ...places };
    let x = 0;
    for (const node of doc.nodes) {
      if (positions[node.id]) continue;
      positions[node.id] = { x, y: bottom };
      x += 240;
    }
    return positions;
  }

  confirmed(data) {
    clearTimeout(this.timer);
    this.saved = this.inFlight.doc;
    this.revision = data.revision;
    this.inFlight = null;
    this.followed = !data.follows;
    this.set({ status: this.state.doc === this.saved ? "Saved" : "Saving …", error: "" });
    setTimeout(() => this.flush(), 0);
  }

  // What follows from the drawing, such as its picture, waits until all is saved and says so.
  follow() {
    if (this.followed) return;
    this.followed = true;
    this.send("follow", `${TAB}-${++seq}`);
  }

  waitAndRetry(error, delay) {
    clearTimeout(this.timer);
    this.set({ status: "Not saved yet", error });
    this.timer = setTimeout(() => {
      this.inFlight = null;
      this.flush();
    }, delay);
  }

  // One message at a time: the next one is made on the revision that this one's receipt names.
  flush() {
    if (this.inFlight || !this.saved) return;
    const ops = patchOps(this.saved, this.state.doc);
    if (!ops.length) {
      this.saved = this.state.doc;
      if (this.revision) this.set({ status: "Saved", error: "" });
      this.follow();
      return;
    }
    const message = { base: this.revision, seq: `${TAB}-${++seq}`, ops };
    this.inFlight = { seq: message.seq, doc: this.state.doc };
    this.set({ status: "Saving …" });
    this.send("edit", JSON.stringify(message));
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => this.waitAndRetry("The server does not answer. Trying again.", 0),
      SILENT_MS,
    );
  }

  // --- what the person does ---------------------------------------------------------------

  zones(doc = this.state.doc) {
    const zoneOf = (node) => node.zone ?? this.kinds.get(node.kind)?.zone ?? "online";
    return Object.fromEntries(doc.nodes.map((node) => [node.id, zoneOf(node)]));
  }

  // Ids that a new node must not take: also those that are gone here and not yet on the server.
  taken() {
    const known = [...this.state.doc.nodes, ...(this.saved?.nodes ?? [])];
    return new Set(known.map((node) => node.id));
  }

  commit(changes) {
    this.past = [...this.past, this.now()].slice(-UNDO_STEPS);
    this.future = [];
    this.become(changes);
  }

  // While something is dragged: shown, but neither kept nor undoable.
  preview(positions) {
    this.set({ positions });
  }

  undo() {
    this.travel(this.past, this.future);
  }

  redo() {
    this.travel(this.future, this.past);
  }

  travel(from, to) {
    const target = from.pop();
    if (!target) return;
    to.push(this.now());
    const ids = new Set([
      ...target.doc.nodes.map((node) => node.id),
      ...target.doc.edges.map((edge) => edge.key),
    ]);
    const selected = new Set([...this.state.selected].filter((id) => ids.has(id)));
    this.become({ ...target, selected });
  }

  now() {
    return { doc: this.state.doc, positions: this.settled };
  }

  become(changes) {
    // Nothing is called saved from the moment on in which it is not.
    const status = changes.doc && changes.doc !== this.saved ? "Saving …" : this.state.status;
    this.set({ ...changes, status, canUndo: this.past.length > 0, canRedo: this.future.length > 0 });
    if (changes.positions) {
      this.settled = changes.positions;
      storePositions(this.attempt, this.settled);
    }
    setTimeout(() => this.flush(), 0);
  }

  arrange() {
    const positions = laneLayout(this.state.doc, this.zones());
    this.commit({ positions, arranged: this.state.arranged + 1 });
  }
}

function same(one, other) {
  const plain = (doc) => [
    doc.nodes.map(sorted),
    doc.edges.map(({ key, ...edge }) => sorted({ mode: "sync", ...edge })),
  ];
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

function sorted(value) {
  if (value === null || typeof value !== "object") return value;
  return Object.keys(value).sort().map((name) => [name, sorted(value[name])]);
}
