import { start, submit } from "./support/flow";
import { walkGoDialog } from "./support/go-dialog";
import { goSandbox } from "./support/go-sandbox";
import { seeded } from "./support/integration";
import { makeAddress } from "./support/person";
import { expect, test } from "./support/test";

const integration = seeded("go");

test("settings are chosen and checked in Go; what is missing is put right before anything is submitted", async ({
  page,
}) => {
  const owner = await goSandbox.addUser(makeAddress("go-settings"), 1);
  await start(page, integration, owner.email);
  await page.getByRole("button", { name: "Continue in PowerOffice Go" }).click();
  await walkGoDialog(page, owner, owner.clients);
  await page.waitForURL(/\/environments$/, { timeout: 30_000 });
  await page.getByRole("button", { name: "Continue", exact: true }).click();

  await expect(page.getByRole("heading", { name: "Choose the settings" })).toBeVisible();
  const continueOn = page.getByRole("button", { name: "Continue", exact: true });
  await page.getByLabel("From", { exact: true }).fill("50000");
  await continueOn.click();
  await expect(page.getByText("Write two whole numbers, the smaller one first.")).toBeVisible();
  await page.getByLabel("To", { exact: true }).fill("50999");
  await continueOn.click();

  await page.waitForURL(/\/technical-user$/);
  await expect(page.getByText("No number series covers 50000–50999")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("There is: 10000–19999")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Submit for/ })).toBeDisabled();
  const help = page.getByRole("link", { name: "More about this in the guide for PowerOffice Go" });
  await expect(help).toHaveAttribute("href", "/guides/poweroffice-go#numbers_outside_series");
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByText("No number series covers 50000–50999")).toBeVisible({ timeout: 30_000 });

  await page.getByRole("link", { name: "Change the settings" }).click();
  await expect(page.getByLabel("From", { exact: true })).toHaveValue("50000");
  await page.getByLabel("From", { exact: true }).fill("10000");
  await page.getByLabel("To", { exact: true }).fill("10999");
  await continueOn.click();
  await expect(page.getByText("Everything that the integration needs is in place.")).toBeVisible({
    timeout: 30_000,
  });
  await submit(page);
  await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText("10000–10999")).toBeVisible();
  await page.getByRole("link", { name: "What was accepted" }).click();
  await expect(page.getByRole("region", { name: "Settings that were chosen" })).toContainText("10000–10999");
});

test("the guide is a page of its own, in the reader's language, with contents and our own pages in pictures", async ({
  page,
}) => {
  await page.goto("/guides/poweroffice-go#integration_blocked");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Set up an integration for PowerOffice Go",
  );
  await expect(page.getByRole("heading", { name: "The integration is blocked" })).toBeInViewport();
  const contents = page.getByRole("navigation", { name: "On this page" });
  await contents.getByRole("link", { name: "With a client key" }).click();
  await expect(page).toHaveURL(/#with-a-client-key$/);
  for (const name of ["Picking the companies", "The status page of a request", "Pasting a client key"]) {
    const picture = page.getByRole("img", { name });
    await picture.scrollIntoViewIfNeeded();
    await expect
      .poll(() => picture.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)))
      .toBeGreaterThan(0);
  }
});
