import { AppError } from "@/lib/core/app-error";
import type { Connector } from "./connector";
import { powerofficeGo } from "./poweroffice-go";
import { procountor } from "./procountor";

/** Every connector of this installation. A new one is its folder and its line here. */
const connectors: Readonly<Record<string, Connector>> = {
  procountor,
  "poweroffice-go": powerofficeGo,
};

export function getConnector(id: string): Connector {
  const connector = Object.hasOwn(connectors, id) ? connectors[id] : undefined;
  if (!connector) throw new AppError("misconfigured", `there is no connector ${id}`);
  return connector;
}
