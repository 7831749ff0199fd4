import { z } from "zod";
import { holdsLink, writtenLine } from "@/lib/core/outside-text";
import { signInAddress } from "@/lib/people/auth/schema";

export const INVITATION_STATES = ["open", "accepted", "withdrawn", "expired"] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** An address to invite, as sign-in takes it. */
export const inviteInput = z.object({ email: signInAddress });

/** It goes into invitations: one line, and nothing that a mail program would make a link of. */
export const accountName = writtenLine(80).refine((name) => !holdsLink(name));

export type MemberView = { userId: string; email: string; since: string; isViewer: boolean };

export type InvitationView = {
  id: string;
  email: string;
  invitedBy: string;
  /** ISO time. */
  expiresAt: string;
  /** The name of the integration whose prepared activation is handed over with it. */
  handsOver: string | null;
};

export type AccountView = {
  name: string;
  members: MemberView[];
  invitations: InvitationView[];
};

/** One of the accounts that a person belongs to. */
export type AccountChoice = { id: string; name: string; isActive: boolean };

/** What the page behind an invitation's link shows. */
export type InvitationOffer =
  | { state: "unknown" }
  | { state: "ended"; why: Exclude<InvitationState, "open"> }
  | {
      state: "open";
      accountName: string;
      invitedBy: string;
      /** Most of the invited address is hidden: whoever holds the link need not be its owner. */
      maskedEmail: string;
      isHandOver: boolean;
      /** Whether the signed-in person is the invited one; null when nobody is signed in. */
      isForViewer: boolean | null;
    };
