import { z } from "zod";
import { holdsLink } from "@/lib/core/outside-text";
import { emailAddress, writtenLine } from "@/lib/core/written-text";

export const INVITATION_STATES = ["open", "accepted", "withdrawn", "expired"] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** What an invitation gives: one prepared request, or membership of the account. */
export const INVITATION_ACCESSES = ["request", "account"] as const;
export type InvitationAccess = (typeof INVITATION_ACCESSES)[number];

/** An address to invite, as sign-in takes it, and what for: a request alone unless more is chosen. */
export const inviteInput = z.object({
  email: emailAddress,
  access: z.enum(INVITATION_ACCESSES).optional(),
});

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
  access: InvitationAccess;
};

/** A person who was handed one request of the account. */
export type GuestView = { id: string; email: string; integrationName: string; since: string };

/** A request that was handed to the viewer, as their own start page lists it. */
export type HandedRequest = {
  draftId: string;
  accountId: string;
  accountName: string;
  integrationName: string;
  partnerName: string;
  handedBy: string;
  linkToken: string;
  slug: string;
  requestId: string | null;
  /** When the guest went to the vendor from it. */
  consentStartedAt: Date | null;
  /** Chosen to be worked on; the one chosen last comes first. */
  isOpened: boolean;
};

export type AccountView = {
  name: string;
  members: MemberView[];
  invitations: InvitationView[];
  guests: GuestView[];
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
      /** What is handed over with it; null for an invitation into the account alone. */
      handsOver: { integration: string; partner: string } | null;
      access: InvitationAccess;
      /** Whether the signed-in person is the invited one; null when nobody is signed in. */
      isForViewer: boolean | null;
    };
