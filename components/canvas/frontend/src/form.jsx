// The form beside the drawing: what is known of the selected node or edge.
// A field is committed when it is left or Enter is pressed, and only if its value is allowed.

import { useId, useState } from "react";
import { ZONES } from "./layout.js";

const MS = { min: 0, max: 3.6e6, above: true, hint: "a number above 0, in milliseconds" };

export function NodeForm({ node, kind, doc, labels, onChange, onConnect, onSelect }) {
  const overrides = node.overrides ?? {};
  const override = (name) => (value) => {
    const next = { ...overrides };
    if (value === null) delete next[name];
    else next[name] = value;
    onChange({ overrides: Object.keys(next).length ? next : null });
  };
  const times = (name) => ({
    ...MS,
    value: overrides[`service_${name}_ms`],
    usual: kind?.[name],
    onCommit: override(`service_${name}_ms`),
  });
  return (
    <section className="form" aria-label={`Properties of ${labels.get(node.id)}`}>
      <h3>{kind?.label ?? node.kind}</h3>
      {kind && <p className="about">{kind.about}</p>}
      <TextField name="Label" field="label" value={node.label} usual={kind?.label} limit={120}
        onCommit={(label) => onChange({ label })} />
      <div className="pair">
        <NumberField name="Replicas" value={node.replicas} usual={1} min={1} max={10000} whole
          hint="a whole number from 1 to 10,000"
          onCommit={(value) => onChange({ replicas: value === 1 ? null : value })} />
        <Choice name="Zone" value={node.zone ?? ""} onCommit={(zone) => onChange({ zone })}
          options={[["", kind ? `usual (${kind.zone})` : "usual"], ...ZONES.map((z) => [z, z])]} />
      </div>
      <div className="pair">
        <NumberField name="Service p50, ms" {...times("p50")} />
        <NumberField name="Service p99, ms" {...times("p99")} />
      </div>
      <div className="pair">
        <NumberField name="Concurrency" value={overrides.concurrency} usual={kind?.concurrency}
          min={1} max={100000} whole hint="a whole number from 1 to 100,000"
          onCommit={override("concurrency")} />
        <NumberField name="Cache hit ratio" value={overrides.cache_hit_ratio} min={0} max={1}
          hint="a number from 0 to 1" onCommit={override("cache_hit_ratio")} />
      </div>
      <TextField name="Note" value={node.note} limit={500} long
        onCommit={(note) => onChange({ note })} />
      <Connector node={node} doc={doc} labels={labels} onConnect={onConnect} />
      <Neighbours node={node} doc={doc} labels={labels} onSelect={onSelect} />
    </section>
  );
}

function Connector({ node, doc, labels, onConnect }) {
  const [target, setTarget] = useState("");
  const others = doc.nodes.filter((one) => one.id !== node.id);
  const known = others.some((one) => one.id === target) ? target : "";
  if (!others.length) return null;
  return (
    <div className="connector">
      <Choice name="Connect to" field="connect" value={known} onCommit={setTarget}
        options={[["", "choose a node"], ...others.map((one) => [one.id, labels.get(one.id)])]} />
      <button type="button" disabled={!known} onClick={() => onConnect(node.id, known)}>
        Connect
      </button>
    </div>
  );
}

function Neighbours({ node, doc, labels, onSelect }) {
  const edges = doc.edges.filter((edge) => edge.source === node.id || edge.target === node.id);
  if (!edges.length) return null;
  return (
    <div className="neighbours">
      <h4>Edges</h4>
      <ul>
        {edges.map((edge) => (
          <li key={edge.key}>
            <button type="button" onClick={() => onSelect(edge.key)}>
              {edge.source === node.id
                ? `to ${labels.get(edge.target)}`
                : `from ${labels.get(edge.source)}`}
              , {edge.mode ?? "sync"}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function EdgeForm({ edge, doc, labels, onChange, onMove, onSelect }) {
  const nodes = (other) =>
    doc.nodes.filter((one) => one.id !== other).map((one) => [one.id, labels.get(one.id)]);
  const ends = `${labels.get(edge.source)} to ${labels.get(edge.target)}`;
  return (
    <section className="form" aria-label={`Properties of the edge from ${ends}`}>
      <h3>Edge</h3>
      <p className="about">
        <button type="button" onClick={() => onSelect(edge.source)}>{labels.get(edge.source)}</button>
        {" to "}
        <button type="button" onClick={() => onSelect(edge.target)}>{labels.get(edge.target)}</button>
      </p>
      <Choice name="From" field="from" value={edge.source} options={nodes(edge.target)}
        onCommit={(source) => onMove({ source })} />
      <Choice name="To" field="to" value={edge.target} options={nodes(edge.source)}
        onCommit={(target) => onMove({ target })} />
      <Choice name="Mode" field="mode" value={edge.mode ?? "sync"}
        onCommit={(mode) => onChange({ mode: mode === "sync" ? null : mode })}
        options={[
          ["sync", "sync: the caller waits"],
          ["async", "async: it does not wait"],
          ["batch", "batch: moved in bulk"],
        ]} />
      <div className="pair">
        <NumberField name="Calls per request" value={edge.calls_per_request} usual={1} min={0}
          max={100000} above hint="a number above 0, up to 100,000"
          onCommit={(value) => onChange({ calls_per_request: value === 1 ? null : value })} />
        <NumberField name="Timeout, ms" value={edge.timeout_ms} {...MS}
          onCommit={(timeout_ms) => onChange({ timeout_ms })} />
      </div>
      <TextField name="Fallback" value={edge.fallback} limit={120}
        help="What the caller answers when this fails or is late."
        onCommit={(fallback) => onChange({ fallback })} />
      <TextField name="Note" value={edge.note} limit={120} onCommit={(note) => onChange({ note })} />
    </section>
  );
}

// The draft of a field starts anew whenever its value changes from outside, as by undoing.
const TextField = (props) => <TextInput key={props.value ?? ""} {...props} />;
const NumberField = (props) => <NumberInput key={String(props.value ?? "")} {...props} />;

function TextInput({ name, field, value = "", usual, limit, long, help, onCommit }) {
  const id = useId();
  const [draft, setDraft] = useState(value);
  const Tag = long ? "textarea" : "input";
  const commit = () => draft !== value && onCommit(draft);
  return (
    <div className="field">
      <label htmlFor={id}>{name}</label>
      <Tag
        id={id}
        data-field={field}
        value={draft}
        maxLength={limit}
        placeholder={usual}
        rows={long ? 2 : undefined}
        aria-describedby={help ? `${id}-help` : undefined}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === "Enter" && !long && commit()}
      />
      {help && <span id={`${id}-help`} className="help">{help}</span>}
    </div>
  );
}

function NumberInput({ name, value, usual, min, max, above, whole, hint, onCommit }) {
  const id = useId();
  const shown = value === undefined || value === null ? "" : String(value);
  const [draft, setDraft] = useState(shown);
  const [wrong, setWrong] = useState(false);
  const commit = () => {
    if (draft.trim() === shown) return setWrong(false);
    if (!draft.trim()) return onCommit(null);
    const number = Number(draft.replace(",", "."));
    const fits = number <= max && (above ? number > min : number >= min);
    if (!fits || (whole && !Number.isInteger(number))) return setWrong(true);
    onCommit(number);
  };
  return (
    <div className="field">
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        inputMode="decimal"
        value={draft}
        placeholder={usual === undefined || usual === null ? "" : String(usual)}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === "Enter" && commit()}
      />
      {wrong && <span id={`${id}-wrong`} className="wrong" role="alert">Not saved: {hint}.</span>}
    </div>
  );
}

function Choice({ name, field, value, options, onCommit }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{name}</label>
      <select id={id} data-field={field} value={value}
        onChange={(event) => onCommit(event.target.value)}>
        {options.map(([one, text]) => (
          <option key={one} value={one}>{text}</option>
        ))}
      </select>
    </div>
  );
}
