import { defineStateMachine } from "@/lib/core/state-machine";
import { INVITATION_STATES, type InvitationState } from "./schema";

type InvitationEvent = "invite" | "accept" | "withdraw" | "expire";

export const invitationMachine = defineStateMachine<InvitationState, InvitationEvent>(
  "invitation",
  INVITATION_STATES,
  [
    { from: null, event: "invite", by: ["customer"], to: "open" },
    { from: "open", event: "accept", by: ["customer"], to: "accepted" },
    { from: "open", event: "withdraw", by: ["customer"], to: "withdrawn" },
    { from: "open", event: "expire", by: ["system"], to: "expired" },
  ],
);

const INVITATION_DAYS = 7;
/** Members and open invitations together: what the account's page shows at once. */
export const MEMBER_LIMIT = 100;
/** Nobody is flooded with mail in our name, and no account sends mail to whole lists. */
export const INVITATION_LIMITS = {
  perAddress: { name: "invitation.address", max: 5, windowSeconds: 24 * 3600 },
  perAccount: { name: "invitation.account", max: 30, windowSeconds: 3600 },
} as const;

const DAY_MS = 24 * 3600 * 1000;

export function invitationExpiry(now: Date): Date {
  return new Date(now.getTime() + INVITATION_DAYS * DAY_MS);
}

/** How long ended invitations are kept: they hold addresses, and a hand-over's sender is told of its end. */
const ENDED_INVITATIONS_LAST_DAYS = 90;

export function endedInvitationsLastUntil(now: Date): Date {
  return new Date(now.getTime() - ENDED_INVITATIONS_LAST_DAYS * DAY_MS);
}
