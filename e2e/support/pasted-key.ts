import { expect, type Page } from "@playwright/test";

/** From the step of the environments, or from a refusal: pastes a key, and waits until it is being looked at. */
export async function pasteKey(page: Page, key: string): Promise<void> {
  await page
    .getByRole("link", { name: /I already have a key|Try another key|Connect again with a key/ })
    .click();
  await fillKey(page, key);
}

/** On the page with the field. */
export async function fillKey(page: Page, key: string): Promise<void> {
  await page.getByLabel(/^Key from /).fill(key);
  await page.getByRole("button", { name: "Check the key" }).click();
  await page.waitForURL(/\/key\/[0-9a-f-]+$|\/environments$|\/requests\//);
}

/** "Is this the right company?" Yes, and on to the settings, where there are some, or to the access. */
export async function confirmCompany(page: Page, company: { name: string }): Promise<void> {
  await page.waitForURL(/\/environments$/, { timeout: 30_000 });
  await expect(page.getByRole("heading", { name: "Is this the right company?" })).toBeVisible();
  await expect(page.getByText(company.name)).toBeVisible();
  await page.getByRole("button", { name: "Yes, continue" }).click();
  await page.waitForURL(/\/(settings|technical-user)$/);
}
