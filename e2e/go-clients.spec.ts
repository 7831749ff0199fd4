import { continueWithTicked, start, submit } from "./support/flow";
import { logInToGo, walkGoDialog } from "./support/go-dialog";
import { goSandbox } from "./support/go-sandbox";
import { seeded } from "./support/integration";
import { waitForMail } from "./support/mail";
import { makeAddress } from "./support/person";
import { expect, test } from "./support/test";

const integration = seeded("go");
test("an accountant activates 20 of 25 clients of PowerOffice Go; 5 are given back there", async ({
  page,
}) => {
  test.slow();
  const accountant = await goSandbox.addUser(makeAddress("go"), 25);
  const [picked, left] = [accountant.clients.slice(0, 20), accountant.clients.slice(20)];
  await start(page, integration, accountant.email);
  await page.getByRole("button", { name: "Continue in PowerOffice Go" }).click();
  await walkGoDialog(page, accountant, accountant.clients);

  await page.waitForURL(/\/environments$/, { timeout: 30_000 });
  expect(page.url()).not.toContain("token=");
  await expect(page.getByText("0 of 20 ticked")).toBeVisible();
  for (const client of picked) await page.getByRole("checkbox", { name: client.organizationNumber }).check();
  await expect(page.getByText("20 of 20 ticked")).toBeVisible();
  expect(await goSandbox.listActive(accountant.clients)).toHaveLength(25);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Choose the settings" })).toBeVisible();
  await continueWithTicked(page);

  await expect(page.getByRole("heading", { name: "Check the access and submit" })).toBeVisible();
  await expect(page.getByText("Sales orders and invoice drafts")).toBeVisible();
  await expect(page.getByText("Everything that the integration needs is in place.")).toBeVisible({
    timeout: 60_000,
  });
  await submit(page);
  const title = page.getByRole("heading", { name: `${integration.name} is active` });
  await expect(title).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Active: 20", { exact: true })).toBeVisible();
  await expect
    .poll(() => goSandbox.listActive(accountant.clients), { message: "given back", timeout: 30_000 })
    .toEqual(picked);
  expect(await goSandbox.listActive(left)).toEqual([]);
  const mail = await waitForMail({ to: accountant.email, subject: /Esimerkki Go Invoices/ });
  for (const client of picked) expect(mail.text).toContain(client.organizationNumber);
});

test("a cancelled consent says so and leads back to where it can begin again", async ({ page }) => {
  const owner = await goSandbox.addUser(makeAddress("go-cancel"), 1);
  await start(page, integration, owner.email);
  await page.getByRole("button", { name: "Continue in PowerOffice Go" }).click();
  await logInToGo(page, owner.email);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { name: "You cancelled in PowerOffice Go" })).toBeVisible();
  await page.getByRole("link", { name: "Start again" }).click();
  await expect(page.getByRole("button", { name: "Continue in PowerOffice Go" })).toBeVisible();
});

test("somebody without the role in Go is told which one it takes", async ({ page }) => {
  const viewer = await goSandbox.addUser(makeAddress("go-viewer"), 0);
  await start(page, integration, viewer.email);
  await page.getByRole("button", { name: "Continue in PowerOffice Go" }).click();
  await logInToGo(page, viewer.email);
  await expect(
    page.getByRole("heading", { name: "Your user in PowerOffice Go may not do this" }),
  ).toBeVisible();
  await expect(page.getByText(/administrator role or access to the organization settings/)).toBeVisible();
});
