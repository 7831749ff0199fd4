import { z } from "zod";
import type { Difference } from "@/lib/catalogue/integration/differences";
import type { ConnectorView, Finding, ShownContent } from "@/lib/catalogue/integration/schema";
import { isLocale, type Locale } from "@/lib/core/locales";

/** Connections that are shown, and accepted for, at once; what is left comes on the same page afterwards. */
export const UPDATED_AT_ONCE = 500;

/** What the form *Accept the update* sends. */
export const acceptUpdateInput = z.object({
  updateId: z.uuid(),
  contentHash: z.string().min(1),
  language: z.string().refine((value): value is Locale => isLocale(value)),
  connections: z.array(z.uuid()).max(UPDATED_AT_ONCE),
});
export type AcceptUpdateInput = z.infer<typeof acceptUpdateInput>;

/** A published version that waits for the account's consent. */
export type PendingUpdate = {
  id: string;
  integrationName: string;
  partnerName: string;
  connectorName: string;
  /** How many connections go on with a former version until then. */
  count: number;
  /** ISO 8601; when it was published. */
  since: string;
};

/** Connections that are on the same version, and what is new for them. */
export type UpdateGroup = {
  fromVersion: number;
  findings: Finding[];
  differences: Difference[];
  connections: { id: string; environmentName: string; businessId: string | null }[];
};

export type UpdateView = {
  id: string;
  partnerName: string;
  integrationName: string;
  connector: ConnectorView;
  version: number;
  publishedAt: string;
  contentHash: string;
  language: Locale;
  content: ShownContent;
  /** Those that wait; empty once every connection has followed. */
  groups: UpdateGroup[];
  /** What was new for those that have followed, from each version. */
  followed: Omit<UpdateGroup, "connections">[];
  /** More than are shown at once. */
  hasMore: boolean;
  /** What was accepted so far, the newest first. */
  accepted: { id: string; by: string; at: string; count: number }[];
};
