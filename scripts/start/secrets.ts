import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { z } from "zod";
import { DEMO_APPLICATION_KEY, DEMO_KEY_ID, DEMO_SECRET_MARK } from "../../lib/core/demo";
import { ExplainedError } from "../process/explained-error";
import { type Home, readJson, writeJson } from "./home";

const hex = (bytes: number) => () => randomBytes(bytes).toString("hex");
const base64 = (bytes: number) => () => randomBytes(bytes).toString("base64");

const marked = (make: () => string) => () => `${DEMO_SECRET_MARK}${make()}`;

/** How each secret is made; random, at the first start, and marked, so that no real installation takes it over. */
const GENERATORS = {
  postgresAdminPassword: marked(hex(24)),
  ownerPassword: marked(hex(24)),
  webPassword: marked(hex(24)),
  workerPassword: marked(hex(24)),
  nextauthSecret: marked(base64(32)),
  /** `KYTKIN_KEYS`: a comma list of `name:base64`, the current one first. */
  keys: () => `${DEMO_KEY_ID}:${base64(32)()}`,
  hashKey: base64(32),
  /** Inngest's SDK hashes what follows the prefix as hexadecimal. */
  inngestSigningKey: () => `signkey-${DEMO_SECRET_MARK}${hex(32)()}`,
  inngestEventKey: marked(hex(24)),
  sandboxClientSecret: hex(24),
  sandboxM2mApiKey: hex(32),
  /** The demo's partner shows it to its customers: no secret. One that an older version made is kept. */
  sandboxApplicationKey: () => DEMO_APPLICATION_KEY,
  sandboxSubscriptionKey: hex(16),
  partnerApiKey: () => `kyt_${randomBytes(32).toString("base64url")}`,
} as const;

export type Secrets = Record<keyof typeof GENERATORS, string>;

const storedSchema = z.partialRecord(z.enum(Object.keys(GENERATORS) as (keyof Secrets)[]), z.string().min(1));

/**
 * The installation's secrets, made at the first start and kept. One that a newer version needs is added.
 * Throws in words when they are gone while the database that they open is there.
 */
export async function loadSecrets(home: Home): Promise<Secrets> {
  const json = readJson(home.files.secrets);
  if (json === null && existsSync(home.files.postgres)) {
    throw new ExplainedError(
      `${home.files.secrets} is gone, and without it the database cannot be opened.\n` +
        "Restore it, or start over with `npm run reset`.",
    );
  }
  const stored = storedSchema.safeParse(json ?? {});
  if (!stored.success) {
    throw new ExplainedError(
      `${home.files.secrets} is damaged. Restore it, or start over with \`npm run reset\`.`,
    );
  }
  const names = Object.keys(GENERATORS) as (keyof Secrets)[];
  const secrets = Object.fromEntries(
    names.map((name) => [name, stored.data[name] ?? GENERATORS[name]()]),
  ) as Secrets;
  if (names.some((name) => stored.data[name] === undefined)) await writeJson(home.files.secrets, secrets);
  return secrets;
}
