import { acceptTerms, companyBox, continueWithTicked, lookUp, makeConsent, submit } from "./support/flow";
import { seeded } from "./support/integration";
import { findPortalLinks, waitForMail } from "./support/mail";
import { makeAddress, makePerson } from "./support/person";
import { completeSignInByLink, signIn } from "./support/sign-in";
import { expect, type Page, test } from "./support/test";

const integration = seeded("automatic");

/** With a consent claimed, but nothing accepted yet: the review comes first, and then the companies are there. */
async function reviewAndPick(page: Page, companyCount: number): Promise<void> {
  await page.waitForURL(/\/a\/[\w-]+$/);
  await acceptTerms(page, integration);
  await page.waitForURL(/\/environments$/);
  await expect(page.getByText(`${companyCount} of 20 ticked`)).toBeVisible();
}

test("a customer who started in Procountor signs in, confirms, reviews and activates", async ({ page }) => {
  const person = await makePerson("vendor-first", 2);
  const { callbackUrl } = await makeConsent(integration, { person });
  await page.goto(callbackUrl);
  await page.waitForURL(/\/sign-in\?/);
  expect(page.url()).not.toContain("requestId");
  await completeSignInByLink(page, person.email);
  await lookUp(page);

  await expect(page.getByRole("heading", { name: "Is this your request?" })).toBeVisible();
  await expect(page.getByText("asked in Procountor to activate Esimerkki Orders")).toBeVisible();
  for (const company of person.companies) await expect(page.getByText(company.name)).toBeVisible();
  await page.getByRole("button", { name: `Continue as ${person.email}` }).click();

  await reviewAndPick(page, 2);
  await continueWithTicked(page);
  await submit(page);
  await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();
});

test("a consent that somebody else gave waits until that person confirms it", async ({
  page,
  openDevice,
}) => {
  const boss = await makePerson("boss", 1);
  const assistant = makeAddress("assistant");
  const { callbackUrl } = await makeConsent(integration, { person: boss });
  await signIn(page, assistant);
  await page.goto(callbackUrl);
  await lookUp(page);

  await expect(page.getByRole("heading", { name: /^Waiting for a confirmation by b\S+@/ })).toBeVisible();
  await expect(page.getByText(boss.email)).toBeHidden();
  for (const company of boss.companies) await expect(page.getByText(company.name)).toBeHidden();

  const mail = await waitForMail({ to: boss.email });
  const [link] = findPortalLinks(mail);
  const phone = await openDevice();
  await phone.goto(link?.href ?? "");
  await expect(phone.getByRole("heading", { name: "Is this person going on for you?" })).toBeVisible();
  await phone.getByRole("button", { name: "Yes, let them continue" }).click();
  await expect(phone.getByRole("heading", { name: "Confirmed" })).toBeVisible();

  await reviewAndPick(page, 1);
  for (const company of boss.companies) await expect(companyBox(page, company)).toBeChecked();
});
