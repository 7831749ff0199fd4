import type { Page } from "@playwright/test";
import type { GoClient, GoUser } from "./go-sandbox";

/** Walks through PowerOffice Go's dialog as a person would, and ends where it sends the browser. */
export async function walkGoDialog(page: Page, user: GoUser, clients: readonly GoClient[]): Promise<void> {
  await logInToGo(page, user.email);
  for (const client of clients) await page.getByRole("checkbox", { name: client.organizationNumber }).check();
  await page.getByRole("button", { name: "Accept" }).click();
}

export async function logInToGo(page: Page, email: string): Promise<void> {
  await page.waitForURL(/\/ApiAuthV2\?token=/);
  await page.getByRole("radio", { name: new RegExp(email.replace(".", "\\.")) }).check();
  await page.getByRole("button", { name: "Log in" }).click();
}
