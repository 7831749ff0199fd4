import { companyBox, continueWithTicked, giveConsent, start, submit } from "./support/flow";
import { makeIntegration, publishChange } from "./support/own-integration";
import { makePerson } from "./support/person";
import type { Company } from "./support/sandbox";
import { expect, test } from "./support/test";

test("a new version under a draft is shown with its differences and accepted anew; the pick is kept", async ({
  page,
}) => {
  const integration = await makeIntegration("automatic");
  const person = await makePerson("changed", 2);
  const [kept, left] = person.companies as [Company, Company];
  await start(page, integration, person.email);
  await giveConsent(page, integration, { person });
  await companyBox(page, left).uncheck();
  await continueWithTicked(page);

  await publishChange(integration, (content) => ({
    ...content,
    cap: 5,
    terms: { ...content.terms, version: "2027-01" },
  }));
  await page.getByRole("button", { name: /^Submit for/ }).click();
  const refusal = page.getByRole("alert").filter({ hasText: "The integration changed while you were here" });
  await expect(refusal, "what was not shown is not submitted").toBeVisible();

  await page.reload();
  await page.waitForURL(/\/changed$/);
  const changes = page.getByRole("list", { name: "Changes" });
  await expect(changes.getByRole("listitem")).toHaveCount(2);
  await expect(changes.getByRole("listitem").filter({ hasText: "Companies at a time" })).toContainText(
    /Before\s*At most 20 companies at a time\s*Now\s*At most 5 companies at a time/,
  );
  await expect(changes.getByRole("heading", { name: "Terms of service" })).toBeVisible();

  await page.getByRole("button", { name: "Accept and continue" }).click();
  await expect(page.getByRole("checkbox", { name: /version 2027-01/ })).toHaveAccessibleDescription(
    /Tick this to continue/,
  );
  await page.getByRole("checkbox", { name: /version 2027-01/ }).check();
  await page.getByRole("button", { name: "Accept and continue" }).click();

  await page.waitForURL(/\/environments$/);
  await expect(page.getByText("1 of 5 ticked")).toBeVisible();
  await expect(companyBox(page, kept)).toBeChecked();
  await expect(companyBox(page, left)).not.toBeChecked();
  await continueWithTicked(page);
  await submit(page);
  await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();
});
