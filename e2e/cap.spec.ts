import { companyBox, continueWithTicked, giveConsent, start } from "./support/flow";
import { seeded } from "./support/integration";
import { makePerson } from "./support/person";
import type { Persona } from "./support/sandbox";
import { expect, type Page, test } from "./support/test";

const integration = seeded("automatic");
const CAP = 20;

/** On the list with one company more than can be activated at a time. */
async function listTooMany(page: Page): Promise<Persona> {
  const accountant = await makePerson("accountant", CAP + 1);
  await start(page, integration, accountant.email);
  await giveConsent(page, integration, { person: accountant });
  await expect(page.getByText(`You picked more in Procountor than the limit of ${CAP}`)).toBeVisible();
  return accountant;
}

const continueButton = (page: Page) => page.getByRole("button", { name: "Continue", exact: true });

test("going over the cap is an error at once", async ({ page }) => {
  const { companies } = await listTooMany(page);
  await expect(page.getByText(`0 of ${CAP} ticked`)).toBeVisible();
  await expect(continueButton(page)).toBeDisabled();

  await page.getByRole("button", { name: `Tick all, up to ${CAP}` }).click();
  await expect(page.getByText(`${CAP} of ${CAP} ticked`)).toBeVisible();
  await expect(page.getByText("€258.00")).toBeVisible();
  await page.reload();
  await expect(page.getByText(`${CAP} of ${CAP} ticked`), "ticks outlive a reload").toBeVisible();
  await page.getByRole("checkbox", { checked: false, name: / \d{5} / }).check();
  const alert = page.getByRole("alert").filter({ hasText: "You can activate 20 companies at a time" });
  await expect(alert).toContainText("Untick 1 company to continue.");
  await expect(continueButton(page)).toBeDisabled();

  for (const company of companies.slice(0, 1)) await companyBox(page, company).uncheck();
  await expect(alert).toBeHidden();
  await continueWithTicked(page);
  await expect(page.getByText("20 companies", { exact: true })).toBeVisible();
});

test("a form that is forged to go over the cap is refused by the server", async ({ page }) => {
  const { companies } = await listTooMany(page);
  for (const company of companies) await companyBox(page, company).check();
  const pickedIds = page.locator('input[name="candidateIds"]');
  const all = await pickedIds.evaluateAll((inputs) => inputs.map((input) => input.getAttribute("value")));
  expect(all).toHaveLength(CAP + 1);
  for (const company of companies.slice(0, 1)) await companyBox(page, company).uncheck();
  await expect(pickedIds).toHaveCount(CAP);

  await continueButton(page).evaluate((button, ids) => {
    const form = button.closest("form");
    const kept = new FormData(form ?? undefined).getAll("candidateIds");
    for (const id of ids.filter((one) => one !== null && !kept.includes(one))) {
      const input = Object.assign(document.createElement("input"), { type: "hidden", name: "candidateIds" });
      input.value = id ?? "";
      form?.append(input);
    }
  }, all);
  await expect(pickedIds).toHaveCount(CAP + 1);
  await continueButton(page).click();

  await expect(page.getByRole("alert").filter({ hasText: "Too many companies at a time" })).toBeVisible();
  await expect(page).toHaveURL(/\/environments$/);
  await page.goto(page.url().replace("/environments", "/technical-user"));
  await expect(page, "nothing was kept of it").toHaveURL(/\/environments$/);
});
