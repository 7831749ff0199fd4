import type { DraftStep } from "@/lib/activation/draft/rules";
import type { RequestSummary } from "@/lib/activation/request/schema";
import type { ConnectionView } from "@/lib/connection/lifecycle/schema";

/** A draft that the account can go on with. */
export type DraftSummary = {
  id: string;
  integrationName: string;
  partnerName: string;
  linkToken: string;
  step: DraftStep;
  updatedAt: string;
};

/** What `/home` shows: what needs attention first, then the newest requests, then connections, a page of 20 each. */
export type HomeView = {
  drafts: DraftSummary[];
  attention: ConnectionView[];
  requests: RequestSummary[];
  requestsNextCursor: string | null;
  connections: ConnectionView[];
  connectionsNextCursor: string | null;
  /** What the list of connections is narrowed to. */
  connectionSearch: string;
  /** The list shows those that were removed instead. */
  areEnded: boolean;
  /** The account has or had any, whatever the list shows. */
  hasConnections: boolean;
};

/** The signed-in person, as every page needs it. */
export type Viewer = {
  userId: string;
  email: string;
  accountId: string;
  sessionId: string;
  locale: string;
  /** Runs this installation. */
  isOperator: boolean;
  /**
   * The draft that this person works on as a guest. Then `accountId` is the account of the draft, which they are no member
   * of: transactions are in the guest's scope (`lib/people/account/scope-of.ts`). Left out for who works in an account of theirs.
   */
  guestOf?: string;
};
