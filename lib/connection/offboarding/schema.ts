import { z } from "zod";
import type { ConnectionState } from "@/lib/connection/lifecycle/schema";
import { cleanLines, lengthOf, MAX_REASON_LENGTH } from "@/lib/core/outside-text";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { sentLines } from "@/lib/core/written-text";

export const OFFBOARDING_ASKERS = ["customer", "partner", "operator", "system"] as const;
export type OffboardingAsker = (typeof OFFBOARDING_ASKERS)[number];

/** What has happened to a connection that is ended, each at most once. The record of it: never changed, never deleted. */
export const OFFBOARDING_STEPS = [
  "asked",
  "calls_stopped",
  /** What the preparation made in the vendor system was removed, as the customer asked. */
  "prepared_removed",
  /** It stays: its removal was not asked for, another connection uses it, or it was there before. */
  "prepared_kept",
  /** Its removal was asked for, and the vendor refused. */
  "prepared_not_removed",
  /** The vendor removed the integration, or had it removed already. */
  "key_removed",
  /** The vendor has no API for it, or refused: the customer has to. */
  "key_left_to_customer",
  /** Somebody else uses the same key: it stays, and only our copy of it goes. */
  "key_shared",
  "key_proven_dead",
  "key_still_works",
  /** The vendor did not say in all that time. */
  "key_not_proven",
  "data_key_destroyed",
  "closed",
] as const;
export type OffboardingStep = (typeof OFFBOARDING_STEPS)[number];

/** What the last try of the old key showed; `unknown`: the vendor did not answer, which proves nothing. */
export const PROBE_RESULTS = ["dead", "alive", "unknown"] as const;
export type ProbeResult = (typeof PROBE_RESULTS)[number];

/**
 * How an ended connection was used afterwards. `gateway_key`: software called the gateway for it with a key that is revoked.
 * `vendor_notice`: the vendor still tells of its company, a day after the key was seen to be dead.
 */
export const KEY_USES = ["gateway_key", "vendor_notice"] as const;
export type KeyUse = (typeof KEY_USES)[number];

export const OFFBOARDING_OUTCOMES = ["proven_dead", "still_works", "not_proven", "shared"] as const;
export type OffboardingOutcome = (typeof OFFBOARDING_OUTCOMES)[number];

/** Where the key stands at the vendor, as far as our own work goes. */
export const KEY_FATES = ["pending", "removed", "left_to_customer", "shared"] as const;
export type KeyFate = (typeof KEY_FATES)[number];

export const partnerDeactivation = z.strictObject({ reason: sentLines(MAX_REASON_LENGTH) });
/** At most as many as an accountant's list shows at once. */
export const MAX_ENDED_AT_ONCE = 200;
export const customerDeactivation = z.object({
  connectionIds: z.array(z.uuid()).min(1).max(MAX_ENDED_AT_ONCE),
  reason: z
    .string()
    .transform(cleanLines)
    .refine((text) => lengthOf(text) <= MAX_REASON_LENGTH)
    .transform((text) => text || null),
  /** A ticked box of the form. */
  removesPrepared: z
    .literal("on")
    .optional()
    .transform((ticked) => ticked === "on"),
});

/** How the end of a connection is told, to the customer and to the partner's software alike. */
export type OffboardingView = {
  askedBy: OffboardingAsker;
  askedAt: string;
  reason: string | null;
  key: KeyFate;
  /** The vendor's own words when it refused to remove the key. */
  removalAnswer: VendorAnswer | null;
  lastProbe: { result: ProbeResult; at: string } | null;
  /** When the old key is tried for the last time and our copy of it destroyed. null: it is gone. */
  probedUntil: string | null;
  outcome: OffboardingOutcome | null;
  steps: { kind: OffboardingStep; at: string }[];
};

/** Beside it, what only the customer's page needs. */
export type OwnOffboardingView = OffboardingView & {
  /** The colleague who asked; null when it was somebody else, or the colleague has left. */
  askedByEmail: string | null;
  /** It was used although it had ended, for the first time then. */
  keyUse: { kind: KeyUse; at: string } | null;
  /** The first round at the vendor is under way, or somebody asked for another try. */
  isBusy: boolean;
};

/** A connection as the partner's software sees it. */
export type PartnerConnectionView = {
  id: string;
  activationRequestId: string;
  integration: { slug: string; name: string };
  environmentId: string;
  externalId: string;
  name: string;
  businessId: string | null;
  state: ConnectionState;
  attention: string | null;
  since: string;
  checkedAt: string | null;
  customerRef: string | null;
  /** The version in force. */
  specificationVersion: number;
  /** A later version waits for the customer's consent. */
  updateRequired: boolean;
  offboarding: OffboardingView | null;
};

/** What somebody is about to remove at the vendor, as the uninstall page names it. */
export type Uninstalled = {
  integrationId: string;
  integrationName: string;
  connector: { id: string; name: string };
};
