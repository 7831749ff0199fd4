import { AxeBuilder } from "@axe-core/playwright";
import { continueWithTicked, giveConsent, submit } from "./support/flow";
import { seeded } from "./support/integration";
import { makeIntegration } from "./support/own-integration";
import { makePerson } from "./support/person";
import { submitAll } from "./support/submit-all";
import { expect, type Page, test } from "./support/test";

const orders = seeded("automatic");

const list = (page: Page) => page.getByRole("region", { name: "Companies", exact: true });

async function filter(page: Page, values: Record<string, string>): Promise<void> {
  await page.goto("/home");
  for (const [label, value] of Object.entries(values))
    await list(page).getByLabel(label, { exact: true }).selectOption(value);
  await list(page).getByRole("button", { name: "Find" }).click();
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
}

test("an accountant activates an integration where it lacks, batch after batch, and ends several at once", async ({
  page,
}) => {
  test.slow();
  const batches = await makeIntegration("automatic", (content) => ({
    ...content,
    name: { en: "Batches" },
    cap: 2,
  }));
  const accountant = await makePerson("batches", 6);
  const [first, second] = accountant.companies;
  if (!first || !second) throw new Error("too few companies");
  // Known by a request that waits for answers; its vendor's integration is another one, so that no key is shared.
  await submitAll(page, seeded("form"), { person: accountant });
  await submitAll(page, batches, { person: accountant, companies: [first] });
  await expect(page.getByRole("heading", { name: "Batches is active" })).toBeVisible({ timeout: 60_000 });

  await filter(page, { Show: "Not connected", Integration: "Batches" });
  await expect(list(page).getByText("5 companies lack Batches")).toBeVisible();
  await expect(list(page).getByRole("rowheader")).toHaveCount(5);
  await expect(list(page).getByRole("rowheader", { name: first.name })).toHaveCount(0);
  await expectAccessible(page);
  await list(page).getByRole("button", { name: "Activate in these 5 companies" }).click();
  await page.getByRole("checkbox", { name: /I have read and accept/ }).check();
  await page.getByRole("button", { name: /^Accept and/ }).click();

  await expect(page.getByText("Give your consent for these 2 companies in Procountor")).toBeVisible();
  await expect(page.getByText("5 of 5 companies are left to activate.")).toBeVisible();
  await giveConsent(page, batches, { person: accountant });
  await expect(page.getByText("2 of 2 ticked")).toBeVisible();
  await continueWithTicked(page);
  await submit(page);
  await expect(page.getByRole("heading", { name: "Batches is active" })).toBeVisible({ timeout: 60_000 });

  await page.getByRole("button", { name: "Next 2 of 5" }).click();
  await expect(page.getByText("3 of 5 companies are left to activate.")).toBeVisible();
  await giveConsent(page, batches, { person: accountant });
  await expect(page.getByText("2 of 2 ticked")).toBeVisible();
  await continueWithTicked(page);
  await submit(page);
  await expect(page.getByRole("heading", { name: "Batches is active" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("button", { name: "Next 1 of 5" })).toBeVisible();

  await page.goto("/home");
  const plans = page.getByRole("region", { name: "To be activated" });
  await expect(plans.getByText("1 of 5 companies are left.")).toBeVisible();
  await plans.getByRole("button", { name: "Stop here" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Stop here" }).click();
  await expect(plans).toBeHidden();

  await filter(page, { Integration: "Batches" });
  await expect(list(page).getByRole("rowheader")).toHaveCount(5);
  await expect(list(page).getByRole("button", { name: /^Deactivate/ })).toBeDisabled();
  await list(page).getByRole("checkbox", { name: "Tick all on this page" }).check();
  await list(page).getByRole("checkbox", { name: first.name }).uncheck();
  await list(page).getByRole("button", { name: "Deactivate 4 connections…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText(/: Batches$/)).toHaveCount(4);
  await expect(dialog.getByText(`${first.name}: Batches`)).toHaveCount(0);
  await dialog.getByRole("button", { name: "Deactivate 4 connections" }).click();
  await expect(page.getByText("4 connections have ended.")).toBeVisible();
  // The page follows what is under way.
  await expect(list(page).getByText("Your turn: 2 steps")).toHaveCount(4, { timeout: 60_000 });

  await filter(page, { Show: "Needs me", Integration: "Batches" });
  await expect(list(page).getByRole("rowheader")).toHaveCount(4);
  await list(page).getByRole("rowheader").getByRole("link").first().click();
  await expect(page.getByRole("region", { name: "History" }).getByRole("listitem")).toHaveCount(2);
  await expectAccessible(page);

  const file = await page.request.get("/home/companies.csv");
  expect(file.headers()["content-disposition"]).toContain("attachment");
  const lines = (await file.text()).trim().split("\r\n");
  expect(lines).toHaveLength(1 + 6 * 2);
  expect(lines.filter((line) => line.includes("Your turn: 2 steps"))).toHaveLength(4);
});

test("with the keyboard alone one finds a company and opens it", async ({ page }) => {
  const person = await makePerson("keys", 3);
  const [wanted] = person.companies;
  if (!wanted) throw new Error("no company");
  await submitAll(page, orders, { person });
  await expect(page.getByText("Active: 3", { exact: true })).toBeVisible({ timeout: 60_000 });
  await page.goto("/home");
  await list(page).getByLabel("Name or business ID").focus();
  await page.keyboard.type(wanted.businessId);
  await page.keyboard.press("Enter");
  await expect(list(page).getByRole("rowheader")).toHaveCount(1);
  await list(page).getByRole("link", { name: wanted.name }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: wanted.name })).toBeVisible();
});
