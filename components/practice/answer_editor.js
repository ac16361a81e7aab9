// The answer editor: a text area that saves itself.
//
// What it promises: every keystroke is in this browser's storage at once and on its way to the
// server within 1.5 seconds; "Saved" is shown only when the server has confirmed the commit; a
// text that was not confirmed is found again after a reload, a crash or a lost connection.

const QUIET_MS = 600; // send when the typing pauses
const LATEST_MS = 1500; // send at the latest, pause or not
const RETRY_MS = 5000; // send again if the server stays silent

const LEAVING = ["pointerdown", "visibilitychange"];

const editors = new WeakMap();

export default function (component) {
  const { parentElement } = component;
  let editor = editors.get(parentElement);
  if (!editor) {
    editor = new AnswerEditor(parentElement, component);
    editors.set(parentElement, editor);
  }
  editor.update(component);
  return () => {
    editor.dispose();
    editors.delete(parentElement);
  };
}

class AnswerEditor {
  constructor(root, component) {
    this.area = root.querySelector("textarea");
    this.status = root.querySelector("[data-part=status]");
    this.words = root.querySelector("[data-part=words]");
    this.client = tabId();
    this.base = component.data.revision; // the revision that the text grew from
    this.sent = null; // { first, seq, text } on its way to the server, sent first .. seq
    this.silent = false; // the server did not answer in time, and has not since
    this.seq = 0;
    this.dirtySince = null; // when the first unsent keystroke was made
    this.recovered = false; // whether this browser's storage was looked through
    this.timers = { quiet: null, retry: null };
    this.area.value = component.data.text;
    this.component = component;
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("blur", () => this.flush());
    this.area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.flush();
    });
    // Before a button or a link is pressed, so that the draft does not share its message.
    this.leaving = (event) => {
      if (event.type !== "pointerdown" || !event.composedPath().includes(this.area)) this.flush();
    };
    for (const type of LEAVING) document.addEventListener(type, this.leaving, true);
    this.recover().finally(() => {
      this.recovered = true;
      this.sayInitial();
    });
  }

  get key() {
    const { attempt, stage } = this.component.data;
    return `dryrun:draft:${attempt}:${stage}:${this.client}`;
  }

  // A draft that was typed but never confirmed, by this tab or by one that is gone.
  async recover() {
    const { attempt, stage, text } = this.component.data;
    const found = await newestDraft(`dryrun:draft:${attempt}:${stage}:`, this.client);
    if (!found || this.dirtySince !== null || this.component.data.readonly) return;
    forget(found.key);
    if (found.draft.text === text || this.area.value !== text) return;
    this.area.value = found.draft.text;
    this.base = found.draft.base;
    this.dirtySince = Date.now();
    remember(this.key, this.area.value, this.base);
    this.say("restored", "Restored what was not saved yet");
    this.flush();
  }

  typed() {
    if (this.dirtySince === null) this.dirtySince = Date.now();
    remember(this.key, this.area.value, this.base);
    if (!this.silent) this.say("typing", "Typing…");
    this.count();
    clearTimeout(this.timers.quiet);
    const left = LATEST_MS - (Date.now() - this.dirtySince);
    this.timers.quiet = setTimeout(() => this.flush(), Math.max(0, Math.min(QUIET_MS, left)));
  }

  flush() {
    clearTimeout(this.timers.quiet);
    if (this.dirtySince === null || this.component.data.readonly) return;
    this.dirtySince = null;
    this.send();
  }

  send() {
    this.seq += 1;
    const text = this.area.value;
    const first = this.sent && this.sent.text === text ? this.sent.first : this.seq;
    this.sent = { first, seq: this.seq, text };
    if (!this.silent) this.say("saving", "Saving…");
    this.component.setStateValue("draft", {
      text: this.sent.text,
      parent: this.base,
      client: this.client,
      seq: `${this.client}:${this.seq}`,
    });
    clearTimeout(this.timers.retry);
    this.timers.retry = setTimeout(() => {
      if (!this.sent) return;
      this.silent = true;
      this.say("offline", "Not saved yet: no answer from the server. Your text is kept in this browser.");
      this.send();
    }, RETRY_MS);
  }

  update(component) {
    this.component = component;
    const { data } = component;
    this.area.readOnly = Boolean(data.readonly);
    this.area.setAttribute("aria-label", data.label);
    this.area.placeholder = data.placeholder;
    this.area.dataset.size = data.size;
    const receipt = data.receipt;
    if (this.sent && receipt && this.isAnswered(receipt)) {
      this.confirmed(receipt);
    } else if (!this.sent && this.dirtySince === null && data.text !== this.area.value) {
      this.area.value = data.text; // the other tab's text was chosen, or a newer one arrived
      this.base = data.revision;
    } else if (!this.sent && this.dirtySince === null) {
      this.base = data.revision;
    }
    this.count();
    this.sayInitial();
  }

  // A slow server may answer the first of several tries; they all held the same text.
  isAnswered(receipt) {
    const [client, seq] = receipt.seq.split(":");
    return client === this.client && Number(seq) >= this.sent.first && Number(seq) <= this.sent.seq;
  }

  confirmed(receipt) {
    clearTimeout(this.timers.retry);
    const text = this.sent.text;
    this.sent = null;
    this.silent = false;
    if (receipt.error) {
      this.dirtySince = this.dirtySince ?? Date.now(); // still unsaved: no update may replace it
      this.say("error", receipt.error);
      return;
    }
    this.base = receipt.revision;
    if (this.area.value === text) {
      forget(this.key);
      this.say("saved", `Saved at ${clock(receipt.saved_at)}`);
    } else {
      remember(this.key, this.area.value, this.base);
      if (this.dirtySince === null) {
        this.dirtySince = Date.now();
        this.flush();
      }
    }
  }

  sayInitial() {
    // "Saved" would say too much while a text that was not saved may still be found.
    if (!this.recovered || this.status.dataset.state !== undefined) return;
    const { data } = this.component;
    if (data.readonly) this.say("saved", "Submitted: this answer no longer changes");
    else if (data.saved_at) this.say("saved", `Saved at ${clock(data.saved_at)}`);
    else this.say("empty", "Saves itself while you type");
  }

  say(state, text) {
    this.status.dataset.state = state;
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  count() {
    const words = this.area.value.trim().split(/\s+/u).filter(Boolean).length;
    this.words.textContent = words === 1 ? "1 word" : `${words} words`;
  }

  dispose() {
    this.flush();
    for (const type of LEAVING) document.removeEventListener(type, this.leaving, true);
    Object.values(this.timers).forEach(clearTimeout);
  }
}

function clock(iso) {
  return new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

// --- this browser's storage; it may be full, blocked or absent -------------------------

function remember(key, text, base) {
  try {
    localStorage.setItem(key, JSON.stringify({ text, base, at: Date.now() }));
  } catch {
    // Without storage the server is the only copy; the status line still tells the truth.
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept, so nothing is left behind.
  }
}

async function newestDraft(prefix, client) {
  const drafts = [];
  try {
    for (let i = 0; i < localStorage.length; i += 1) {
      const key = localStorage.key(i);
      if (!key.startsWith(prefix)) continue;
      const draft = JSON.parse(localStorage.getItem(key));
      const owner = key.slice(prefix.length);
      if (draft && typeof draft.text === "string") drafts.push({ key, owner, draft });
    }
  } catch {
    return null;
  }
  drafts.sort((a, b) => Number(b.owner === client) - Number(a.owner === client) || b.draft.at - a.draft.at);
  for (const found of drafts) {
    if (found.owner === client || !(await isAlive(found.owner))) return found;
  }
  return null;
}

// --- which tab is this? ----------------------------------------------------------------
// The id survives a reload (session storage) but not a duplicated tab: a tab holds a lock on
// its id, so that a copy finds the lock taken and makes up an id of its own.

function tabId() {
  const slot = "dryrun:tab";
  if (window.__dryrunTab) return window.__dryrunTab;
  let id = null;
  try {
    id = sessionStorage.getItem(slot);
    const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
    if (!reloaded) id = null;
  } catch {
    id = null;
  }
  id = id || randomId();
  try {
    sessionStorage.setItem(slot, id);
  } catch {
    // A tab without storage has a new id after each reload.
  }
  window.__dryrunTab = id;
  if (navigator.locks) navigator.locks.request(`dryrun:${id}`, () => new Promise(() => {}));
  return id;
}

async function isAlive(id) {
  if (!navigator.locks) return false;
  const { held } = await navigator.locks.query();
  return held.some((lock) => lock.name === `dryrun:${id}`);
}

function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join("");
}
