import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { demo } from "../support/demo";
import { seeded } from "../support/integration";
import { makePerson } from "../support/person";
import { submitAll } from "../support/submit-all";
import { expect, test } from "../support/test";
import { toWebp } from "./take-picture";

const FILE = join(import.meta.dirname, "..", "..", "docs", "images", "order.webp");
/** Of each panel, in CSS pixels. */
const PANEL = { width: 480, height: 560 };
const SCALE = 1.5;

type Panel = { title: string; png: Buffer };

/** README's first picture: one order in the shop, in Kytkin and at the vendor, as the running product shows it. */
test("README", async ({ page, browser }) => {
  const { sandboxUrl } = demo();
  const owner = await makePerson("picture", 1);
  const [company] = owner.companies;
  if (!company) throw new Error("no company");
  await submitAll(page, seeded("automatic"), { person: owner });
  await expect(page.getByRole("heading", { name: /is active$/ })).toBeVisible();
  await page.goto(`${sandboxUrl}/shop`);
  await page.getByLabel("For the company").selectOption({ label: company.name });
  await page.getByLabel("Quantity").fill("2");
  await page.getByRole("button", { name: "New paid order" }).click();
  const order = page
    .getByRole("listitem", { name: /^Order/ })
    .filter({ hasText: company.name })
    .first();
  await expect(order.getByRole("heading", { name: /^Invoice \d+$/ })).toBeVisible();
  const hrefOf = async (name: string | RegExp) =>
    (await order.getByRole("link", { name }).getAttribute("href")) ?? Promise.reject(new Error("no address"));
  const delivery = await hrefOf(/^Delivery/);
  const invoice = await hrefOf("Open in Procountor");

  const panels: Panel[] = [
    { title: "The shop sells", png: await shoot(browser, page, `${sandboxUrl}/shop#orders-title`) },
    { title: "Kytkin delivers", png: await shoot(browser, page, delivery) },
    { title: "The vendor has it", png: await shoot(browser, page, invoice) },
  ];
  await writeFile(FILE, await toWebp(page.context().newPage(), await putTogether(browser, panels)));
});

/** The page at an address as the same person sees it on a narrow window. */
async function shoot(browser: Browser, page: Page, address: string): Promise<Buffer> {
  const storageState = await page.context().storageState();
  const context = await browser.newContext({
    storageState,
    viewport: PANEL,
    deviceScaleFactor: SCALE,
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  const reader = await context.newPage();
  await reader.goto(address);
  await reader.getByRole("heading").first().waitFor();
  const png = await reader.screenshot({ animations: "disabled" });
  await context.close();
  return png;
}

async function putTogether(browser: Browser, panels: readonly Panel[]): Promise<Buffer> {
  const context = await browser.newContext({
    viewport: { width: 3 * PANEL.width + 128, height: 100 },
    deviceScaleFactor: SCALE,
  });
  const page = await context.newPage();
  const figures = panels.map(
    ({ title, png }) =>
      `<figure><figcaption>${title}</figcaption><img src="data:image/png;base64,${png.toString("base64")}"></figure>`,
  );
  await page.setContent(`<style>body { margin: 0; padding: 28px 32px 32px; display: flex; gap: 32px; background: #eef1fd; font: 600 20px system-ui; color: #14171c; }
figure { margin: 0; } figcaption { margin: 0 0 12px; } img { display: block; width: ${PANEL.width}px; border-radius: 14px; border: 1px solid #c7d1f8; }</style>${figures.join("")}`);
  const png = await page.screenshot({ fullPage: true });
  await context.close();
  return png;
}
