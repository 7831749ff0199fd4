"use client";
import { useSyncExternalStore } from "react";

const subscribe = () => () => {};

/** False on the server and in the first client render, true after: what only the browser knows may be shown then. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}
