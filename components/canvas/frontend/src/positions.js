// Where nodes stand is how somebody looks at a design. It is kept in this browser only.

const PREFIX = "dryrun:canvas:";
const KEPT = 40; // drawings whose places are remembered

export function storedPositions(attempt) {
  try {
    const stored = JSON.parse(localStorage.getItem(PREFIX + attempt));
    const places = {};
    for (const [id, at] of Object.entries(stored?.places ?? {})) {
      if (Array.isArray(at) && at.every(Number.isFinite)) places[id] = { x: at[0], y: at[1] };
    }
    return places;
  } catch {
    return {}; // blocked or damaged storage: the layout is made anew
  }
}

export function storePositions(attempt, positions) {
  const places = {};
  for (const [id, at] of Object.entries(positions)) places[id] = [at.x, at.y];
  try {
    localStorage.setItem(PREFIX + attempt, JSON.stringify({ at: Date.now(), places }));
    forgetOldest();
  } catch {
    // Full or blocked: nothing is lost but the places.
  }
}

function forgetOldest() {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  if (keys.length <= KEPT) return;
  const age = (key) => JSON.parse(localStorage.getItem(key))?.at ?? 0;
  keys.sort((a, b) => age(a) - age(b));
  for (const key of keys.slice(0, keys.length - KEPT)) localStorage.removeItem(key);
}
