import type { Page } from "@playwright/test";
import { companyBox, continueWithTicked, giveConsent, start, submit } from "./support/flow";
import { logInToGo, walkGoDialog } from "./support/go-dialog";
import { type GoClient, goSandbox } from "./support/go-sandbox";
import { seeded } from "./support/integration";
import { listMail, waitForMail } from "./support/mail";
import { makeAddress, makePerson } from "./support/person";
import { type Company, sandbox } from "./support/sandbox";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const procountor = seeded("automatic");
const go = seeded("go");

/** From the list of companies, over the company's own page, to its connection. */
async function openConnection(page: Page, { name }: Pick<Company, "name">): Promise<string> {
  await page.goto("/home");
  await page
    .getByRole("region", { name: "Companies", exact: true })
    .getByRole("link", { name })
    .first()
    .click();
  await page.waitForURL(/\/companies\/[0-9a-f-]+$/);
  await page.getByRole("region", { name: "Integrations" }).getByRole("link").first().click();
  await page.waitForURL(/\/connections\/[0-9a-f-]+$/);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  return /connections\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? Promise.reject(new Error("no id"));
}

async function deactivate(page: Page, reason = ""): Promise<void> {
  await page.getByRole("button", { name: "Deactivate…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText("It stops at once")).toBeVisible();
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Deactivate" }).click();
  await expect(dialog).toBeHidden();
}

const record = (page: Page) => page.getByRole("region", { name: "Record" });

test("Procountor: what is left is shown, the key is seen to die, and the company can be activated again", async ({
  page,
}) => {
  test.slow();
  const owner = await makePerson("ends", 1);
  const [company] = owner.companies;
  if (!company) throw new Error("no company");
  await submitAll(page, procountor, { person: owner });
  await expect(page.getByRole("heading", { name: `${procountor.name} is active` })).toBeVisible();

  await openConnection(page, company);
  await deactivate(page, "We changed systems.");
  await expect(page.getByRole("heading", { name: "Two steps are left for you in Procountor" })).toBeVisible();
  await expect(page.getByText("Management → Users and privileges")).toBeVisible();
  await expect(page.getByText("Procountor still accepts it")).toBeVisible();
  await expect(record(page)).toContainText("Reason: We changed systems.");

  const told = await waitForMail({ to: owner.email, subject: /is switched off/ });
  expect(told.text).toContain("Management → Users and privileges");
  expect(told.text).toContain(`${company.name} (${company.businessId})`);

  await sandbox.fault({ revokeKey: { companyId: company.id } });
  await page.getByRole("button", { name: "I have done it, check now" }).click();
  await expect(page.getByRole("heading", { name: "Ended, and the key is dead" })).toBeVisible();
  await expect(record(page).getByRole("listitem")).toContainText([
    `${owner.email} asked to end it`,
    "Calls to Procountor stopped",
    "Removing the key was left to you",
    "it is dead",
    "Our copy of the key was destroyed",
    "Closed",
  ]);
  const mails = await listMail(owner.email);
  expect(mails.filter(({ subject }) => subject.includes("switched off"))).toHaveLength(1);

  await page.goto(procountor.link);
  await page.getByRole("checkbox", { name: /I have read and accept/ }).check();
  await page.getByRole("button", { name: /^Accept and/ }).click();
  await page.waitForURL(/\/environments$/);
  await giveConsent(page, procountor, { person: owner });
  await expect(companyBox(page, company)).toBeChecked();
  await continueWithTicked(page);
  await submit(page);
  await expect(page.getByRole("heading", { name: `${procountor.name} is active` })).toBeVisible();
});

async function activateInGo(page: Page, client: GoClient): Promise<void> {
  await page.getByRole("checkbox", { name: client.organizationNumber }).check();
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Choose the settings" })).toBeVisible();
  await continueWithTicked(page);
  await expect(page.getByText("Everything that the integration needs is in place.")).toBeVisible({
    timeout: 60_000,
  });
  await submit(page);
  await expect(page.getByRole("heading", { name: `${go.name} is active` })).toBeVisible({ timeout: 30_000 });
}

test("PowerOffice Go: removed there from here, activated again, and removed there by somebody: each is shown", async ({
  page,
}) => {
  test.slow();
  const owner = await goSandbox.addUser(makeAddress("go-ends"), 1);
  const [client] = owner.clients;
  if (!client) throw new Error("no client");
  await start(page, go, owner.email);
  await page.getByRole("button", { name: "Continue in PowerOffice Go" }).click();
  await walkGoDialog(page, owner, owner.clients);
  await page.waitForURL(/\/environments$/, { timeout: 30_000 });
  await activateInGo(page, client);
  expect(await goSandbox.listActive(owner.clients)).toEqual(owner.clients);

  await openConnection(page, client);
  await deactivate(page);
  await expect(page.getByRole("heading", { name: "Ended, and the key is dead" })).toBeVisible({
    timeout: 30_000,
  });
  expect(await goSandbox.listActive(owner.clients)).toEqual([]);
  await expect(record(page)).toContainText("PowerOffice Go removed the integration");
  await expect(page.getByText("check now")).toBeHidden();

  await page.goto(go.link);
  await page.getByRole("checkbox", { name: /I have read and accept/ }).check();
  await page.getByRole("button", { name: /^Accept and/ }).click();
  await page.waitForURL(/\/environments$/);
  await page.getByRole("button", { name: "Continue in PowerOffice Go" }).click();
  await logInToGo(page, owner.email);
  await page.getByRole("checkbox", { name: client.organizationNumber }).check();
  await page.getByRole("button", { name: "Accept" }).click();
  await page.waitForURL(/\/environments$/, { timeout: 30_000 });
  await activateInGo(page, client);
  expect(await goSandbox.listActive(owner.clients)).toEqual(owner.clients);

  await goSandbox.removeInGo(client);
  await openConnection(page, client);
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByText("Disconnected in PowerOffice Go").first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/If that was not meant, activate it again/)).toBeVisible();
  await page.goto("/home");
  await expect(page.getByRole("region", { name: "1 connection needs attention" })).toContainText(client.name);
});

test("a missing right is put right at the vendor and checked again from the page", async ({ page }) => {
  const owner = await makePerson("checks", 1);
  const [company] = owner.companies;
  if (!company) throw new Error("no company");
  const few = { "sales.salesOrGroupInvoices": "VIEWING_RIGHTS" };
  await sandbox.fault({ technicalUserRights: { [company.id]: few } });
  await submitAll(page, procountor, { person: owner });
  await expect(page.getByText("The integration lacks some rights")).toBeVisible();

  await openConnection(page, company);
  await expect(page.getByText("The integration lacks some rights")).toBeVisible();
  await expect(page.getByText("Missing", { exact: true }).first()).toBeVisible();
  await sandbox.fault({ technicalUserRights: { [company.id]: null } });
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByText("The integration lacks some rights")).toBeHidden();
  await expect(page.getByText("Missing", { exact: true })).toHaveCount(0);
  await expect(page.getByText("As asked", { exact: true }).first()).toBeVisible();
});

test("an accountant finds one of many, and ends several at once with one e-mail", async ({ page }) => {
  test.slow();
  const accountant = await makePerson("many", 12);
  const [first, second, third] = accountant.companies;
  if (!first || !second || !third) throw new Error("too few companies");
  await submitAll(page, procountor, { person: accountant });
  await expect(page.getByText("Active: 12", { exact: true })).toBeVisible({ timeout: 30_000 });

  await page.goto("/home");
  const list = page.getByRole("region", { name: "Companies", exact: true });
  await list.getByRole("searchbox", { name: "Name or business ID" }).fill(third.businessId);
  await list.getByRole("button", { name: "Find" }).click();
  await expect(list.getByRole("rowheader")).toHaveCount(1);
  await expect(list).toContainText(third.name);
  await list.getByRole("link", { name: "Show all companies" }).click();
  await expect(list.getByRole("rowheader")).toHaveCount(12);

  await list.getByRole("link", { name: "Deactivate several" }).click();
  // The home has the same checkboxes and button: what is ticked there before the page changes is lost.
  await page.waitForURL(/\/connections\/deactivate$/);
  await expect(page.getByRole("button", { name: "Deactivate…" })).toBeDisabled();
  for (const company of [first, second]) await page.getByRole("checkbox", { name: company.name }).check();
  await page.getByRole("button", { name: "Deactivate 2 connections…" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Deactivate 2 connections" }).click();
  const done = page.getByText("They have ended.");
  await expect(done).toBeVisible();
  await expect(done.getByRole("link", { name: "Your connections" })).toHaveAttribute("href", "/home");
  await expect(page.getByRole("checkbox", { name: first.name })).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: third.name })).toBeVisible();

  const told = await waitForMail({ to: accountant.email, subject: /switched off in 2 companies/ });
  for (const company of [first, second]) expect(told.text).toContain(company.name);
  expect(told.text).not.toContain(third.name);
});
