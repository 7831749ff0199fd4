import { acceptTerms, startSignedOut } from "./support/flow";
import { seeded } from "./support/integration";
import { makeAddress } from "./support/person";
import { completeSignInByCode, getSignInLink, requestSignInMail, signInByLink } from "./support/sign-in";
import { expect, test } from "./support/test";

const integration = seeded("automatic");
const accept = { name: /I have read and accept/ };

test("what was accepted before sign-in is the one's whose sign-in it led to, by link and by code", async ({
  page,
  openDevice,
}) => {
  const byLink = makeAddress("link");
  await startSignedOut(page, integration, byLink);
  await page.goto(integration.link);
  await expect(page.getByRole("main")).toContainText(byLink);

  const device = await openDevice();
  const byCode = makeAddress("code");
  await acceptTerms(device, integration);
  await device.waitForURL(/\/sign-in\?/);
  await completeSignInByCode(device, byCode);
  await expect(device).toHaveURL(/\/environments$/);
});

test("who signs in on their own wish in the same browser is shown the review", async ({ page }) => {
  await acceptTerms(page, integration);
  await page.waitForURL(/\/sign-in\?/);
  await signInByLink(page, makeAddress("second"));
  await page.goto(`${integration.link}/environments`);
  await expect(page).toHaveURL(integration.link);
  await expect(page.getByRole("checkbox", accept)).not.toBeChecked();
});

test("nor does who comes to the step itself take it over", async ({ page }) => {
  await acceptTerms(page, integration);
  await page.waitForURL(/\/sign-in\?/);
  await signInByLink(page, makeAddress("third"), `${new URL(integration.link).pathname}/environments`);
  await expect(page).toHaveURL(integration.link);
  await expect(page.getByRole("checkbox", accept)).toBeVisible();
});

test("a browser without cookies is told before a mail is sent, and before a link is used up", async ({
  page,
}) => {
  const email = makeAddress("cookieless");
  await page.goto("/sign-in");
  await page.context().clearCookies();
  await page.getByLabel(/E-mail/).fill(email);
  await page.locator('main form button[type="submit"]').click();
  await expect(page.getByText("Your browser keeps no cookies")).toBeVisible();

  await page.goto("/sign-in");
  const message = await requestSignInMail(page, email);
  await page.goto(getSignInLink(message).href);
  await page.context().clearCookies();
  const confirm = page.locator('main form button[type="submit"]');
  await confirm.click();
  await expect(page.getByText("Your browser keeps no cookies")).toBeVisible();
  await confirm.click();
  await page.waitForURL(/\/home$/);
});
