import { continueWithTicked, expectStatus, giveConsent, start, submit } from "../support/flow";
import { seeded } from "../support/integration";
import { inviteColleague, join } from "../support/membership";
import { makePerson } from "../support/person";
import { getAccountId, snapshotAccount } from "./support/database";
import { expect, test } from "./support/test";

test("a guest of one request finds nothing else of the account, and nothing at all once it is taken back", async ({
  page,
  openDevice,
  sql,
}) => {
  const automatic = seeded("automatic");
  const owner = await makePerson("owner", 1);
  await start(page, automatic, owner.email);
  await giveConsent(page, automatic, { person: owner });
  await continueWithTicked(page);
  const otherRequest = await submit(page);
  for (const company of owner.companies) await expectStatus(page, company, "Active");
  const accountId = await getAccountId(sql, owner.email);
  const [connection] = await sql<{ id: string }[]>`
    select id from connections where account_id = ${accountId}`;

  const form = seeded("form");
  const guest = await makePerson("guest", 1);
  await start(page, form, owner.email);
  await page.getByRole("link", { name: "Hand over to a colleague" }).click();
  const device = await openDevice();
  await join(device, await inviteColleague(page, guest.email, "Hand over"), guest.email);
  await device.waitForURL(/\/environments$/);

  const foreign = [
    `/requests/${otherRequest}`,
    `/requests/${otherRequest}/acceptance`,
    `/connections/${String(connection?.id)}`,
  ];
  for (const path of foreign) {
    const answer = await device.request.get(path);
    expect(answer.status(), path).toBe(404);
    const content = await answer.text();
    for (const { name } of owner.companies) expect(content, path).not.toContain(name);
  }
  for (const path of [`/api/requests/${otherRequest}`, `/api/requests/${otherRequest}/events`])
    expect((await device.request.get(path)).status(), path).toBe(404);
  for (const path of ["/account", "/home", "/account/profile"]) {
    await device.goto(path);
    const main = await device.locator("main").textContent();
    for (const { name } of owner.companies) expect(main, path).not.toContain(name);
  }
  const copy = await (await device.request.get("/account/profile/export")).text();
  for (const secret of [accountId, otherRequest]) expect(copy).not.toContain(secret);
  await device.goto(`${form.link}/hand-over`);
  await expect(device, "what was handed over is not handed on").toHaveURL(/\/environments$/);
  const before = await snapshotAccount(sql, accountId);

  await giveConsent(device, form, { person: guest });
  await continueWithTicked(device);
  const own = await submit(device);
  expect((await device.goto(`/requests/${own}`))?.status()).toBe(200);
  expect((await snapshotAccount(sql, accountId)).connections).toEqual(before.connections);

  await page.goto("/account");
  await page.getByRole("button", { name: "Take back" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Take back" }).click();
  // What is behind an open dialog is hidden: only once it has closed does the list tell anything.
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await expect(page.getByRole("button", { name: "Take back" })).toHaveCount(0);
  for (const path of [`/requests/${own}`, `/requests/${own}/acceptance`, `/requests/${own}/partner-steps`])
    expect((await device.request.get(path)).status(), path).toBe(404);
  expect((await device.request.get(`/api/requests/${own}`)).status()).toBe(404);
  expect((await page.goto(`/requests/${own}`))?.status(), "the account keeps it").toBe(200);
});
