import type { AttentionCause } from "@/lib/activation/schema";

export const CONNECTION_STATES = [
  "active",
  "needs_attention",
  "update_required",
  "offboarding",
  "removed",
] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

export type ConnectionView = {
  id: string;
  /** The request that made it. */
  requestId: string;
  integrationName: string;
  partnerName: string;
  connectorName: string;
  environmentName: string;
  businessId: string | null;
  state: ConnectionState;
  attention: AttentionCause | null;
  activeSince: string;
};
