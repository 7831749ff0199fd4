import { companyBox, continueWithTicked, expectStatus, giveConsent, statusRow, submit } from "./support/flow";
import { seeded } from "./support/integration";
import { waitForMail } from "./support/mail";
import { approveAll, openPartnerPage, rejectOne } from "./support/partner-page";
import { makePerson } from "./support/person";
import { type Company, sandbox } from "./support/sandbox";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const integration = seeded("page");
const REASON = "There is no contract for this company.";

test("one request ends active, rejected and failed, and what failed is tried again", async ({ page }) => {
  const person = await makePerson("mixed", 3);
  const [good, unwanted, keyless] = person.companies as [Company, Company, Company];
  await sandbox.fault({ withholdNextKey: [keyless.id] });
  await submitAll(page, integration, { person });
  await rejectOne(await openPartnerPage(page), unwanted, REASON);

  await expect(page.getByRole("heading", { name: "Active in 1 of 3 companies" })).toBeVisible();
  await expectStatus(page, good, "Active");
  await expectStatus(page, unwanted, "Rejected");
  await expect(statusRow(page, unwanted).getByRole("blockquote")).toHaveText(REASON);
  await expectStatus(page, keyless, "Failed");
  await expect(statusRow(page, keyless)).toContainText("Procountor did not issue a key for this company");
  const mail = await waitForMail({ to: person.email, subject: /Esimerkki Reports/ });
  expect(mail.text).toContain(REASON);

  await page.getByRole("button", { name: "Try again for 1 company" }).click();
  await page.waitForURL(/\/environments$/);
  await giveConsent(page, integration, { person, companies: [unwanted, keyless] });
  await expect(companyBox(page, keyless), "what is tried again is ticked").toBeChecked();
  await expect(companyBox(page, unwanted)).not.toBeChecked();
  await continueWithTicked(page);
  await submit(page);
  await approveAll(await openPartnerPage(page));
  await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();
  await expectStatus(page, keyless, "Active");
});
