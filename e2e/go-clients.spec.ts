import { continueWithTicked, start, startSignedOut, submit } from "./support/flow";
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
  await startSignedOut(page, integration, accountant.email);
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
  await expect(page.getByRole("link", { name: /^More about this in the guide/ })).toHaveAttribute(
    "href",
    "/guides/poweroffice-go#no_client_access",
  );
  await expect(page.getByText(/administrator role or access to the organization settings/)).toBeVisible();
});

/** The other ways in which the vendor may send the browser back; the last one lacks its token. */
const RETURNS = [
  { status: "ClientNotFound", title: "PowerOffice Go did not find the company", help: "client_not_found" },
  {
    status: "IntegrationBlocked",
    title: `${integration.name} is blocked in PowerOffice Go`,
    help: "integration_blocked",
  },
  {
    status: "SomethingNew",
    title: "PowerOffice Go ended in a way that we do not know",
    help: "unknown_outcome",
  },
  {
    status: "Success",
    title: "PowerOffice Go sent you back without a confirmation",
    help: "token_missing",
  },
];

test("every other return has its words, a way on and a section of the guide; repeated, it is the same", async ({
  page,
}) => {
  const owner = await goSandbox.addUser(makeAddress("go-returns"), 2);
  await start(page, integration, owner.email);
  const comeBack = async (): Promise<URL> => {
    await page.getByRole("button", { name: "Continue in PowerOffice Go" }).click();
    await page.waitForURL(/\/ApiAuthV2\?token=/);
    return goSandbox.consent(page.url(), owner);
  };
  for (const { status, title, help } of RETURNS) {
    const returned = await comeBack();
    returned.searchParams.set("status", status);
    returned.searchParams.delete("token");
    for (const time of ["first", "repeated"]) {
      await page.goto(returned.href);
      await expect(page.getByRole("heading", { name: title }), time).toBeVisible();
    }
    await expect(page.getByRole("link", { name: /^More about this in the guide/ })).toHaveAttribute(
      "href",
      `/guides/poweroffice-go#${help}`,
    );
    await page.getByRole("link", { name: "Start again" }).click();
  }
  const given = await comeBack();
  for (const time of ["first", "repeated"]) {
    await page.goto(given.href);
    await expect(page.getByText("2 of 20 ticked"), time).toBeVisible({ timeout: 30_000 });
  }
  expect(await goSandbox.listActive(owner.clients)).toEqual(owner.clients);
});
