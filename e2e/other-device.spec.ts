import { continueWithTicked, expectStatus, giveConsent, startSignedOut, submit } from "./support/flow";
import { seeded } from "./support/integration";
import { makePerson } from "./support/person";
import { signIn } from "./support/sign-in";
import { expect, type Page, test } from "./support/test";

const integration = seeded("form");

/** From the list of what is not submitted yet to where it was left. */
async function resume(page: Page, step: string): Promise<void> {
  await page.goto("/home");
  await expect(page.getByRole("region", { name: "Not submitted yet" })).toContainText(step);
  await page.getByRole("link", { name: "Continue" }).click();
}

test("every step survives a reload and goes on on another device", async ({ page: desk, openDevice }) => {
  const person = await makePerson("devices", 2);
  await startSignedOut(desk, integration, person.email);
  const consentNeeded = { name: "First, give your consent in Procountor" };
  await desk.reload();
  await expect(desk.getByRole("heading", consentNeeded)).toBeVisible();

  const phone = await openDevice();
  await signIn(phone, person.email);
  await resume(phone, "Picking companies");
  await expect(phone.getByRole("heading", consentNeeded)).toBeVisible();
  await giveConsent(phone, integration, { person });

  await desk.reload();
  await expect(desk.getByText("2 of 20 ticked")).toBeVisible();
  await continueWithTicked(desk);
  await desk.reload();
  await expect(desk.getByRole("button", { name: "Submit for 2 companies" })).toBeVisible();

  await resume(phone, "Ready to submit");
  await phone.waitForURL(/\/technical-user$/);
  const requestId = await submit(phone);
  await phone.reload();
  await expect(phone.getByRole("heading", { name: "Where do your receipts come from?" })).toBeVisible();

  await desk.goto("/home");
  await desk.getByRole("region", { name: "Latest requests" }).getByRole("link").first().click();
  await expect(desk).toHaveURL(new RegExp(`/requests/${requestId}$`));
  await desk.getByRole("link", { name: "Go on" }).click();
  await desk.getByLabel("Your account number").fill("12345");
  await desk.getByLabel("E-mail address for receipts").fill("receipts@example.com");
  await desk.getByRole("button", { name: "Send to the partner" }).click();

  for (const device of [desk, phone]) {
    await expect(device).toHaveURL(new RegExp(`/requests/${requestId}$`));
    await expect(device.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();
    await device.reload();
    for (const company of person.companies) await expectStatus(device, company, "Active");
  }
});
