import { randomUUID } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { demo } from "../support/demo";
import { seeded } from "../support/integration";
import { makePerson } from "../support/person";
import type { Persona } from "../support/sandbox";
import { submitAll } from "../support/submit-all";
import { openBrowser } from "./support/attacker";
import { getAccountId, listRefusals, type Sql, snapshotAccount, waitUntilAtRest } from "./support/database";
import { forgeActions } from "./support/forge";
import { makeApiKey } from "./support/partner-api";
import { expect, test } from "./support/test";

type Owner = { page: Page; person: Persona; accountId: string; connectionId: string };

/** Somebody with one active connection. */
async function createOwner(browser: Browser, sql: Sql, name: string): Promise<Owner> {
  const page = await openBrowser(browser);
  const person = await makePerson(name, 1);
  const integration = seeded("automatic");
  await submitAll(page, integration, { person });
  await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();
  const accountId = await getAccountId(sql, person.email);
  await waitUntilAtRest(sql, accountId);
  const [row] = await sql<{ id: string }[]>`select id from connections where account_id = ${accountId}`;
  return { page, person, accountId, connectionId: row?.id ?? "" };
}

test("somebody else's connection is a 404, and no forged button checks or ends it", async ({
  browser,
  sql,
}) => {
  test.slow();
  const victim = await createOwner(browser, sql, "has-one");
  const attacker = await createOwner(browser, sql, "wants-it");
  const before = await snapshotAccount(sql, victim.accountId);

  for (const id of [victim.connectionId, randomUUID(), "x"]) {
    const response = await attacker.page.goto(`/connections/${id}`);
    expect(response?.status(), id).toBe(404);
    const content = await attacker.page.content();
    for (const { name, businessId } of victim.person.companies) {
      expect(content).not.toContain(name);
      expect(content).not.toContain(businessId);
    }
  }
  const payload = await attacker.page.request.get(`/connections/${victim.connectionId}`, {
    headers: { RSC: "1" },
  });
  expect(await payload.text()).not.toContain(victim.person.email);

  await attacker.page.goto(`/connections/${attacker.connectionId}`);
  await forgeActions(attacker.page, attacker.connectionId, victim.connectionId);
  await attacker.page.getByRole("button", { name: "Check again" }).click();
  await expect(attacker.page.getByText("There is nothing here")).toBeVisible();
  await attacker.page.getByRole("button", { name: "Deactivate…" }).click();
  const dialog = attacker.page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Deactivate" }).click();
  await expect(dialog.getByText("There is nothing here")).toBeVisible();

  expect(await snapshotAccount(sql, victim.accountId)).toEqual(before);
  expect(await listRefusals(sql, attacker.accountId)).toEqual(["connection.check", "connection.deactivate"]);
  const visitor = await openBrowser(browser);
  await visitor.goto(`/connections/${victim.connectionId}`);
  await expect(visitor).toHaveURL(/\/sign-in\?/);
});

test("another partner's key neither reads nor ends a connection", async ({ browser, sql }) => {
  const victim = await createOwner(browser, sql, "of-partner");
  const before = await snapshotAccount(sql, victim.accountId);
  for (const key of [
    await makeApiKey(sql, { ofPartner: "other", stage: "test" }),
    await makeApiKey(sql, { ofPartner: "demo", stage: "production" }),
  ]) {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const url = `${demo().portalUrl}/api/v1/connections`;
    expect((await fetch(`${url}/${victim.connectionId}`, { headers })).status).toBe(404);
    const init = { method: "POST", headers, body: JSON.stringify({ reason: "Mine now." }) };
    expect((await fetch(`${url}/${victim.connectionId}/deactivate`, init)).status).toBe(404);
    expect(await (await fetch(url, { headers })).json()).toEqual({ connections: [], nextCursor: null });
  }
  const revoked = await makeApiKey(sql, { ofPartner: "demo", stage: "test", isRevoked: true });
  const headers = { authorization: `Bearer ${revoked}` };
  expect((await fetch(`${demo().portalUrl}/api/v1/connections`, { headers })).status).toBe(401);
  expect(await snapshotAccount(sql, victim.accountId)).toEqual(before);
});
