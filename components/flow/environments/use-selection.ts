"use client";
import { useCallback, useMemo, useRef, useState } from "react";
import type { EnvironmentOption } from "@/lib/draft/schema";
import { idsBetween, initialPick, keepPickable, pickUpTo, setPicked } from "./selection";

/** Which environments are ticked, and the ways to change that. */
export function useSelection(options: readonly EnvironmentOption[], limit: number) {
  const [ticked, setTicked] = useState(() => initialPick(options));
  const lastToggledId = useRef<string | null>(null);
  // The server may send fresh options, e.g. after somebody else took one: what is blocked now is not ticked any more.
  const picked = useMemo(() => keepPickable(ticked, options), [ticked, options]);
  /** With `isRange` all visible rows since the last toggled one follow. */
  const toggle = useCallback(
    (id: string, isPicked: boolean, isRange: boolean, visible: readonly EnvironmentOption[]) => {
      const from = isRange ? (lastToggledId.current ?? id) : id;
      const ids = idsBetween(visible, from, id);
      lastToggledId.current = id;
      setTicked((before) => setPicked(before, ids, isPicked));
    },
    [],
  );
  return {
    picked,
    toggle,
    add: (ids: readonly string[]) => setTicked((before) => setPicked(before, ids, true)),
    addUpToLimit: (visible: readonly EnvironmentOption[]) => setTicked(pickUpTo(picked, visible, limit)),
    clear: () => setTicked(new Set()),
  };
}
