import type { Page } from "@playwright/test";
import { giveConsent, start, submit } from "../support/flow";
import { walkGoDialog } from "../support/go-dialog";
import { goSandbox } from "../support/go-sandbox";
import { seeded } from "../support/integration";
import { makeAddress, makePerson } from "../support/person";
import { expect, test } from "../support/test";
import { takePictures } from "./take-picture";

const main = (page: Page) => page.locator("main > div");
const section = (id: string) => (page: Page) => page.locator(`section[aria-labelledby="${id}"]`);
/** The form with the list, in any language. */
const picker = (page: Page) => page.locator("form", { has: page.getByRole("checkbox") });
const tick =
  (count: number) =>
  async (page: Page): Promise<void> => {
    const boxes = picker(page).getByRole("listitem").getByRole("checkbox");
    for (let index = 0; index < count; index++) await boxes.nth(index).check();
  };
const continueOn = (page: Page) => page.getByRole("button", { name: "Continue", exact: true }).click();

test("PowerOffice Go", async ({ page, browser }) => {
  const take = (picture: Omit<Parameters<typeof takePictures>[2], "connector">) =>
    takePictures(browser, page, { connector: "poweroffice-go", ...picture });
  const accountant = await goSandbox.addUser(makeAddress("pictures"), 4);
  await start(page, seeded("go"), accountant.email);
  await page.getByRole("link", { name: "I already have a key" }).click();
  await page.waitForURL(/\/key$/);
  await take({ name: "key", of: main, maxHeight: 760 });
  await page.goBack();

  await page.getByRole("button", { name: "Continue in PowerOffice Go" }).click();
  await walkGoDialog(page, accountant, accountant.clients);
  await page.waitForURL(/\/environments$/);
  await take({ name: "pick", of: picker, prepare: tick(3) });
  await tick(3)(page);
  await continueOn(page);
  await page.waitForURL(/\/settings$/);
  await take({ name: "settings", of: (at) => at.locator("main form"), maxHeight: 560 });
  await page.getByLabel("From", { exact: true }).fill("50000");
  await page.getByLabel("To", { exact: true }).fill("50999");
  await continueOn(page);
  await page.waitForURL(/\/technical-user$/);
  await expect(page.getByText("No number series covers 50000–50999").first()).toBeVisible();
  await take({ name: "checks", of: section("preflight"), maxHeight: 420 });

  await page.getByRole("link", { name: "Change the settings" }).click();
  await page.getByLabel("From", { exact: true }).fill("");
  await page.getByLabel("To", { exact: true }).fill("");
  await continueOn(page);
  await expect(page.getByText("Everything that the integration needs is in place.")).toBeVisible();
  await submit(page);
  await expect(page.getByRole("heading", { name: /is active$/ })).toBeVisible();
  await take({ name: "status", of: main, maxHeight: 470 });
});

test("Procountor", async ({ page, browser }) => {
  const take = (picture: Omit<Parameters<typeof takePictures>[2], "connector">) =>
    takePictures(browser, page, { connector: "procountor", ...picture });
  const accountant = await makePerson("pictures", 4);
  const integration = seeded("automatic");
  await start(page, integration, accountant.email);
  await giveConsent(page, integration, { person: accountant });
  await take({ name: "pick", of: picker });
  await continueOn(page);
  await page.waitForURL(/\/technical-user$/);
  await submit(page);
  await expect(page.getByRole("heading", { name: /is active$/ })).toBeVisible();
  await take({ name: "status", of: main, maxHeight: 470 });
});
