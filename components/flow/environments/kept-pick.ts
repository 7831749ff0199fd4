import type { PickedIds } from "./selection";

const nameOf = (grantId: string) => `kytkin.pick.${grantId}`;

/** What was ticked in this tab and not sent yet; null when nothing was, or the browser keeps nothing. */
export function readKeptPick(grantId: string): PickedIds | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(nameOf(grantId)) ?? "null");
    return Array.isArray(kept) ? new Set(kept.filter((id) => typeof id === "string")) : null;
  } catch {
    return null;
  }
}

export function keepPick(grantId: string, picked: PickedIds): void {
  try {
    sessionStorage.setItem(nameOf(grantId), JSON.stringify([...picked]));
  } catch {
    // A browser that keeps nothing: the ticks are then only in the page.
  }
}
