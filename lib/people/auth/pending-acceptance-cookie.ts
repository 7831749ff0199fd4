import { hostCookieName } from "@/lib/core/cookies";

/** Holds what was accepted in this browser before anybody was signed in. */
export function pendingAcceptanceCookieName(publicUrl: string): string {
  return hostCookieName("kytkin_pending_acceptance", publicUrl);
}
