import { demo } from "./support/demo";
import { seeded } from "./support/integration";
import { makePerson } from "./support/person";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const procountor = seeded("automatic");

const asSoftware = { authorization: `Bearer ${demo().partnerApiKeys.demo}` };

test("the partner's software reads a company through the gateway, until its customer ends the connection", async ({
  page,
  request,
}) => {
  test.slow();
  const { gatewayUrl, portalUrl } = demo();
  if (gatewayUrl === null) throw new Error("the product runs without a gateway");
  const owner = await makePerson("reads", 1);
  const [company] = owner.companies;
  if (!company) throw new Error("no company");

  await page.goto(procountor.link);
  await expect(page.getByText("What goes through this portal")).toBeVisible();
  await submitAll(page, procountor, { person: owner });
  await expect(page.getByRole("heading", { name: `${procountor.name} is active` })).toBeVisible();

  const listed = await request.get(`${portalUrl}/api/v1/connections?limit=100`, { headers: asSoftware });
  const { connections } = (await listed.json()) as {
    connections: { id: string; externalId: string }[];
  };
  const connection = connections.find(({ externalId }) => externalId === String(company.id));
  if (!connection) throw new Error("the connection is not listed");
  const at = `${gatewayUrl}/gateway/v1/connections/${connection.id}`;

  const read = await request.get(`${at}/company`, { headers: asSoftware });
  expect(read.status()).toBe(200);
  expect(JSON.stringify(await read.json())).toContain(company.name);
  const closed = await request.get(`${at}/users`, { headers: asSoftware });
  expect(await closed.json()).toMatchObject({ status: 404, code: "operation_closed" });

  const ended = await request.post(`${portalUrl}/api/v1/connections/${connection.id}/deactivate`, {
    headers: { ...asSoftware, "idempotency-key": connection.id },
    data: { reason: "The test is over." },
  });
  expect(ended.ok()).toBe(true);
  const refused = await request.get(`${at}/company`, { headers: asSoftware });
  expect(await refused.json()).toMatchObject({ status: 409, code: "connection_ended" });
});
