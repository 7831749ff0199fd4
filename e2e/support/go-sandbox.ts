import { z } from "zod";
import { demo } from "./demo";

const clientSchema = z.object({ id: z.string(), name: z.string(), organizationNumber: z.string() });
/** A client of PowerOffice Go. */
export type GoClient = z.infer<typeof clientSchema>;
const userSchema = z.object({ email: z.email(), clients: z.array(clientSchema) });
/** Somebody who can log in to Go, with clients that nobody else has. */
export type GoUser = z.infer<typeof userSchema>;
const keySchema = z.object({ clientKey: z.string() });
const returnSchema = z.object({ callbackUrl: z.url() });
const integrationsSchema = z.array(z.object({ clientId: z.string(), isActive: z.boolean() }));

type CallOf = { path: string; caller: string; times?: number };
/** What can be switched on at the stand-in without touching another test. */
type GoFaults = {
  /** Answered with `status` instead of being carried out. */
  failNext?: CallOf & { status: number; retryAfterSeconds?: number; body?: unknown };
  /** Carried out, and the connection is cut instead of the answer. */
  loseAnswerNext?: CallOf;
  /** Waits, before anything is done, until it is released. */
  hold?: CallOf;
  release?: CallOf;
  /** What the application may do on single clients, by their ids. */
  privileges?: Record<string, string[]>;
  /** Ids of clients that the next answer with keys names without one. */
  withholdNextKey?: string[];
};

async function send(path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${demo().powerofficeUrl}/sandbox/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the sandbox answered ${response.status} to ${path}: ${text}`);
  return JSON.parse(text);
}

export const goSandbox = {
  addUser: async (email: string, clients: number): Promise<GoUser> =>
    userSchema.parse(await send("users", { email, clients })),
  /** A walk through the dialog at its temporary address, without the walk: where the browser would be sent. */
  consent: async (temporaryUrl: string, { email }: GoUser): Promise<URL> =>
    new URL(returnSchema.parse(await send("consents", { temporaryUrl, email })).callbackUrl),
  /** The extension added to a client by hand; gives its client key. */
  addKey: async ({ id }: GoClient): Promise<string> =>
    keySchema.parse(await send("keys", { clientId: id })).clientKey,
  /** Switches faults on for calls of one caller: a client by its id, or a user whose consent is traded, by its e-mail. */
  fault: async (faults: GoFaults): Promise<void> => {
    await send("faults", faults);
  },
  /** Somebody removes the extension in Go. */
  removeInGo: async ({ id }: GoClient): Promise<void> => {
    await send("faults", { removeInGo: id });
  },
  /** Of these clients, those on which the integration is active at the vendor. */
  listActive: async (clients: readonly GoClient[]): Promise<GoClient[]> => {
    const integrations = integrationsSchema.parse(await send("integrations"));
    const active = new Set(integrations.filter(({ isActive }) => isActive).map(({ clientId }) => clientId));
    return clients.filter(({ id }) => active.has(id));
  },
};
