import type { Page } from "@playwright/test";
import type { Company } from "./sandbox";

/** Opens the partner's own page from the step of the partner or from the status; it comes in a tab of its own. */
export async function openPartnerPage(page: Page): Promise<Page> {
  const opening = page.context().waitForEvent("page");
  await page.getByRole("button", { name: /(Continue at|Open) Esimerkki Software Oy/ }).click();
  const tab = await opening;
  await tab.waitForURL(/\/partner\/requests\//);
  return tab;
}

export async function approveAll(tab: Page): Promise<void> {
  await tab.getByRole("button", { name: "Approve all" }).click();
  await tab.getByRole("heading", { name: "Thank you" }).waitFor();
}

/** Rejects one company and approves the others. */
export async function rejectOne(tab: Page, company: Company, reason: string): Promise<void> {
  await tab.getByRole("checkbox", { name: company.name }).check();
  await tab.getByLabel("Reason, which the customer reads").fill(reason);
  await tab.getByRole("button", { name: "Send this decision" }).click();
  await tab.getByRole("heading", { name: "Thank you" }).waitFor();
}
