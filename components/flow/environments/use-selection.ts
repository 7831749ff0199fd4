"use client";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { EnvironmentOption } from "@/lib/activation/draft/schema";
import { keepPick, readKeptPick } from "./kept-pick";
import { idsBetween, initialPick, keepPickable, type PickedIds, pickUpTo, setPicked } from "./selection";

/** Which environments of a consent are ticked, and the ways to change that. Ticks outlive a reload of the tab. */
export function useSelection(grantId: string, options: readonly EnvironmentOption[], limit: number) {
  const [ticked, setTicked] = useState(() => initialPick(options));
  useEffect(() => {
    const kept = readKeptPick(grantId);
    if (kept) setTicked(kept);
  }, [grantId]);
  const isChanged = useRef(false);
  const change = useCallback((next: (before: PickedIds) => PickedIds) => {
    isChanged.current = true;
    setTicked(next);
  }, []);
  useEffect(() => {
    if (isChanged.current) keepPick(grantId, ticked);
  }, [grantId, ticked]);
  const lastToggledId = useRef<string | null>(null);
  // The server may send fresh options, e.g. after somebody else took one: what is blocked now is not ticked any more.
  const picked = useMemo(() => keepPickable(ticked, options), [ticked, options]);
  /** With `isRange` all visible rows since the last toggled one follow. */
  const toggle = useCallback(
    (id: string, isPicked: boolean, isRange: boolean, visible: readonly EnvironmentOption[]) => {
      const from = isRange ? (lastToggledId.current ?? id) : id;
      const ids = idsBetween(visible, from, id);
      lastToggledId.current = id;
      change((before) => setPicked(before, ids, isPicked));
    },
    [change],
  );
  return {
    picked,
    toggle,
    add: (ids: readonly string[]) => change((before) => setPicked(before, ids, true)),
    addUpToLimit: (visible: readonly EnvironmentOption[]) => change(() => pickUpTo(picked, visible, limit)),
    clear: () => change(() => new Set()),
  };
}
