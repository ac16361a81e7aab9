// The palette: groups of kinds, searched by what they are called and what they are for.

import { memo, useState } from "react";

export const KIND_TYPE = "application/x-dryrun-kind";
const OPEN_AT_FIRST = new Set(["sources", "serving", "features"]);

export const Palette = memo(function Palette({ kinds, onAdd }) {
  const [search, setSearch] = useState("");
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (kind) => {
    const text = `${kind.label} ${kind.id} ${kind.group} ${kind.about}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const found = kinds.filter(fits);
  const groups = [...new Set(found.map((kind) => kind.group))];
  return (
    <aside className="palette" aria-label="Palette">
      <input
        type="search"
        aria-label="Search the palette"
        placeholder="Search parts"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && found.length && onAdd(found[0])}
      />
      {groups.map((group) => (
        <Group
          key={`${group}${words.length > 0}`}
          name={group}
          open={words.length > 0 || OPEN_AT_FIRST.has(group)}
          kinds={found.filter((kind) => kind.group === group)}
          onAdd={onAdd}
        />
      ))}
      {!found.length && <p role="status">No part fits “{search}”.</p>}
    </aside>
  );
});

function Group({ name, kinds, open, onAdd }) {
  return (
    <details open={open}>
      <summary>{name[0].toUpperCase() + name.slice(1)}</summary>
      {kinds.map((kind) => (
        <button
          key={kind.id}
          type="button"
          className="kind"
          style={fillOf(kind)}
          title={kind.about}
          aria-label={`Add ${kind.label}`}
          draggable
          onDragStart={(event) => {
            event.dataTransfer.setData(KIND_TYPE, kind.id);
            event.dataTransfer.effectAllowed = "copy";
          }}
          onClick={() => onAdd(kind)}
        >
          {kind.label}
        </button>
      ))}
    </details>
  );
}

export const fillOf = (kind) => ({
  "--fill": kind ? `light-dark(${kind.light}, ${kind.dark})` : "var(--paper)",
});
