import { AppError } from "@/lib/core/app-error";
import type { Connector } from "./connector";
import { powerofficeGo } from "./poweroffice-go";
import { procountor } from "./procountor";
import { superoffice } from "./superoffice";

/** Every connector of this installation. A new one is its folder and its line here. */
const connectors = {
  procountor,
  "poweroffice-go": powerofficeGo,
  superoffice,
} as const satisfies Readonly<Record<string, Connector>>;

/** A connector's id. What depends on it by name is a `Record<ConnectorId, …>`, so that a missing case does not compile. */
export type ConnectorId = keyof typeof connectors;

export function isConnectorId(id: unknown): id is ConnectorId {
  return typeof id === "string" && Object.hasOwn(connectors, id);
}

export const CONNECTOR_IDS: readonly ConnectorId[] = Object.keys(connectors).filter(isConnectorId);

/** null for a name that came from outside and is no connector's. */
export function findConnector(id: string): Connector | null {
  return isConnectorId(id) ? connectors[id] : null;
}

export function getConnector(id: string): Connector {
  if (!isConnectorId(id)) throw new AppError("misconfigured", `there is no connector ${id}`);
  return connectors[id];
}
