// How somebody likes the workspace, kept in this browser.

import { useState } from "react";

const PREFIX = "dryrun:canvas-likes:";

export function useRemembered(name, usual) {
  const [value, setValue] = useState(() => stored(name) ?? usual);
  const remember = (next) => {
    setValue(next);
    try {
      localStorage.setItem(PREFIX + name, JSON.stringify(next));
    } catch {
      // Full or blocked: it holds until the page is left.
    }
  };
  return [value, remember];
}

function stored(name) {
  try {
    const value = JSON.parse(localStorage.getItem(PREFIX + name));
    return typeof value === "boolean" ? value : null;
  } catch {
    return null;
  }
}
