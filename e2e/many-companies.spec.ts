import { continueWithTicked, expectStatus, startSignedOut, submit } from "./support/flow";
import { seeded } from "./support/integration";
import { listMail, waitForMail } from "./support/mail";
import { makePerson } from "./support/person";
import { sandbox } from "./support/sandbox";
import { expect, test } from "./support/test";
import { walkVendorDialog } from "./support/vendor-dialog";

const integration = seeded("automatic");

test("an accountant activates 20 of 40 companies and gets one e-mail", async ({ page }) => {
  const accountant = await makePerson("accountant", 40);
  const companies = accountant.companies.slice(0, 20);
  await startSignedOut(page, integration, accountant.email);
  await page.getByRole("button", { name: "Continue in Procountor" }).click();
  const returning = page.waitForRequest(/\/return\?requestId=\d+/);
  await walkVendorDialog(page, accountant, companies);
  const vendorRequestId = new URL((await returning).url()).searchParams.get("requestId");
  await page.waitForURL(/\/environments$/);
  await expect(page.getByText("20 of 20 ticked")).toBeVisible();
  await continueWithTicked(page);

  const decision = { method: "PUT", path: `/integrations/${vendorRequestId}` };
  await sandbox.fault({ hold: decision });
  const requestId = await submit(page);
  await expect(page.getByRole("heading", { name: "Activating in Procountor" })).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  // A page that is loaded again forgets this.
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await sandbox.fault({ release: decision });

  await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();
  await expect(page.getByText("Active: 20", { exact: true })).toBeVisible();
  for (const company of companies) await expectStatus(page, company, "Active");
  await expect(page.getByText(`We have e-mailed ${accountant.email}.`)).toBeVisible();
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);

  const mail = await waitForMail({ to: accountant.email, subject: /Esimerkki Orders/ });
  for (const company of companies) expect(mail.text).toContain(`${company.name} (${company.businessId})`);
  expect(mail.text).toContain(`/requests/${requestId}`);
  const mails = await listMail(accountant.email);
  expect(mails.filter(({ subject }) => subject.includes(integration.name))).toHaveLength(1);

  await page.getByRole("link", { name: "To your integrations" }).click();
  await expect(page.getByRole("region", { name: "Latest requests" })).toContainText("Active: 20");
  await expect(page.getByRole("region", { name: "Companies", exact: true })).toContainText(integration.name);
});
