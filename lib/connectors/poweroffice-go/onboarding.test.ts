import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ConnectorContext } from "@/lib/connectors/context";
import { ConnectorError } from "@/lib/connectors/errors";
import {
  makePowerOfficeContext,
  POWEROFFICE_SECRETS,
  RETURN_URL,
  startTestSandbox,
} from "@/testing/poweroffice-sandbox";
import { powerofficeGo } from ".";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const ACCOUNTANT = "accountant@example.com";
const context = (overrides: Partial<ConnectorContext> = {}) => makePowerOfficeContext(sandbox.url, overrides);
const stateful = (): URL => new URL(`${RETURN_URL}?state=${"s".repeat(43)}`);

async function onboard(email = ACCOUNTANT, clientIds?: string[]): Promise<string> {
  const { url } = await powerofficeGo.consent.requestAddress(context(), stateful());
  const callback = await sandbox.consent(url.href, email, clientIds);
  const returned = powerofficeGo.parseReturn(callback.searchParams);
  if (returned?.kind !== "state" || returned.token === null) throw new Error(`no token in ${callback}`);
  return returned.token;
}

test("the whole way: an address, a return with our state, a key for each client", async () => {
  const { url, validUntil } = await powerofficeGo.consent.requestAddress(context(), stateful());
  expect(validUntil.getTime()).toBeGreaterThan(Date.now());
  const callback = await sandbox.consent(url.href, ACCOUNTANT);
  expect(`${callback.origin}${callback.pathname}`).toBe(RETURN_URL.href);
  expect(callback.searchParams.get("state")).toBe("s".repeat(43));
  const { initiatorEmail, keys } = await powerofficeGo.consent.redeem(
    context(),
    callback.searchParams.get("token") ?? "",
  );
  expect(initiatorEmail).toBe(ACCOUNTANT);
  expect(keys).toHaveLength(24);
  expect(new Set(keys.map(({ businessId }) => businessId)).size).toBe(24);
});

test("a return address that is not whitelisted is the application's to put right, in the vendor's own words", async () => {
  const elsewhere = new URL("https://elsewhere.example/return");
  await expect(powerofficeGo.consent.requestAddress(context(), elsewhere)).rejects.toMatchObject({
    kind: "application_refused",
    answer: { status: 400, messages: [expect.stringContaining("not whitelisted")] },
  });
});

test("an address outside the vendor's is not followed", async () => {
  const answer = { TemporaryUrl: "https://evil.example/x", ValidUntilDateTimeOffset: "2030-01-01T00:00:00Z" };
  const fetchOther = async () => Response.json(answer);
  await expect(
    powerofficeGo.consent.requestAddress(context({ fetch: fetchOther }), stateful()),
  ).rejects.toMatchObject({ kind: "unexpected" });
});

test("the vendor's own address is followed as given, and its way to write a time is understood", async () => {
  const answer = {
    TemporaryUrl: "http://identity.poweroffice.net/ApiAuthV2?token=t",
    ValidUntilDateTimeOffset: "2030-09-30 08:03:00.123456+00:00",
  };
  const production = context({
    fetch: async () => Response.json(answer),
    now: () => new Date("2030-09-30T07:53:00Z"),
  });
  production.application = { ...production.application, apiBaseUrl: undefined };
  const address = await powerofficeGo.consent.requestAddress(production, stateful());
  expect(address.url.href).toBe(answer.TemporaryUrl);
  expect(address.validUntil.toISOString()).toBe("2030-09-30T08:03:00.123Z");
});

test.each([
  [undefined, "2030-09-30T08:08:00.000Z"],
  ["soon", "2030-09-30T08:08:00.000Z"],
  ["9999-01-01T00:00:00Z", "2030-10-01T07:53:00.000Z"],
])("an address that is valid until %j is used for a time that can be borne", async (told, expected) => {
  const answer = { TemporaryUrl: `${sandbox.url}/x`, ValidUntilDateTimeOffset: told };
  const now = () => new Date("2030-09-30T07:53:00Z");
  const asking = context({ fetch: async () => Response.json(answer), now });
  const { validUntil } = await powerofficeGo.consent.requestAddress(asking, stateful());
  expect(validUntil.toISOString()).toBe(expected);
});

test("a token is traded once", async () => {
  const token = await onboard();
  await powerofficeGo.consent.redeem(context(), token);
  await expect(powerofficeGo.consent.redeem(context(), token)).rejects.toMatchObject({ kind: "rejected" });
});

test("a lost answer of the trade is known to have been sent, and is not repeated", async () => {
  const token = await onboard("owner@example.com");
  await sandbox.setFaults({ loseAnswerNext: { path: "/Onboarding/Finalize" } });
  const patient = context({ retryDelaysMs: [1, 1] });
  await expect(powerofficeGo.consent.redeem(patient, token)).rejects.toMatchObject({
    kind: "unavailable",
    unsent: false,
  });
  const { calls } = await sandbox.readStats();
  expect(calls.filter(({ path }) => path === "/Onboarding/Finalize")).toHaveLength(1);
});

test("a client without a usable key costs the others nothing, and a repeated one is one", async () => {
  const good = { ClientName: " Bakeri ", ClientOrganizationNumber: "310000000", ClientKey: "key-1" };
  const answer = {
    UserEmail: null,
    OnboardedClientsInformation: [good, { ClientName: "Uten nøkkel" }, good],
  };
  const odd = context({ fetch: async () => Response.json(answer) });
  expect(await powerofficeGo.consent.redeem(odd, "a-token-that-is-not-checked")).toEqual({
    initiatorEmail: null,
    withoutKey: ["Uten nøkkel"],
    keys: [{ name: "Bakeri", businessId: "310000000", secret: "key-1" }],
  });
  expect(odd.logged.join()).toContain("without a usable key");
});

test("no secret is in what is kept of an error, or in the log", async () => {
  const token = await onboard("owner@example.com");
  const body = { title: `Token ${token} with subscription-key-1 failed` };
  await sandbox.setFaults({ failNext: { path: "/Onboarding/Finalize", status: 400, body } });
  const watched = context();
  const error: unknown = await powerofficeGo.consent
    .redeem(watched, token)
    .catch((reason: unknown) => reason);
  if (!(error instanceof ConnectorError)) throw error;
  expect(error.answer.messages).toEqual(["Token [redacted] with [redacted] failed"]);
  expect([error.message, ...watched.logged].join()).not.toContain(token);
});

test("a wrong subscription key is the application's, and one that is missing is a setting that is missing", async () => {
  const wrong = context({ secrets: { ...POWEROFFICE_SECRETS, subscriptionKey: "wrong" } });
  await expect(powerofficeGo.consent.requestAddress(wrong, stateful())).rejects.toMatchObject({
    kind: "application_refused",
  });
  const none = context({ secrets: {} });
  await expect(powerofficeGo.consent.requestAddress(none, stateful())).rejects.toMatchObject({
    code: "misconfigured",
  });
});
