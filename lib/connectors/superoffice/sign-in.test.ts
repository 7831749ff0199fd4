import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ConnectorContext } from "@/lib/connectors/context";
import {
  makeAttempt,
  makeSuperOfficeContext,
  type SuperOfficeTestSandbox,
  signInOf,
  startTestSandbox,
} from "@/testing/superoffice-sandbox";
import { superoffice } from ".";

let sandbox: SuperOfficeTestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const ADMINISTRATOR = "accountant@example.com";
const USER = "viewer@example.com";
const TENANT = "Cust10001";
const { attempt, proof } = makeAttempt();
const context = (overrides: Partial<ConnectorContext> = {}) => makeSuperOfficeContext(sandbox.url, overrides);
const consent = signInOf(superoffice);

/** The code that the browser brings back. */
async function signIn(email = ADMINISTRATOR, tenant = TENANT): Promise<string> {
  const { url } = consent.address(context(), attempt);
  const callback = await sandbox.signIn(url.href, email, tenant);
  const returned = superoffice.parseReturn(callback.searchParams, context().application);
  if (returned?.kind !== "state" || returned.token === null) throw new Error(`no code in ${callback}`);
  expect(returned).toMatchObject({ state: attempt.state, outcome: "given" });
  return returned.token;
}

test("the whole way: an address with challenge and nonce, a code with our state, one tenant's system token", async () => {
  const { url, validUntil } = consent.address(context(), attempt);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: "code",
    scope: "openid",
    code_challenge_method: "S256",
    nonce: attempt.nonce,
  });
  expect(url.href).not.toContain(proof.codeVerifier);
  expect(validUntil.getTime()).toBeGreaterThan(Date.now());
  const granted = await consent.redeem(context(), await signIn(), proof);
  expect(granted).toEqual({
    initiatorEmail: ADMINISTRATOR,
    withoutKey: [],
    keys: [{ name: "Esimerkki Konsultit Oy", businessId: null, secret: expect.any(String) }],
  });
});

test("the stand-in asks for PKCE, nonce and the registered address", async () => {
  const { url } = consent.address(context(), attempt);
  for (const name of ["code_challenge", "nonce", "state", "code_challenge_method"]) {
    const without = new URL(url);
    without.searchParams.delete(name);
    const answer = await fetch(without, { redirect: "manual" });
    expect(answer.headers.get("location"), name).toContain("error=invalid_request");
  }
  url.searchParams.set("redirect_uri", "https://elsewhere.example/return");
  expect((await fetch(url, { redirect: "manual" })).status).toBe(400);
});

describe("what came back is not to be trusted", () => {
  test("another nonce", async () => {
    const code = await signIn();
    await sandbox.setFaults({ changeNextNonce: true });
    await expect(consent.redeem(context(), code, proof)).rejects.toMatchObject({ kind: "unexpected" });
  });

  test("another signature under the name of the vendor's key, and the log says why without the token", async () => {
    const code = await signIn();
    await sandbox.setFaults({ forgeNextSignature: true });
    const logging = context();
    await expect(consent.redeem(logging, code, proof)).rejects.toMatchObject({ kind: "unexpected" });
    expect(logging.logged.join("\n")).toContain("ERR_JWS_SIGNATURE_VERIFICATION_FAILED");
    expect(logging.logged.join("\n")).not.toContain(code);
  });

  test("a token for another application, of another issuer, or from another time", async () => {
    for (const [name, change] of Object.entries({
      audience: { application: { ...context().application, clientId: "another" }, fetch: asApplication },
      time: { now: () => new Date(Date.now() + 3 * 3600_000) },
    })) {
      const code = await signIn();
      await expect(consent.redeem(context(change), code, proof), name).rejects.toMatchObject({
        kind: "unexpected",
      });
    }
    const code = await signIn();
    const elsewhere = { ...context().application, apiBaseUrl: sandbox.url.replace("127.0.0.1", "localhost") };
    await expect(consent.redeem(context({ application: elsewhere }), code, proof)).rejects.toMatchObject({
      kind: "unexpected",
    });
  });
});

/** The token endpoint is asked as the registered application, whatever the context calls itself. */
const asApplication: typeof fetch = (input, init) => {
  if (init?.body instanceof URLSearchParams) init.body.set("client_id", "esimerkki-crm-sync");
  return fetch(input, init);
};

test("a key that was rotated in is found in the key set", async () => {
  await consent.redeem(context(), await signIn(), proof);
  const code = await signIn();
  await sandbox.setFaults({ rotateKeys: true });
  await expect(consent.redeem(context(), code, proof)).resolves.toHaveProperty("keys");
});

describe("a code", () => {
  test("is taken once", async () => {
    const code = await signIn();
    await consent.redeem(context(), code, proof);
    await expect(consent.redeem(context(), code, proof)).rejects.toMatchObject({
      kind: "rejected",
      answer: { messages: ["The code is not known, or was used before."] },
    });
  });

  test("expires", async () => {
    await sandbox.setFaults({ codeLifetimeSeconds: 0 });
    await expect(consent.redeem(context(), await signIn(), proof)).rejects.toMatchObject({
      kind: "rejected",
    });
  });

  test("is worth nothing without the verifier", async () => {
    const { proof: other } = makeAttempt("w".repeat(43));
    await expect(consent.redeem(context(), await signIn(), other)).rejects.toMatchObject({
      kind: "rejected",
    });
  });

  test("is not taken from an application with another secret, and that is the application's fault", async () => {
    const secrets = { ...context().secrets, applicationToken: "another" };
    await expect(consent.redeem(context({ secrets }), await signIn(), proof)).rejects.toMatchObject({
      kind: "application_refused",
    });
  });
});

describe("refused", () => {
  test("somebody who is not administrator, in a tenant where the application is approved", async () => {
    await signIn();
    const code = await signIn(USER);
    expect(await consent.redeem(context(), code, proof)).toEqual({ refusal: "not_administrator" });
  });

  test("somebody without rights where it is not approved comes back without a code", async () => {
    const { url } = consent.address(context(), attempt);
    for (const email of [USER, "colleague@example.com"]) {
      const callback = await sandbox.signIn(url.href, email, TENANT);
      expect(superoffice.parseReturn(callback.searchParams, context().application)).toEqual({
        kind: "state",
        state: attempt.state,
        outcome: "canceled",
        token: null,
      });
    }
  });

  test("an approval without a system user", async () => {
    const code = await signIn();
    await sandbox.setFaults({ withholdNextSystemToken: true });
    expect(await consent.redeem(context(), code, proof)).toEqual({ refusal: "not_authorized" });
  });

  test.each(["Suspended", "OfflineMaintenance", "MigrationPending", "Deleted"])(
    "a tenant that is %s",
    async (state) => {
      const code = await signIn();
      await sandbox.setFaults({ states: { [TENANT]: state } });
      expect(await consent.redeem(context(), code, proof)).toEqual({ refusal: "tenant_not_running" });
    },
  );
});

test("a state that cannot be read does not lose the system token", async () => {
  const code = await signIn();
  await sandbox.setFaults({ failNext: { path: "/api/state", status: 500 } });
  await expect(consent.redeem(context(), code, proof)).resolves.toHaveProperty("keys");
});

test("without our state a return is nobody's", () => {
  const read = (query: string) => superoffice.parseReturn(new URLSearchParams(query), context().application);
  expect(read("code=abcdef")).toBeNull();
  expect(read(`state=${attempt.state}`)).toMatchObject({ outcome: "token_missing", token: null });
  expect(read(`state=${attempt.state}&error=server_error`)).toMatchObject({ outcome: "unknown_outcome" });
});
