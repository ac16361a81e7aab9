// Functions that stay the same objects while what they do is always the newest.

import { useMemo, useRef } from "react";

// React Flow and what is drawn compare functions as they compare values: a new one draws anew.
export function useSteady(functions) {
  const newest = useRef(functions);
  newest.current = functions;
  return useMemo(
    () =>
      Object.fromEntries(
        Object.keys(functions).map((name) => [name, (...given) => newest.current[name](...given)]),
      ),
    [],
  );
}
