import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import type { Company } from "./sandbox";

/** From the list of companies to the connection of its one integration. */
export async function openConnection(page: Page, { name }: Pick<Company, "name">): Promise<void> {
  await page.goto("/home");
  const companies = page.getByRole("region", { name: "Companies", exact: true });
  await companies.getByRole("link", { name }).first().click();
  await page.waitForURL(/\/companies\/[0-9a-f-]+$/);
  await page.getByRole("region", { name: "Integrations" }).getByRole("link").first().click();
  await page.waitForURL(/\/connections\/[0-9a-f-]+$/);
}

/** The text of the signed file that the page offers. */
export async function downloadFile(page: Page): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download signed file" }).click();
  return readFile(await (await download).path(), "utf8");
}

/** As dropped: the bytes of a file. */
export async function verify(page: Page, text: string): Promise<void> {
  await page.goto("/verify");
  await page
    .getByLabel("File", { exact: true })
    .setInputFiles({ name: "document.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Verify" }).click();
}

/** The document with one other character in what was signed. */
export const changeOneByte = (text: string): string => {
  const at = text.indexOf('"payload": "') + 40;
  return `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
};
