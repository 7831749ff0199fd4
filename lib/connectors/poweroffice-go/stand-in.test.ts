import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  makePowerOfficeContext,
  POWEROFFICE_SECRETS,
  RETURN_URL,
  startTestSandbox,
} from "@/testing/poweroffice-sandbox";
import { powerofficeGo } from ".";

/** What the vendor's API is known to answer, beyond what the connector asks for. */

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

let clientKey = "";
beforeEach(async () => {
  await sandbox.reset();
  const context = makePowerOfficeContext(sandbox.url);
  const { url } = await powerofficeGo.consent.requestAddress(context, RETURN_URL);
  const callback = await sandbox.consent(url.href, "accountant@example.com");
  const { keys } = await powerofficeGo.consent.redeem(context, callback.searchParams.get("token") ?? "");
  clientKey = keys.find(({ name }) => name === "Bjørkelia Bakeri AS")?.secret ?? "";
});

const subscription = { "ocp-apim-subscription-key": POWEROFFICE_SECRETS.subscriptionKey };
async function getToken(): Promise<string> {
  const basic = Buffer.from(`${POWEROFFICE_SECRETS.applicationKey}:${clientKey}`).toString("base64");
  const response = await fetch(`${sandbox.url}/demo/oauth/token`, {
    method: "POST",
    headers: { ...subscription, authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  return (await response.json()).access_token;
}
const get = (path: string, token: string) =>
  fetch(`${sandbox.url}${path}`, { headers: { ...subscription, authorization: `Bearer ${token}` } });

test("a list comes in pages, with the fields that are asked for; OData is refused", async () => {
  const token = await getToken();
  const first = await get("/Demo/v2/Products?PageSize=1&PageNumber=1&Fields=Code", token);
  const rows = await first.json();
  expect(rows).toEqual([{ Code: expect.any(String) }]);
  const { totalPages, nextPageLink } = JSON.parse(first.headers.get("x-pagination") ?? "{}");
  expect(totalPages).toBeGreaterThan(1);
  expect(nextPageLink).toContain("PageNumber=2");
  expect((await get("/Demo/v2/Products?PageSize=1&PageNumber=99", token)).status).toBe(204);
  expect((await get("/Demo/v2/Products?$top=1", token)).status).toBe(400);
});

test("the case of a path does not count", async () => {
  expect((await get("/demo/v2/products", await getToken())).status).toBe(200);
});

test("a token keeps the privileges that it was made with", async () => {
  const token = await getToken();
  await sandbox.setFaults({ withheldPrivileges: ["Product_Full"] });
  expect((await get("/Demo/v2/Products", token)).status).toBe(200);
  const refused = await get("/Demo/v2/Products", await getToken());
  expect([refused.status, await refused.text()]).toEqual([403, ""]);
});

test("AllowSendInvoice is left out, as in the document, or told", async () => {
  const read = async () => (await get("/Demo/v2/ClientIntegrationInformation", await getToken())).json();
  expect(await read()).not.toHaveProperty("AllowSendInvoice");
  await sandbox.setFaults({ allowSendInvoice: true });
  expect(await read()).toMatchObject({ AllowSendInvoice: true });
});

test("failures come as the vendor words them: without a body, from the gateway, or as an HTML page", async () => {
  const path = "/Products";
  await sandbox.setFaults({
    failNext: [
      { path, status: 401 },
      { path, status: 429 },
      { path, status: 502, body: "<html>Bad gateway</html>" },
    ],
  });
  const token = await getToken();
  const read = async () => {
    const response = await get("/Demo/v2/Products", token);
    return [response.status, await response.text()];
  };
  expect(await read()).toEqual([401, ""]);
  expect(await read()).toEqual([429, expect.stringContaining('"statusCode":"429"')]);
  expect(await read()).toEqual([502, "<html>Bad gateway</html>"]);
});
