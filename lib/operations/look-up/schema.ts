import type { RequestState } from "@/lib/activation/request/schema";
import type { ConnectionState } from "@/lib/connection/lifecycle/schema";

/** What an operator sees of a request or a connection: ids and states, no names of people or companies. */
export type LookedUp = {
  kind: "request" | "connection";
  id: string;
  requestId: string;
  state: RequestState | ConnectionState;
  /** The integration's address part: its name is in its specification, its partner's words. */
  integrationName: string;
  partnerName: string;
  connectorId: string;
  connectorName: string;
  stage: string;
  since: string;
  connections: { id: string; state: ConnectionState }[];
};
