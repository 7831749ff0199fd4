import type { Page } from "@playwright/test";
import { demo } from "./support/demo";
import { continueWithTicked, expectStatus, start, startSignedOut, statusRow, submit } from "./support/flow";
import { seeded } from "./support/integration";
import { waitForMail } from "./support/mail";
import { inviteColleague, join } from "./support/membership";
import { makeAddress } from "./support/person";
import { approve, signInToSuperOffice, superofficeSandbox, type Tenant } from "./support/superoffice";
import { expect, test } from "./support/test";

const integration = seeded("superoffice");

/** A company of the request, consented to on its own. */
const consentedTo = (page: Page, { name }: Tenant) =>
  page
    .getByRole("list", { name: "SuperOffice companies in this request" })
    .getByRole("listitem")
    .filter({ hasText: name });

/** From the approval to the company that is active. */
async function activate(page: Page, tenant: Tenant): Promise<void> {
  await expect(consentedTo(page, tenant)).toBeVisible();
  await continueWithTicked(page);
  await submit(page);
  await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible({
    timeout: 30_000,
  });
}

test("an administrator approves and activates a company; the review says that the access is full", async ({
  page,
}) => {
  test.slow();
  const { email, tenant } = await superofficeSandbox.addAdministrator(makeAddress("so-admin"));
  await page.goto(integration.link);
  await expect(page.getByText(/full access to your CRM.*lets through only/)).toBeVisible();
  await startSignedOut(page, integration, email);
  await signInToSuperOffice(page, email, tenant);
  await approve(page);
  expect(page.url()).not.toContain("code=");
  await expect(consentedTo(page, tenant)).toBeVisible();
  await continueWithTicked(page);
  const ahead = page.getByRole("region", { name: "Is everything in place in SuperOffice?" });
  await expect(ahead.getByText("In place", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(ahead.getByText("Siteshop:CompUserKey01")).toBeVisible();
  await expect(ahead.getByText("Will be made")).toBeVisible();
  await submit(page);
  await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible({
    timeout: 30_000,
  });
  const mail = await waitForMail({ to: email, subject: /Esimerkki CRM Sync/ });
  expect(mail.text).toContain(tenant.name);

  await page.goto("/home");
  await page.getByRole("link", { name: tenant.name }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: tenant.name })).toBeVisible();
  await expect(page.getByText(tenant.id)).toBeVisible();
  await page.getByRole("link", { name: integration.name }).first().click();
  const prepared = page.getByRole("region", { name: "SuperOffice made ready" });
  await expect(prepared.getByText("Siteshop:CompUserKey01")).toBeVisible();

  const connection = page.url();
  await page.goto(`${connection}/deliveries`);
  await page.getByRole("link", { name: "All fields and their rules" }).click();
  const companies = page.getByRole("region", { name: "Companies", exact: true });
  await expect(companies.getByText("CompUserText01 to CompUserText20", { exact: true })).toBeVisible();
  const csv = await page.request.get(`${connection}/fields/csv?entity=companies`);
  expect(await csv.text()).toMatch(/CompUserKey01,Your key of the company,text,39,,,yes,/);
});

test("somebody who is no administrator is refused and hands over to one", async ({ page, openDevice }) => {
  test.slow();
  const { email, tenant } = await superofficeSandbox.addAdministrator(makeAddress("so-boss"));
  const user = await superofficeSandbox.addUser(makeAddress("so-user"), tenant);

  await start(page, integration, user);
  await signInToSuperOffice(page, user, tenant);
  // The vendor itself turns a user away where nobody has approved yet.
  await expect(page.getByRole("heading", { name: "Account does not have access" })).toBeVisible();
  await page.getByRole("button", { name: "Back to the application" }).click();
  await expect(page.getByRole("heading", { name: "You cancelled in SuperOffice" })).toBeVisible();

  await superofficeSandbox.approve(email, tenant);
  await page.getByRole("link", { name: "Start again" }).click();
  await signInToSuperOffice(page, user, tenant);
  await expect(
    page.getByRole("heading", { name: "Your user in SuperOffice is not an administrator" }),
  ).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("link", { name: /^More about this in the guide/ })).toHaveAttribute(
    "href",
    "/guides/superoffice#not_administrator",
  );
  await page.getByRole("link", { name: "Hand over to a colleague" }).click();
  const mail = await inviteColleague(page, email, "Hand over");

  const device = await openDevice();
  await join(device, mail, email);
  await expect(device).toHaveURL(/\/environments$/);
  await signInToSuperOffice(device, email, tenant);
  await device.waitForURL(/\/environments$/, { timeout: 30_000 });
  await activate(device, tenant);
});

test("a company that is suspended is told, and can be tried again", async ({ page }) => {
  const { email, tenant } = await superofficeSandbox.addAdministrator(makeAddress("so-suspended"));
  await superofficeSandbox.fault({ states: { [tenant.id]: "Suspended" } });
  await start(page, integration, email);
  await signInToSuperOffice(page, email, tenant);
  await page.getByRole("button", { name: "I approve" }).click();
  await expect(
    page.getByRole("heading", { name: "Your company in SuperOffice is not running at the moment" }),
  ).toBeVisible({ timeout: 30_000 });
  await superofficeSandbox.fault({ states: { [tenant.id]: "Running" } });
  await page.getByRole("link", { name: "Start again" }).click();
  await signInToSuperOffice(page, email, tenant);
  await page.waitForURL(/\/environments$/, { timeout: 30_000 });
  await expect(consentedTo(page, tenant)).toBeVisible();
});

test("two companies are consented to one by one and activated by one request", async ({ page }) => {
  test.slow();
  const { email, tenants } = await superofficeSandbox.addAdministratorOf(makeAddress("so-two"), 3);
  const [one, two, three] = tenants;
  if (!one || !two || !three) throw new Error("no tenants");
  await start(page, integration, email);
  await signInToSuperOffice(page, email, one);
  await approve(page);
  await expect(page.getByRole("heading", { name: "Companies in this request" })).toBeVisible();
  for (const tenant of [two, three]) {
    await signInToSuperOffice(page, email, tenant, "Add another company");
    await approve(page);
    await expect(consentedTo(page, tenant)).toBeVisible();
  }
  await consentedTo(page, three).getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(consentedTo(page, three)).toBeHidden();
  await expect(page.getByText("2 companies of at most")).toBeVisible();

  await continueWithTicked(page);
  // The look ahead has found both as they should be.
  await expect(page.getByRole("button", { name: /^Submit for/ })).toBeEnabled({ timeout: 30_000 });
  await superofficeSandbox.fault({ revoke: two.id });
  await submit(page);
  await expectStatus(page, one, "Active");
  await expectStatus(page, two, "Failed");
  await expect(statusRow(page, two).getByText("The consent in SuperOffice had expired")).toBeVisible();
});

test("uninstalling at SuperOffice leads to the connection, and ends nothing by itself", async ({ page }) => {
  test.slow();
  const { email, tenant } = await superofficeSandbox.addAdministrator(makeAddress("so-ends"));
  await startSignedOut(page, integration, email);
  await signInToSuperOffice(page, email, tenant);
  await approve(page);
  await activate(page, tenant);

  await page.goto(`${demo().superofficeUrl}/sandbox`);
  const installed = page.getByRole("row").filter({ hasText: tenant.id });
  await installed.getByRole("button", { name: "Uninstall" }).click();
  await expect(
    page.getByRole("heading", { name: "You are removing Esimerkki CRM Sync from SuperOffice" }),
  ).toBeVisible();
  const connections = page.getByRole("region", { name: "Connections of Esimerkki CRM Sync" });
  await expect(connections.getByText("Active", { exact: true })).toBeVisible();
  await connections.getByRole("link", { name: tenant.name }).click();

  await page.getByRole("button", { name: "Deactivate…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("App Store → Installed apps").first()).toBeVisible();
  await superofficeSandbox.fault({ revoke: tenant.id });
  await page.getByRole("button", { name: "I have done it, check now" }).click();
  await expect(page.getByRole("heading", { name: "Ended, and the key is dead" })).toBeVisible({
    timeout: 30_000,
  });
  await page.goto(`/connect/${integration.slug}/uninstall`);
  await expect(page.getByText("This account has none that is active.")).toBeVisible();
});

test("signed out, the uninstall page tells what happens and leads to the sign-in", async ({ page }) => {
  await page.goto(`/connect/${integration.slug}/uninstall`);
  await expect(page.getByText("Opening this page changed nothing.")).toBeVisible();
  await page.getByRole("link", { name: "Sign in to end the connection" }).click();
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fconnect%2Fesimerkki-crm-sync%2Funinstall/);
  expect((await page.request.get("/connect/no-such-integration/uninstall")).status()).toBe(404);
});
