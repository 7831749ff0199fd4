import { createHash, generateKeyPairSync } from "node:crypto";
import type { AuthorizeConsent, Connector } from "@/lib/connectors/connector";
import type { SignInAttempt, SignInProof } from "@/lib/connectors/consent";
import type { ConnectorContext, HeldKey } from "@/lib/connectors/context";
import { startSuperOfficeSandbox } from "@/sandbox";
import { turnSwitch } from "./sandbox-switch";
import { makeTokenSource } from "./token-source";

export function makePrivateKey(): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

export const SUPEROFFICE_SECRETS = {
  applicationToken: "application-token-1",
  privateKey: makePrivateKey(),
};
const RETURN_URL = new URL("https://portal.example/connect/esimerkki-crm-sync/return");

type Options = Partial<Parameters<typeof startSuperOfficeSandbox>[0]>;
type LoggedCall = { method: string; path: string; status: number | null; clientId: string };

/** SuperOffice's stand-in on a free port, with its switches as functions. */
export async function startTestSandbox(options: Options = {}) {
  const sandbox = await startSuperOfficeSandbox({
    port: 0,
    portalUrl: "https://portal.example",
    ...SUPEROFFICE_SECRETS,
    requestsPerSecond: 1000,
    ...options,
  });
  const post = (path: string, body: object) => turnSwitch(sandbox.url, path, body);
  return {
    ...sandbox,
    /** What it holds now: a reset makes another object. */
    getState: () => sandbox.state,
    setFaults: (faults: object) => post("faults", faults),
    reset: () => post("reset", {}),
    /** Somebody who can sign in, administrator of this many tenants that nobody else has; gives the tenants' ids. */
    async addAdministrator(email: string, tenants: number): Promise<string[]> {
      const added: { tenants: { id: string }[] } = await post("users", { email, tenants });
      return added.tenants.map(({ id }) => id);
    },
    /** Walks through the sign-in, approving where that is asked; gives where the browser is sent. */
    async signIn(authorizeUrl: string, email: string, tenantId: string): Promise<URL> {
      return new URL((await post("sign-ins", { authorizeUrl, email, tenantId })).callbackUrl);
    },
    /** A record that a person made; `associateId` 1 is the system user. */
    addRecord: (
      tenantId: string,
      api: "Contact" | "Person" | "Sale",
      entity: object,
      associateId?: number,
    ): Promise<Record<string, unknown>> => post("records", { tenantId, api, entity, associateId }),
    /** A more-page field that an administrator made. */
    addField: (tenantId: string, api: "Contact" | "Person" | "Sale", progId: string) =>
      post("fields", { tenantId, api, progId }),
    /** What the vendor posts when a tenant's state changes. */
    push: (tenantId: string): Promise<object> => post("pushes", { tenantId }),
    async readStats(): Promise<{
      calls: LoggedCall[];
      clients: Record<string, { total: number; peakPerSecond: number; refused: number }>;
    }> {
      return (await fetch(`${sandbox.url}/sandbox/stats`)).json();
    },
  };
}
export type SuperOfficeTestSandbox = Awaited<ReturnType<typeof startTestSandbox>>;

/** A connector's context that talks to the stand-in at `url` for real, and everything it logged. */
export function makeSuperOfficeContext(
  url: string,
  overrides: Partial<ConnectorContext> = {},
): ConnectorContext & { logged: string[] } {
  const logged: string[] = [];
  const note = (fields: object, message: string) => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  return {
    application: { stage: "test", apiBaseUrl: url, clientId: "esimerkki-crm-sync" },
    secrets: SUPEROFFICE_SECRETS,
    returnUrl: null,
    fetch,
    now: () => new Date(),
    log: { info: note, warn: note },
    limiter: { take: async () => () => {} },
    tokens: makeTokenSource(),
    retryDelaysMs: [],
    logged,
    ...overrides,
  };
}

/** What a sign-in sends along, and what proves that its code is for us. */
export function makeAttempt(codeVerifier = "v".repeat(43)): { attempt: SignInAttempt; proof: SignInProof } {
  const nonce = "nonce-of-this-attempt";
  const codeChallenge = createHash("sha256").update(codeVerifier).digest("base64url");
  return {
    attempt: { returnUrl: RETURN_URL, state: "s".repeat(43), nonce, codeChallenge },
    proof: { returnUrl: RETURN_URL, nonce, codeVerifier },
  };
}

export const keyOf = (secret: string, connectionId = "c"): HeldKey => ({
  subject: { kind: "connection", connectionId },
  secret,
});

/** The connector's sign-in, whose kind its sealed form does not name. */
export function signInOf({ consent }: Connector): AuthorizeConsent {
  if (consent.kind !== "authorize") throw new Error(`a consent of the kind ${consent.kind}`);
  return consent;
}

/** A tenant's key, as its administrator's approval brings it. */
export async function approveTenant(
  sandbox: SuperOfficeTestSandbox,
  connector: Connector,
  { email, tenantId }: { email: string; tenantId: string },
): Promise<HeldKey> {
  const context = makeSuperOfficeContext(sandbox.url);
  const consent = signInOf(connector);
  const { attempt, proof } = makeAttempt();
  const address = consent.address(context, attempt).url.href;
  const callback = await sandbox.signIn(address, email, tenantId);
  const granted = await consent.redeem(context, callback.searchParams.get("code") ?? "", proof);
  const secret = "keys" in granted ? granted.keys[0]?.secret : undefined;
  if (secret === undefined) throw new Error("the tenant was not approved");
  return keyOf(secret);
}
