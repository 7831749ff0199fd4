import { z } from "zod";
import { lengthOf } from "@/lib/core/outside-text";
import { writtenLine, writtenLines } from "@/lib/core/written-text";
import { organizationName, webAddress } from "@/lib/partner/organization/schema";

export const APPLICATION_STATES = ["open", "accepted", "refused"] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** Too short to tell what an organization wants. */
export const MESSAGE_MIN = 20;

/** What an organization tells of itself when it asks to become a partner. */
export const applicationInput = z.object({
  name: organizationName,
  businessId: writtenLine(30).pipe(
    z
      .string()
      .min(3)
      .regex(/^[\p{L}\d .:-]+$/u),
  ),
  websiteUrl: webAddress,
  message: writtenLines(2000).refine((text) => lengthOf(text) >= MESSAGE_MIN),
});
export type ApplicationInput = z.infer<typeof applicationInput>;

/** The newest application of a person, as the page for partners shows it. */
export type OwnApplicationView = {
  state: ApplicationState;
  name: string;
  askedAt: string;
  reason: string | null;
};

/** An application as the operator reads it: it was written to the operator, names included. */
export type ApplicationView = ApplicationInput & {
  id: string;
  state: ApplicationState;
  email: string | null;
  askedAt: string;
  decidedAt: string | null;
  reason: string | null;
  partnerSlug: string | null;
};

export type PartnerOverview = { slug: string; name: string; since: string };

/** The address part of a new partner: it cannot change later. */
export const partnerSlug = z
  .string()
  .trim()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(60);
export const refusalReason = writtenLines(1000);

export const APPLICATION_LIMITS = {
  perPerson: { name: "partner_application.person", max: 5, windowSeconds: 24 * 3600 },
} as const;

/** An address part made of a name: `Esimerkki Software Oy` becomes `esimerkki-software-oy`. */
export function suggestSlug(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain.slice(0, 40).replace(/-+$/, "") || "partner";
}
