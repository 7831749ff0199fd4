import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ConnectorContext } from "@/lib/connectors/context";
import {
  keyOf,
  makeAttempt,
  makePrivateKey,
  makeSuperOfficeContext,
  type SuperOfficeTestSandbox,
  signInOf,
  startTestSandbox,
} from "@/testing/superoffice-sandbox";
import { makeTokenSource } from "@/testing/token-source";
import { superoffice } from ".";
import { signSystemToken } from "./system-user";

const TENANT = "Cust10001";
const RETURN_URL = new URL("https://portal.example/return");
const PRINCIPAL = "/v1/User/currentPrincipal";
const AUTHENTICATE = "/Login/api/PartnerSystemUser/Authenticate";
const consent = signInOf(superoffice);

let sandbox: SuperOfficeTestSandbox;
let secret: string;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
beforeEach(async () => {
  await sandbox.reset();
  secret = await approve(TENANT);
});
afterAll(() => sandbox.close());
afterEach(() => {
  tokens = makeTokenSource();
});

let tokens = makeTokenSource();
const context = (overrides: Partial<ConnectorContext> = {}) =>
  makeSuperOfficeContext(sandbox.url, { tokens, ...overrides });

/** The sealed text of a tenant's credential. */
async function approve(tenant: string): Promise<string> {
  const { attempt, proof } = makeAttempt();
  const { url } = consent.address(context(), attempt);
  const callback = await sandbox.signIn(url.href, "accountant@example.com", tenant);
  const granted = await consent.redeem(context(), callback.searchParams.get("code") ?? "", proof);
  const key = "keys" in granted ? granted.keys[0] : undefined;
  if (!key) throw new Error("no key");
  return key.secret;
}

const describeKey = (overrides: Partial<ConnectorContext> = {}) =>
  consent.describeKey(context(overrides), keyOf(secret), []);
const verify = (overrides: Partial<ConnectorContext> = {}) =>
  superoffice.verify(context(overrides), { connectionId: "c", secret }, [
    { path: "contact", level: "write" },
  ]);
const probe = (overrides: Partial<ConnectorContext> = {}) =>
  superoffice.probeKey(context(overrides), keyOf(secret), RETURN_URL);

async function countCalls(path: string): Promise<number> {
  return (await sandbox.readStats()).calls.filter((call) => call.path === path).length;
}

test("whose tenant it is, and the system user lacks nothing", async () => {
  expect(await describeKey()).toMatchObject({ externalId: TENANT, name: null, rights: "full" });
  expect(await verify()).toMatchObject({
    identity: { externalId: TENANT },
    rights: { held: [{ path: "contact", level: "write" }], missing: [], surplus: [] },
  });
});

test("a ticket is used until it is refused", async () => {
  await describeKey();
  await describeKey();
  expect(await countCalls(AUTHENTICATE)).toBe(1);
  await sandbox.setFaults({ dropTickets: TENANT });
  expect(await describeKey()).toMatchObject({ externalId: TENANT });
  expect(await countCalls(AUTHENTICATE)).toBe(2);
});

test("a ticket is not kept longer than the tenant's address is valid, nor longer than the vendor keeps it", async () => {
  const lifetimes: number[] = [];
  const keep: ConnectorContext["tokens"] = {
    get: async (_, refresh) => {
      const { token, expiresInSeconds } = await refresh();
      lifetimes.push(expiresInSeconds);
      return token;
    },
    drop: async () => {},
  };
  await describeKey({ tokens: keep });
  await sandbox.setFaults({ stateValidSeconds: 60 });
  await describeKey({ tokens: keep });
  const [usual = 0, short = 0] = lifetimes;
  expect(usual).toBe(5 * 3600);
  expect(short).toBeLessThanOrEqual(60);
  expect(short).toBeGreaterThan(50);
});

test("a tenant that moved is looked for anew, once", async () => {
  await describeKey();
  await sandbox.setFaults({ move: TENANT });
  expect(await describeKey()).toMatchObject({ externalId: TENANT });
  const { calls } = await sandbox.readStats();
  const statuses = calls.filter(({ path }) => path === PRINCIPAL).map(({ status }) => status);
  // `fetch` itself repeats a 421 once over a new connection, as the Fetch standard has it.
  expect(statuses).toEqual([200, 421, 421, 200]);
});

test("an address outside of the vendor's gets no ticket", async () => {
  const elsewhere: typeof fetch = async (input, init) => {
    if (!String(input).includes("/api/state/")) return fetch(input, init);
    const state = {
      ContextIdentifier: TENANT,
      State: "Running",
      IsRunning: true,
      Api: "https://evil.example/api",
    };
    return Response.json(state);
  };
  await expect(describeKey({ fetch: elsewhere })).rejects.toMatchObject({ kind: "unexpected" });
  expect(await countCalls(AUTHENTICATE)).toBe(0);
});

describe("a tenant's state", () => {
  test.each(["Suspended", "OfflineMaintenance", "MigrationPending", "Provisioning"])(
    "%s may pass",
    async (state) => {
      await sandbox.setFaults({ states: { [TENANT]: state } });
      await expect(describeKey()).rejects.toMatchObject({
        kind: "unavailable",
        answer: { messages: [`State: ${state}`] },
      });
    },
  );

  test.each(["Deleted", "Deleting"])("%s is the end", async (state) => {
    await sandbox.setFaults({ states: { [TENANT]: state } });
    await expect(describeKey()).rejects.toMatchObject({ kind: "disconnected" });
  });

  test("maintenance of the web client does not stop the API", async () => {
    await sandbox.setFaults({ states: { [TENANT]: "OnlineMaintenance" } });
    expect(await describeKey()).toMatchObject({ externalId: TENANT });
  });
});

describe("an approval that ended", () => {
  test.each(["revoke", "expire", "askForReapproval"])("%s: told apart from a dead ticket", async (fault) => {
    await describeKey();
    await sandbox.setFaults({ [fault]: TENANT });
    await expect(describeKey()).rejects.toMatchObject({ kind: "disconnected" });
    expect(await probe()).toBe("dead");
  });

  test("approved again after a revocation, the former system token stays dead", async () => {
    await sandbox.setFaults({ revoke: TENANT });
    const renewed = await approve(TENANT);
    expect(renewed).not.toBe(secret);
    expect(await probe()).toBe("dead");
    expect(await superoffice.probeKey(context(), keyOf(renewed), RETURN_URL)).toBe("alive");
  });

  test("a connection is verified with a ticket of its own, whatever is cached", async () => {
    await verify();
    await verify();
    expect(await countCalls(AUTHENTICATE)).toBe(2);
  });
});

describe("the application's own fault says nothing of the approval", () => {
  test("another private key", async () => {
    const secrets = { ...context().secrets, privateKey: makePrivateKey() };
    await expect(probe({ secrets })).rejects.toMatchObject({ kind: "application_refused" });
    await expect(describeKey({ secrets })).rejects.toMatchObject({ kind: "application_refused" });
  });

  test("a clock that is a day late", async () => {
    const late = () => new Date(Date.now() - 25 * 3600_000);
    await expect(probe({ now: late })).rejects.toMatchObject({ kind: "application_refused" });
  });

  test("another application token", async () => {
    const secrets = { ...context().secrets, applicationToken: "another" };
    await expect(probe({ secrets })).rejects.toMatchObject({ kind: "unexpected" });
  });

  test("a key that cannot sign is told without it", () => {
    const broken = "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----";
    expect(() => signSystemToken("App-1", broken, new Date())).toThrow(/cannot sign/);
  });

  test.each([
    [1, "disconnected"],
    [7, "application_refused"],
    ["NeedsReapproval", "disconnected"],
    [4, "unexpected"],
    [99, "unexpected"],
  ])("a refusal that comes as the code %s is %s", async (ErrorCode, kind) => {
    const refuse = async () => Response.json({ IsSuccessful: false, ErrorMessage: "No.", ErrorCode });
    const expected = probe({ fetch: refuse });
    if (kind === "disconnected") await expect(expected).resolves.toBe("dead");
    else await expect(expected).rejects.toMatchObject({ kind });
  });
});

test("the signed form is token, minute in UTC and signature", () => {
  const signed = signSystemToken(
    "App-1",
    context().secrets.privateKey ?? "",
    new Date("2026-11-30T23:05:59Z"),
  );
  expect(signed).toMatch(/^App-1\.202611302305\.[A-Za-z0-9+/]+=*$/);
});

test("a token of the system user that another key signed opens nothing", async () => {
  await sandbox.setFaults({ forgeNextSignature: true });
  await expect(describeKey()).rejects.toMatchObject({ kind: "unexpected" });
  expect(await countCalls(PRINCIPAL)).toBe(0);
});

test("what is logged and kept holds no secret", async () => {
  const logging = context();
  await consent.describeKey(logging, keyOf(secret), []);
  const { systemToken } = JSON.parse(secret);
  for (const hidden of [systemToken, context().secrets.applicationToken, "7T:"])
    expect(logging.logged.join("\n")).not.toContain(hidden);
});

test("calls of a tenant take from its own limit; the key set takes from none", async () => {
  const taken: (string | undefined)[] = [];
  const limiter = {
    take: async (tenant?: string) => {
      taken.push(tenant);
      return () => {};
    },
  };
  await describeKey({ limiter });
  expect(taken).toEqual([TENANT, TENANT, undefined, TENANT]);
});

describe("10 calls a second for a tenant", () => {
  let strict: SuperOfficeTestSandbox;
  beforeAll(async () => {
    strict = await startTestSandbox({ requestsPerSecond: 10 });
  });
  afterAll(() => strict.close());

  test("the vendor refuses the eleventh of one tenant and not the first of another", async () => {
    const ask = async (tenant: string) => (await fetch(`${strict.url}/api/state/${tenant}`)).status;
    const answers = await Promise.all(Array.from({ length: 11 }, () => ask(TENANT)));
    expect(answers.filter((status) => status === 429)).toHaveLength(1);
    expect(await ask("Cust10002")).toBe(200);
    expect((await strict.readStats()).clients[TENANT]).toMatchObject({ total: 11, refused: 1 });
  });
});

test("a read is repeated while the vendor is away", async () => {
  await sandbox.setFaults({ failNext: { path: PRINCIPAL, status: 503 } });
  await expect(describeKey()).rejects.toMatchObject({ kind: "unavailable" });
  await sandbox.setFaults({ failNext: { path: PRINCIPAL, status: 503 } });
  expect(await describeKey({ retryDelaysMs: [1] })).toMatchObject({ externalId: TENANT });
});
