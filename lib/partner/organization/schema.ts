import { z } from "zod";
import { cleanLine } from "@/lib/core/outside-text";
import { emailAddress, writtenLine } from "@/lib/core/written-text";
import type { MemberView } from "@/lib/people/membership/schema";
import { accountName } from "@/lib/people/membership/schema";
import { API_KEY_SCOPES, type ApiKeyScope, PARTNER_ROLES, type PartnerRole } from "./roles";

/** The signed-in person as a member of one partner: `kytkin.enter_partner` reads the same row for each transaction. */
export type PartnerMember = {
  userId: string;
  email: string;
  locale: string;
  partnerId: string;
  slug: string;
  partnerName: string;
  role: PartnerRole;
};

/** One of the partners that a person works for. */
export type PartnerChoice = { slug: string; name: string; role: PartnerRole };

/** It goes into mails and pages: one line, and nothing that a mail program would make a link of. */
export const organizationName = accountName;

/** Becomes a link: `javascript:` and the like are none. */
export const webAddress = writtenLine(300).pipe(z.url({ protocol: /^https?$/ }));

const optional = <T extends z.ZodType<string, string>>(schema: T) =>
  z
    .string()
    .transform((value) => cleanLine(value) || null)
    .pipe(schema.nullable());

export const profileInput = z.object({
  name: organizationName,
  marketName: optional(organizationName),
  notifyEmail: emailAddress,
  supportEmail: optional(emailAddress),
  incidentEmail: optional(emailAddress),
  reviewEmail: optional(emailAddress),
  websiteUrl: optional(webAddress),
  supportUrl: optional(webAddress),
  termsUrl: optional(webAddress),
  privacyUrl: optional(webAddress),
});
export type ProfileInput = z.infer<typeof profileInput>;
export const PROFILE_EMAILS = ["notifyEmail", "supportEmail", "incidentEmail", "reviewEmail"] as const;
export const PROFILE_ADDRESSES = ["websiteUrl", "supportUrl", "termsUrl", "privacyUrl"] as const;

export type ProfileView = ProfileInput & { slug: string; logo: string | null };

/** The largest logo that is kept, in bytes, and its largest side in pixels. */
export const LOGO_MAX_BYTES = 64 * 1024;
export const LOGO_MAX_PIXELS = 1024;

export const memberInvitationInput = z.object({ email: emailAddress, role: z.enum(PARTNER_ROLES) });

export type PartnerMemberView = MemberView & { role: PartnerRole };
export type PartnerInvitationView = {
  id: string;
  email: string;
  role: PartnerRole;
  invitedBy: string | null;
  expiresAt: string;
};
export type MembersView = { members: PartnerMemberView[]; invitations: PartnerInvitationView[] };

/** What the page behind an invitation's link shows. */
export type PartnerInvitationOffer =
  | { state: "unknown" }
  | { state: "ended"; why: "accepted" | "withdrawn" | "expired" }
  | {
      state: "open";
      partnerName: string;
      role: PartnerRole;
      invitedBy: string;
      maskedEmail: string;
      /** null when nobody is signed in. */
      isForViewer: boolean | null;
    };

/** Steps from an accepted partner to a link that works, each true by rows. */
export const SETUP_STEPS = ["profile", "application", "specification", "review", "link"] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];
export type SetupView = Record<SetupStep, boolean>;

export const EXPIRY_DAYS = [30, 90, 365] as const;
const expiry = z
  .enum(["never", ...EXPIRY_DAYS.map(String)])
  .transform((days) => (days === "never" ? null : new Date(Date.now() + Number(days) * 24 * 3600 * 1000)));

export const apiKeyInput = z.object({
  name: writtenLine(120),
  stage: z.enum(["test", "production"]),
  scopes: z.array(z.enum(API_KEY_SCOPES)).min(1),
  expiresAt: expiry,
});
export type ApiKeyInput = z.infer<typeof apiKeyInput>;

export type ApiKeyView = {
  id: string;
  name: string;
  stage: string;
  prefix: string;
  scopes: ApiKeyScope[];
  createdAt: string;
  createdBy: string | null;
  expiresAt: string | null;
  state: "live" | "expired" | "revoked";
};

/** An integration that a link can lead to, or a list can be narrowed to. */
export type IntegrationChoice = { id: string; name: string; stage: string };
