import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  keyOf,
  makePowerOfficeContext,
  POWEROFFICE_SECRETS,
  RETURN_URL,
  startTestSandbox,
} from "@/testing/poweroffice-sandbox";
import { powerofficeGo } from "./poweroffice-go";

/** PowerOffice Go tells a wrong application key and a removed client in the same words, and its gateway refuses in its own. */

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function onboard(): Promise<{ clientId: string; secret: string }> {
  const user = await sandbox.addUser(`user-${performance.now()}@example.com`, 1);
  const context = makePowerOfficeContext(sandbox.url);
  const { url } = await powerofficeGo.consent.requestAddress(context, RETURN_URL);
  const callback = await sandbox.consent(url.href, user.email);
  const { keys } = await powerofficeGo.consent.redeem(context, callback.searchParams.get("token") ?? "");
  return { clientId: user.clients[0]?.id ?? "", secret: keys[0]?.secret ?? "" };
}
const withSecrets = (secrets: Partial<typeof POWEROFFICE_SECRETS>) =>
  makePowerOfficeContext(sandbox.url, { secrets: { ...POWEROFFICE_SECRETS, ...secrets } });
const OTHER_APPLICATION = "11111111-3c59-4d0e-9d7c-6d1c6ad2a001";
const isApplication = { kind: "application_refused" };

test("a wrong application key is never taken for a client that was removed", async () => {
  const { secret } = await onboard();
  const wrong = withSecrets({ applicationKey: OTHER_APPLICATION });
  const credential = { connectionId: "c", secret };
  await expect(powerofficeGo.verify(wrong, credential, [])).rejects.toMatchObject(isApplication);
  await expect(powerofficeGo.consent.describeKey(wrong, keyOf(secret), [])).rejects.toMatchObject(
    isApplication,
  );
  await expect(powerofficeGo.pastedKey.read(wrong, keyOf(secret), [])).rejects.toMatchObject(isApplication);
  await expect(powerofficeGo.probeKey(wrong, keyOf(secret), RETURN_URL)).rejects.toMatchObject(isApplication);
  await expect(powerofficeGo.consent.giveBack(wrong, keyOf(secret))).rejects.toMatchObject(isApplication);
  const needs = {
    rights: [],
    productCodes: null,
    customerNumbers: null,
    deliversBy: [],
  };
  await expect(powerofficeGo.consent.preflight(wrong, keyOf(secret), needs)).rejects.toMatchObject(
    isApplication,
  );
  expect(sandbox.listActive()).toHaveLength(1);
});

test.each([401, 403])("a subscription key that is refused (%i) blames no client", async (status) => {
  const { secret } = await onboard();
  await sandbox.setFaults({ subscriptionRefusal: status });
  const wrong = withSecrets({ subscriptionKey: "rotated" });
  const answer = { status, operation: "POST /OAuth/Token" };
  await expect(powerofficeGo.consent.describeKey(wrong, keyOf(secret), [])).rejects.toMatchObject({
    ...isApplication,
    answer,
  });
  await expect(powerofficeGo.consent.redeem(wrong, "token-1")).rejects.toMatchObject(isApplication);
});

test("a version that has ended is neither a key nor a request that is unknown", async () => {
  const { secret } = await onboard();
  const context = makePowerOfficeContext(sandbox.url);
  await powerofficeGo.consent.describeKey(context, keyOf(secret), []);
  await sandbox.setFaults({ isVersionEnded: true });
  const isEnded = { kind: "version_ended", answer: { status: 404 } };
  await expect(powerofficeGo.consent.describeKey(context, keyOf(secret), [])).rejects.toMatchObject(isEnded);
  await expect(powerofficeGo.consent.requestAddress(context, RETURN_URL)).rejects.toMatchObject(isEnded);
  await expect(powerofficeGo.probeKey(context, keyOf(secret), RETURN_URL)).rejects.toMatchObject(isEnded);
});

test("an integration that is switched off in Go is ended for its key, and works when it is on again", async () => {
  const { clientId, secret } = await onboard();
  const context = makePowerOfficeContext(sandbox.url);
  await powerofficeGo.consent.describeKey(context, keyOf(secret), []);
  await sandbox.setFaults({ switchOff: clientId });
  await expect(powerofficeGo.consent.describeKey(context, keyOf(secret), [])).rejects.toMatchObject({
    kind: "disconnected",
  });
  expect(await powerofficeGo.probeKey(context, keyOf(secret), RETURN_URL)).toBe("dead");
  await sandbox.setFaults({ switchOn: clientId });
  expect(await powerofficeGo.consent.describeKey(context, keyOf(secret), [])).toMatchObject({
    externalId: clientId,
  });
});

test("a removal that is answered without a word is one", async () => {
  const { secret } = await onboard();
  const removal = { method: "DELETE", path: "/Offboarding/RemoveIntegration" };
  await sandbox.setFaults({
    failNext: [
      { ...removal, status: 204 },
      { ...removal, status: 200, body: null },
    ],
  });
  const context = makePowerOfficeContext(sandbox.url);
  await expect(powerofficeGo.consent.giveBack(context, keyOf(secret))).resolves.toBe("given_back");
  await expect(powerofficeGo.consent.giveBack(context, keyOf(secret))).resolves.toBe("given_back");
});
