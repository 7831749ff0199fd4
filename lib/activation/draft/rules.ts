import type { GrantedKeyState } from "@/lib/activation/grant/schema";
import { chosenFor } from "@/lib/activation/settings/rules";
import type { SettingValues } from "@/lib/activation/settings/schema";
import type { Setting } from "@/lib/catalogue/integration/schema";
import { defineStateMachine } from "@/lib/core/state-machine";
import type { Blocked } from "./schema";
import { DRAFT_STATES, type DraftState } from "./states";

export type DraftEvent =
  | "accept"
  | "accept_again"
  | "select"
  | "choose_settings"
  | "submit"
  | "discard"
  | "expire";

export const draftMachine = defineStateMachine<DraftState, DraftEvent>("draft", DRAFT_STATES, [
  { from: null, event: "accept", by: ["customer"], to: "open" },
  { from: "open", event: "accept_again", by: ["customer"], to: "open" },
  { from: "open", event: "select", by: ["customer"], to: "open" },
  { from: "open", event: "choose_settings", by: ["customer"], to: "open" },
  { from: "open", event: "submit", by: ["customer"], to: "submitted" },
  { from: "open", event: "discard", by: ["customer"], to: "discarded" },
  { from: "open", event: "expire", by: ["system"], to: "expired" },
]);

/** A consent that was started from a draft is the draft's for as long as vendors keep a request open. */
const CONSENT_LASTS_MS = 24 * 60 * 60 * 1000;

/** Whether the draft sent its customer to the vendor lately, so that a return from there is no surprise. */
export function isConsentUnderWay(draft: { consentStartedAt: Date | null } | null, now: Date): boolean {
  const startedAt = draft?.consentStartedAt?.getTime() ?? 0;
  return now.getTime() - startedAt < CONSENT_LASTS_MS;
}

export type CandidateFacts = {
  rights: string;
  productFit: string;
  existing: string;
  /** What became of the key that the consent issued for it; null where keys are issued later. */
  keyState: GrantedKeyState | null;
  /** Who holds the environment for this integration here, if anybody. */
  heldBy: { isOwn: boolean; state: string | null } | null;
};

/** Why a candidate cannot be picked; null when it can. Another account's holding is said neutrally. */
export function blockedBecause(facts: CandidateFacts): Blocked | null {
  if (facts.rights === "missing") return "rights_missing";
  if (facts.productFit === "wrong") return "wrong_product";
  if (facts.heldBy === null) return facts.keyState === null || facts.keyState === "held" ? null : "key_gone";
  if (!facts.heldBy.isOwn) return "taken_elsewhere";
  return facts.heldBy.state === "active" ? "active_here" : "in_progress_here";
}

/** How many more environments fit under the cap. */
export function roomUnderCap(cap: number, inFlight: number): number {
  return Math.max(0, cap - inFlight);
}

/**
 * What is ticked when the customer comes back from the vendor: all that can be, or nothing when that is more than fits,
 * so that the customer chooses and not we. What the customer named before (a retry, a plan) is ticked in its order, as far
 * as it fits.
 */
export function preselect(
  options: readonly { externalId: string; canPick: boolean }[],
  room: number,
  wantedExternalIds: readonly string[],
): string[] {
  const pickable = options.filter((option) => option.canPick).map((option) => option.externalId);
  if (wantedExternalIds.length > 0) {
    const canPick = new Set(pickable);
    return wantedExternalIds.filter((id) => canPick.has(id)).slice(0, room);
  }
  return pickable.length > room ? [] : pickable;
}

export type DraftStep = "environments" | "settings" | "technical-user";

/** The step that a draft waits at; the last one is only reached with what it shows: the pick and the settings. */
export function openStepOf(
  draft: { selectedAt: Date | null; settings: SettingValues | null },
  settings: readonly Setting[],
): DraftStep {
  if (!draft.selectedAt) return "environments";
  return chosenFor(settings, draft.settings) ? "technical-user" : "settings";
}
