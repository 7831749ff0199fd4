import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ConnectorContext } from "@/lib/connectors/context";
import type { RightAsked } from "@/lib/connectors/manifest";
import { keyOf, makePowerOfficeContext, RETURN_URL, startTestSandbox } from "@/testing/poweroffice-sandbox";
import { powerofficeGo } from ".";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const ASKED: RightAsked[] = [
  { path: "Customer", level: "Full" },
  { path: "CommonServices", level: "Read" },
];
const makeContext = (overrides: Partial<ConnectorContext> = {}) =>
  makePowerOfficeContext(sandbox.url, overrides);

/** Keys of this user's clients, by the clients' names. */
async function onboard(email: string): Promise<Map<string | null, string>> {
  const { url } = await powerofficeGo.consent.requestAddress(makeContext(), RETURN_URL);
  const callback = await sandbox.consent(url.href, email);
  const { keys } = await powerofficeGo.consent.redeem(
    makeContext(),
    callback.searchParams.get("token") ?? "",
  );
  return new Map(keys.map(({ name, secret }) => [name, secret]));
}
async function onboardOne(): Promise<{ clientId: string; secret: string }> {
  const user = await sandbox.addUser(`user-${performance.now()}@example.com`, 1);
  const [secret = ""] = (await onboard(user.email)).values();
  return { clientId: user.clients[0]?.id ?? "", secret };
}
const countTokenCalls = async () =>
  (await sandbox.readStats()).calls.filter(({ path }) => path === "/OAuth/Token").length;

test("a key tells its client; one whose modules do not cover what is asked does not fit", async () => {
  const keys = await onboard("accountant@example.com");
  const look = (name: string) =>
    powerofficeGo.consent.describeKey(makeContext(), keyOf(keys.get(name) ?? ""), ASKED);
  expect(await look("Bjørkelia Bakeri AS")).toMatchObject({
    externalId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: "Bjørkelia Bakeri AS",
    country: "NO",
    rights: "full",
    productFit: "ok",
  });
  expect(await look("Solvik Småbåt AS")).toMatchObject({ rights: "full", productFit: "wrong" });
});

test("a privilege that the application never got is missing, on every client", async () => {
  const { secret } = await onboardOne();
  await sandbox.setFaults({ withheldPrivileges: "Customer_Full" });
  const described = await powerofficeGo.consent.describeKey(makeContext(), keyOf(secret), ASKED);
  expect(described).toMatchObject({ rights: "missing", productFit: "ok" });
});

test("one token serves a key, each key has its own, and a re-check asks for a new one", async () => {
  const context = makeContext();
  const [one, other] = [await onboardOne(), await onboardOne()];
  await powerofficeGo.consent.describeKey(context, keyOf(one.secret), ASKED);
  await powerofficeGo.consent.describeKey(context, keyOf(one.secret), ASKED);
  expect(await countTokenCalls()).toBe(1);
  await powerofficeGo.consent.describeKey(context, keyOf(other.secret), ASKED);
  expect(await countTokenCalls()).toBe(2);
  const credential = { connectionId: one.secret, secret: one.secret };
  const { identity } = await powerofficeGo.verify(context, credential, ASKED);
  expect(identity.externalId).toBe(one.clientId);
  expect(await countTokenCalls()).toBe(3);
});

test("a token that died early is replaced within the call", async () => {
  const context = makeContext();
  const { secret } = await onboardOne();
  await powerofficeGo.consent.describeKey(context, keyOf(secret), ASKED);
  await sandbox.setFaults({ invalidateTokens: true });
  await powerofficeGo.consent.describeKey(context, keyOf(secret), ASKED);
  expect(await countTokenCalls()).toBe(2);
});

test("removed in Go and a wrong key: disconnected; keys of the other environment: the application's; not repeated", async () => {
  const context = makeContext({ retryDelaysMs: [1, 1] });
  const { clientId, secret } = await onboardOne();
  const verify = (on: ConnectorContext, key: string) =>
    powerofficeGo.verify(on, { connectionId: key, secret: key }, ASKED);
  const production = makeContext();
  production.application = { ...production.application, apiBaseUrl: sandbox.url };
  await expect(verify(production, secret)).rejects.toMatchObject({ kind: "application_refused" });
  await expect(verify(context, "no-such-key")).rejects.toMatchObject({ kind: "disconnected" });
  await sandbox.setFaults({ removeInGo: clientId });
  await expect(verify(context, secret)).rejects.toMatchObject({ kind: "disconnected", isRetriable: false });
  expect(await countTokenCalls()).toBe(3);
});

test("a released key is dead at the vendor, and releasing it again is fine", async () => {
  const { clientId, secret } = await onboardOne();
  await powerofficeGo.consent.giveBack(makeContext(), keyOf(secret));
  expect(sandbox.listActive()).not.toContain(clientId);
  await powerofficeGo.consent.giveBack(makeContext(), keyOf(secret));
});

test("a release that the vendor answers with failure is rejected with its words", async () => {
  const { secret } = await onboardOne();
  const refusing = makeContext({
    fetch: (url, init) =>
      init?.method === "DELETE"
        ? Promise.resolve(Response.json({ Success: false, Message: "Factoring is in use." }))
        : fetch(url, init),
  });
  await expect(powerofficeGo.consent.giveBack(refusing, keyOf(secret))).rejects.toMatchObject({
    kind: "rejected",
    answer: { messages: ["Factoring is in use."] },
  });
});

test("the gateway's limit is rate_limited, and so are calls for tokens", async () => {
  const strict = await startTestSandbox({ requestsPerSecond: 1 });
  const context = makePowerOfficeContext(strict.url);
  await powerofficeGo.consent.requestAddress(context, RETURN_URL);
  await expect(powerofficeGo.consent.describeKey(context, keyOf("any"), ASKED)).rejects.toMatchObject({
    kind: "rate_limited",
    unsent: true,
    answer: { operation: "POST /OAuth/Token" },
  });
  await strict.close();
});
