import { z } from "zod";
import type { Database } from "../../db/client";

export type World = {
  /** The database as its administrator: a scope is entered as the portal enters it. */
  database: Database;
  portalUrl: string;
  gatewayUrl: string | null;
  procountorUrl: string;
  apiKey: string;
};

const LATEST_MS = 60_000;
const LOOK_EVERY_MS = 60;

/** Waits until `look` gives something else than null. */
export async function waitFor<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  for (const end = Date.now() + LATEST_MS; Date.now() < end; ) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`waited in vain for ${what}`);
}

async function send(url: string, init: RequestInit): Promise<unknown> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${init.method} ${new URL(url).pathname}: ${answer.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
}

const JSON_TYPE = { "content-type": "application/json" };

/** Sets something up at Procountor's stand-in. */
export const atVendor = ({ procountorUrl }: World, path: string, body: object): Promise<unknown> =>
  send(`${procountorUrl}/sandbox/${path}`, {
    method: "POST",
    headers: JSON_TYPE,
    body: JSON.stringify(body),
  });

/** Calls the public interface as the partner's software. */
export const asSoftware = ({ apiKey }: World, method: string, url: string, body: object): Promise<unknown> =>
  send(url, {
    method,
    headers: { ...JSON_TYPE, authorization: `Bearer ${apiKey}` },
    body: JSON.stringify(body),
  });

const personaSchema = z.object({ companies: z.array(z.object({ id: z.number(), name: z.string() })) });
export type Company = z.infer<typeof personaSchema>["companies"][number];

/** A person who may log in at the vendor, with companies of these names. */
export async function addPersona(
  world: World,
  { email, fullName, names }: { email: string; fullName: string; names: readonly string[] },
): Promise<Company[]> {
  const made = await atVendor(world, "personas", { email, fullName, companies: names.length, names });
  return personaSchema.parse(made).companies;
}
