import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { Sql } from "postgres";
import { z } from "zod";
import { GATEWAY_LOGIN, INTAKE_LOGIN, OWNER_LOGIN, WEB_LOGIN, WORKER_LOGIN } from "../../db/scopes";
import { DEMO_APPLICATION_KEY, DEMO_KEY_ID, DEMO_PARTNER_SLUG, DEMO_SECRET_MARK } from "../../lib/core/demo";
import { ExplainedError } from "../process/explained-error";
import { type Home, readJson, writeJson } from "./home";

const hex = (bytes: number) => () => randomBytes(bytes).toString("hex");
const base64 = (bytes: number) => () => randomBytes(bytes).toString("base64");

const marked = (make: () => string) => () => `${DEMO_SECRET_MARK}${make()}`;

/** Asks for the row that shows that a secret was in use; no row: nothing needs it. */
type FindUse = (sql: Sql) => Promise<readonly unknown[]>;

/** What shows that a secret was in use. `words` names it for the person who has lost the secret. */
type Use = { words: string; find: FindUse };

type SecretKind = {
  make: () => string;
  /** What one of an older version may look like, too; a secret that was cut short does not. */
  shape: RegExp;
  /** null: nothing that is kept depends on it, so that a new one is as good. */
  use: Use | null;
};

const isLogin =
  (login: string): FindUse =>
  (sql) =>
    sql`select 1 from pg_authid where rolname = ${login} and rolpassword is not null`;

const isSealedFor =
  (name: string): FindUse =>
  (sql) =>
    sql`select 1 from sealed_secrets where owner_kind = 'vendor_application' and name = ${name} limit 1`;

const HEX_24 = new RegExp(`^(${DEMO_SECRET_MARK})?[0-9a-f]{48}$`);
const KEY_LIST = /^[\w-]+:[A-Za-z0-9+/]{43}=(,[\w-]+:[A-Za-z0-9+/]{43}=)*$/;
const BASE64_32 = /^[A-Za-z0-9+/]{43}=$/;

/** As whole lines of base64 between its marks: a key that was cut short has no end. */
const PEM = /^-----BEGIN PRIVATE KEY-----\n([A-Za-z0-9+/=]{1,64}\n)+-----END PRIVATE KEY-----\n$/;

function makePrivateKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

const login = (name: string): SecretKind => ({
  make: marked(hex(24)),
  shape: HEX_24,
  use: { words: `the database's login ${name} has it`, find: isLogin(name) },
});

/** What a stand-in asks for and the portal keeps, sealed, as a vendor's secret. */
const vendorSecret = (name: string, kind: Pick<SecretKind, "make" | "shape">): SecretKind => ({
  ...kind,
  use: { words: `the vendor application keeps it (sealed_secrets, ${name})`, find: isSealedFor(name) },
});

/**
 * How each secret is made; random, at the first start, and marked, so that no real installation takes it over. Each names
 * the row that shows that it was in use: with such a row it is never made again.
 */
const SECRETS = {
  postgresAdminPassword: {
    make: marked(hex(24)),
    shape: HEX_24,
    // Without it no row can be asked for: the database itself shows it, see `loadSecrets`.
    use: { words: "the database was made with it", find: async () => [true] },
  },
  ownerPassword: login(OWNER_LOGIN),
  webPassword: login(WEB_LOGIN),
  workerPassword: login(WORKER_LOGIN),
  gatewayPassword: login(GATEWAY_LOGIN),
  intakePassword: login(INTAKE_LOGIN),
  nextauthSecret: {
    make: marked(base64(32)),
    shape: new RegExp(`^(${DEMO_SECRET_MARK})?[A-Za-z0-9+/]{43}=$`),
    use: {
      words: "sign-in links and codes that were mailed are checked with it (sign_in_tokens)",
      find: (sql) => sql`select 1 from sign_in_tokens limit 1`,
    },
  },
  /** `KYTKIN_KEYS`: a comma list of `name:base64`, the current one first. */
  keys: {
    make: () => `${DEMO_KEY_ID}:${base64(32)()}`,
    shape: KEY_LIST,
    use: {
      words: "stored secrets are encrypted with it (data_keys)",
      find: (sql) => sql`select 1 from data_keys
        where owner_kind not in ('connection_data', 'connection_export', 'connection_intake', 'intake_host') limit 1`,
    },
  },
  /** `KYTKIN_GATEWAY_KEYS`: wraps the data keys of what connections carry. */
  gatewayKeys: {
    make: () => `${DEMO_KEY_ID}:${base64(32)()}`,
    shape: KEY_LIST,
    use: {
      words: "the data of connections is encrypted with it (data_keys)",
      find: (sql) =>
        sql`select 1 from data_keys where owner_kind in ('connection_data', 'connection_export') limit 1`,
    },
  },
  /** `KYTKIN_INTAKE_KEYS`: wraps the data keys of what the intake opens. */
  intakeKeys: {
    make: () => `${DEMO_KEY_ID}:${base64(32)()}`,
    shape: KEY_LIST,
    use: {
      words: "the host key of sFTP and the files of results are encrypted with it (data_keys)",
      find: (sql) =>
        sql`select 1 from data_keys where owner_kind in ('connection_intake', 'intake_host') limit 1`,
    },
  },
  hashKey: {
    make: base64(32),
    shape: BASE64_32,
    use: {
      words: "the fingerprints of stored secrets are made with it (sealed_secrets)",
      find: (sql) => sql`select 1 from sealed_secrets limit 1`,
    },
  },
  /** Inngest's SDK hashes what follows the prefix as hexadecimal. Engine and functions share it within one process. */
  inngestSigningKey: {
    make: () => `signkey-${DEMO_SECRET_MARK}${hex(32)()}`,
    shape: /^signkey-[a-z]+-[0-9a-f]{64}$/,
    use: null,
  },
  inngestEventKey: { make: marked(hex(24)), shape: HEX_24, use: null },
  sandboxClientSecret: vendorSecret("clientSecret", { make: hex(24), shape: /^[0-9a-f]{48}$/ }),
  sandboxM2mApiKey: vendorSecret("m2mApiKey", { make: hex(32), shape: /^[0-9a-f]{64}$/ }),
  /** The demo's partner shows it to its customers: no secret. One that an older version made is kept. */
  sandboxApplicationKey: vendorSecret("applicationKey", {
    make: () => DEMO_APPLICATION_KEY,
    shape: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  }),
  sandboxSubscriptionKey: vendorSecret("subscriptionKey", { make: hex(16), shape: /^[0-9a-f]{32}$/ }),
  sandboxApplicationToken: vendorSecret("applicationToken", { make: hex(20), shape: /^[0-9a-f]{40}$/ }),
  sandboxPrivateKey: vendorSecret("privateKey", { make: makePrivateKey, shape: PEM }),
  partnerApiKey: {
    make: () => `kyt_${randomBytes(32).toString("base64url")}`,
    shape: /^kyt_[\w-]{43}$/,
    use: {
      words: "the demo's partner calls the portal with it (api_keys)",
      find: (sql) =>
        sql`select 1 from api_keys join partners on partners.id = partner_id where slug = ${DEMO_PARTNER_SLUG} limit 1`,
    },
  },
} as const satisfies Record<string, SecretKind>;

export type SecretName = keyof typeof SECRETS;
export type Secrets = Record<SecretName, string>;

const NAMES = Object.keys(SECRETS) as SecretName[];
export const kindOf = (name: SecretName): SecretKind => SECRETS[name];

const fileSchema = z.record(z.string(), z.unknown());

export type LoadedSecrets = {
  secrets: Secrets;
  /** Those that the file does not hold whole. New ones stand in `secrets`, and are not written down yet. */
  missing: SecretName[];
};

const RESTORE = "Restore the file from a backup of this folder, or start over with `npm run reset`.";

export function describeLoss(home: Home, lost: readonly SecretName[]): ExplainedError {
  const list = lost.map((name) => `  ${name}: ${kindOf(name).use?.words ?? ""}`).join("\n");
  return new ExplainedError(
    `${home.files.secrets} lacks what is in use, or holds it cut short:\n${list}\n` +
      `A new one would not fit, so that none was made and nothing was changed. ${RESTORE}`,
  );
}

/**
 * The secrets of the home's file. A start without a database makes those that it lacks and writes them down; with one, the
 * database has to be asked first whether it needs them: `settleSecrets`. Throws in words when the file is gone or damaged.
 */
export async function loadSecrets(home: Home, hasDatabase: boolean): Promise<LoadedSecrets> {
  const json = readJson(home.files.secrets);
  if (json === null && hasDatabase) {
    throw new ExplainedError(
      `${home.files.secrets} is gone, and without it the database cannot be opened. ${RESTORE}`,
    );
  }
  const stored = fileSchema.safeParse(json ?? {});
  if (!stored.success)
    throw new ExplainedError(`${home.files.secrets} is damaged: it is no list of secrets. ${RESTORE}`);
  const readStored = (name: SecretName): string | null => {
    const value = stored.data[name];
    return typeof value === "string" && kindOf(name).shape.test(value) ? value : null;
  };
  const missing = NAMES.filter((name) => readStored(name) === null);
  if (hasDatabase && missing.includes("postgresAdminPassword"))
    throw describeLoss(home, ["postgresAdminPassword"]);
  const secrets = Object.fromEntries(
    NAMES.map((name) => [name, readStored(name) ?? kindOf(name).make()]),
  ) as Secrets;
  if (hasDatabase || missing.length === 0) return { secrets, missing };
  await writeJson(home.files.secrets, secrets);
  return { secrets, missing: [] };
}
