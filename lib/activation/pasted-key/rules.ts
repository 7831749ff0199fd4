import type { Verification } from "@/lib/connectors/connector";
import { defineStateMachine } from "@/lib/core/state-machine";
import { PASTED_KEY_STATES, type PastedKeyRefusal, type PastedKeyState } from "./schema";

type PastedKeyEvent = "paste" | "accept" | "refuse";

export const pastedKeyMachine = defineStateMachine<PastedKeyState, PastedKeyEvent>(
  "pasted key",
  PASTED_KEY_STATES,
  [
    { from: null, event: "paste", by: ["customer"], to: "checking" },
    { from: "checking", event: "accept", by: ["system"], to: "accepted" },
    { from: "checking", event: "refuse", by: ["system"], to: "refused" },
  ],
);

/**
 * Whether the vendor's login page leads back here: a client has one registered return address, which may be the partner's
 * own product's.
 */
export function canLogInForKey(application: { redirectUri?: string }, slug: string): boolean {
  const { redirectUri } = application;
  if (redirectUri === undefined || !URL.canParse(redirectUri)) return false;
  return new URL(redirectUri).pathname === `/connect/${slug}/return`;
}

/** Why a key that the vendor accepts is not used all the same; null when it may be. */
export function judgePastedKey({ productFit, rights }: Verification): PastedKeyRefusal | null {
  if (productFit === "wrong") return "wrong_product";
  if (rights.boundToNaturalPerson === true) return "natural_person";
  return rights.missing.length > 0 ? "rights_missing" : null;
}
