import { randomUUID } from "node:crypto";
import { invalid, readRecord, readText } from "../../web/read-input";
import { findClient, type StandIn } from "../stand-in";
import { findActive } from "../state";

/** `POST /sandbox/keys`: the extension added to a client by hand, as Go's own screen does it; its client key is shown. */
export function addKey(standIn: StandIn, body: unknown): { clientKey: string } {
  const clientId = readText(readRecord(body, "the body").clientId, "clientId");
  if (!findClient(standIn, clientId)) throw invalid("there is no such client");
  const { store } = standIn;
  const { applicationKey } = standIn.application;
  const active = findActive(store.state, applicationKey, clientId);
  if (active) return { clientKey: active.clientKey };
  const clientKey = randomUUID();
  store.state.integrations.push({ clientId, applicationKey, clientKey, isActive: true });
  store.save();
  return { clientKey };
}
