import { expect, type Page } from "@playwright/test";
import type { Company, Persona } from "./sandbox";

/** Walks through the vendor's own dialog as a person would, and ends where the vendor sends the browser. */
export async function walkVendorDialog(
  page: Page,
  person: Persona,
  companies: readonly Company[],
): Promise<void> {
  await page.getByRole("radio", { name: new RegExp(person.email) }).check();
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("checkbox", { name: /I accept the terms/ }).check();
  await page.getByRole("button", { name: "Next" }).click();
  for (const company of companies) await page.getByRole("checkbox", { name: company.name }).check();
  await expect(page.getByRole("status")).toHaveText(
    `${companies.length} of ${person.companies.length} picked`,
  );
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("link", { name: "Next" }).click();
  await page.getByRole("button", { name: "Continue at the integrator" }).click();
}
