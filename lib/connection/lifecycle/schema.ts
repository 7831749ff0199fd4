import type { TextLanguage } from "@/lib/catalogue/integration/texts";
import type { HoldView } from "@/lib/connection/hold/schema";
import type { Stage } from "@/lib/connectors/context";
import type { VendorAnswer } from "@/lib/core/vendor-answer";

/** What is wrong with a live connection. */
export const ATTENTION_CAUSES = [
  "rights_missing",
  "rights_surplus",
  "natural_person",
  "verification_pending",
  "credential_refused",
  "disconnected",
  /** The vendor system is being made ready. */
  "preparation_pending",
  /** Something there cannot be made ready until a person has put it right. */
  "not_prepared",
] as const;
export type AttentionCause = (typeof ATTENTION_CAUSES)[number];

export const CONNECTION_STATES = ["active", "needs_attention", "offboarding", "removed"] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** As lists show and filter them. `update_required`: active, and a newer version waits for the customer's consent. */
export const SHOWN_CONNECTION_STATES = [...CONNECTION_STATES, "update_required"] as const;
export type ShownConnectionState = (typeof SHOWN_CONNECTION_STATES)[number];

/** Who made a connection's key: the vendor for us, or the customer by hand. */
export const KEY_SOURCES = ["issued", "pasted"] as const;
export type KeySource = (typeof KEY_SOURCES)[number];

/** Who ends, pauses or resumes a connection, as the rows name it. */
export type ConnectionActor =
  | { by: "customer" | "partner" | "operator"; userId: string }
  | { by: "partner"; keyId: string };

export type ConnectionView = {
  id: string;
  /** The request that made it. */
  requestId: string;
  integrationName: string;
  partnerName: string;
  connectorName: string;
  environmentName: string;
  businessId: string | null;
  state: ShownConnectionState;
  attention: AttentionCause | null;
  isPaused: boolean;
  /** What is left for the customer to do in the vendor system, while the connection is being removed. */
  stepsLeft: number;
  activeSince: string;
};

/** A right beside what the last check found. `unknown`: it was not checked yet. */
export type CheckedRight = {
  path: string;
  /** null: nobody asked for it. */
  asked: string | null;
  /** null: not held, or not known. */
  held: string | null;
  /** The partner's reason; null for what nobody asked for. */
  reason: string | null;
  finding: "held" | "missing" | "surplus" | "unknown";
};

/** One connection as its own page shows it. */
export type ConnectionDetails = ConnectionView & {
  connectorId: string;
  stage: Stage;
  externalId: string;
  /** The company's row, for its own page. */
  companyId: string | null;
  stateSince: string;
  /** The last check that came to something. */
  checkedAt: string | null;
  /** A check that somebody asked for is under way. */
  isBeingChecked: boolean;
  /** The last try came to nothing, so what is known is older. */
  failedCheck: { at: string; answer: VendorAnswer | null } | null;
  technicalUserName: string;
  rights: CheckedRight[];
  /** The language of the rights' reasons. */
  language: TextLanguage;
  /** The published version that waits for the account's consent; null: it is on that one, or nobody has to agree. */
  updateId: string | null;
  /** The accepted version lets the customer send files by sFTP. */
  takesFiles: boolean;
  /** Pauses, and the days on which it ends. */
  holds: HoldView[];
  /** False while it is being activated, and once it was ended. */
  canDeactivate: boolean;
  /** The vendor's API can remove the key and it is ours to remove; otherwise that is left to the customer. */
  canRevoke: boolean;
  /** The activation that a pasted key would bring back; null where a key cures nothing. */
  recoverableActivationId: string | null;
  support: { email: string; url: string | null; phone: string | null };
  linkToken: string;
};
