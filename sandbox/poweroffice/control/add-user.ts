import { invalid, optional, readNumber, readRecord, readText } from "../../web/read-input";
import { makeAddedClient } from "../data/clients";
import type { Client } from "../model";
import { findUser, type StandIn } from "../stand-in";

const MAX_CLIENTS = 200;

/** `POST /sandbox/users`: one more person who can log in, with clients that nobody else has. */
export function addUser(
  standIn: StandIn,
  body: unknown,
): { email: string; clients: Pick<Client, "id" | "name" | "organizationNumber">[] } {
  const input = readRecord(body, "the body");
  const email = readText(input.email, "email").toLowerCase();
  if (findUser(standIn, email)) throw invalid("there is such a user already");
  const count = readNumber(input.clients, "clients");
  if (!Number.isInteger(count) || count > MAX_CLIENTS) throw invalid(`clients is at most ${MAX_CLIENTS}`);
  const { state } = standIn.store;
  const first = state.addedClients.length;
  const clients = Array.from({ length: count }, (_, index) => makeAddedClient(first + index));
  state.addedClients.push(...clients);
  state.addedUsers.push({
    email,
    fullName: optional(input.fullName, "fullName", readText) ?? "Ukjent Utprøver",
    description: `Added for a test, with ${count} clients`,
    clientIds: clients.map(({ id }) => id),
  });
  standIn.store.save();
  return {
    email,
    clients: clients.map(({ id, name, organizationNumber }) => ({ id, name, organizationNumber })),
  };
}
