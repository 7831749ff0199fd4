import { z } from "zod";
import { demo } from "./demo";

/** Which calls of the vendor's API a fault is for; `path` is below the version prefix and may hold `*`. */
type CallPattern = { method?: string; path?: string; times?: number };

/** What can be switched on at the stand-in. Rules add up, settings are replaced. */
export type Faults = {
  latencyMs?: number;
  /** Answered with `status` instead of being carried out. */
  failNext?: CallPattern & { status: number; retryAfterSeconds?: number; body?: unknown };
  /** Carried out, and the connection is cut instead of the answer; `true` means the next PUT. */
  loseAnswerNext?: CallPattern | true;
  expireRequest?: { requestId: number };
  revokeKey?: { companyId: number; vendorIntegrationId?: string };
  invalidateTokens?: true;
  /** Companies for which no key is made although they were approved. */
  notIssued?: number[];
  /** Companies whose next key is withheld, that one time, although they were approved. */
  withholdNextKey?: number[];
  /** Companies whose next key is revoked as soon as it is made. */
  revokeNextKey?: number[];
  /** Such calls wait, before anything is done, until they are released by the same pattern. */
  hold?: CallPattern;
  release?: CallPattern;
  requestLifetimeSeconds?: number;
  maxSimultaneousActivations?: number | null;
  /** By company; null gives one its own rights back. */
  technicalUserRights?: Record<string, Record<string, string> | null>;
};

/** A consent as it is after a walk through the vendor's dialog, without the walk. */
export type ConsentWish = {
  vendorIntegrationId: string;
  personaEmail?: string;
  initiatorEmail?: string;
  /** Left out: all that the persona can pick. */
  companyIds?: number[];
  /** How long the vendor keeps it open; left out, an hour. */
  lifetimeSeconds?: number;
};

const consentSchema = z.object({ requestId: z.number(), callbackUrl: z.url() });
const companySchema = z.object({ id: z.number(), name: z.string(), businessId: z.string() });
/** A company at the vendor. */
export type Company = z.infer<typeof companySchema>;
const personaSchema = z.object({ email: z.email(), companies: z.array(companySchema) });
/** Somebody who can log in at the vendor, with companies that nobody else has. */
export type Persona = z.infer<typeof personaSchema>;
const keySchema = z.object({ apiKey: z.string() });
const statsSchema = z.object({
  calls: z.array(z.object({ method: z.string(), path: z.string(), status: z.number().nullable() })),
});
export type VendorCall = z.infer<typeof statsSchema>["calls"][number];

async function send(path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${demo().procountorUrl}/sandbox/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the sandbox answered ${response.status} to ${path}: ${text}`);
  return JSON.parse(text);
}

export const sandbox = {
  /** Switches faults on. */
  fault: async (faults: Faults): Promise<void> => {
    await send("faults", faults);
  },
  /** Makes a consent; its `callbackUrl` is where the vendor would send the browser. */
  consent: async (wish: ConsentWish) => consentSchema.parse(await send("requests", wish)),
  /** Adds a person with `companies` companies, in each of which it has full rights to user management. */
  addPersona: async (email: string, companies: number): Promise<Persona> =>
    personaSchema.parse(await send("personas", { email, companies })),
  /** A user made by hand in a company, with a key for the integration; gives the key. */
  addKey: async (vendorIntegrationId: string, companyId: number): Promise<string> =>
    keySchema.parse(await send("keys", { vendorIntegrationId, companyId })).apiKey,
  /** What the vendor tells the customer of a request: for each company, how it ended and why. */
  readOutcome: async (requestId: number): Promise<string> =>
    (await fetch(`${demo().procountorUrl}/ui/requests/${requestId}`)).text(),
  /** The calls of the vendor's API, the oldest first. */
  listCalls: async (): Promise<VendorCall[]> => statsSchema.parse(await send("stats")).calls,
  /** Everything as at the first start. */
  reset: async (): Promise<void> => {
    await send("reset", {});
  },
};
