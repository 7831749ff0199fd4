import { demo } from "./support/demo";
import { makeIntegration, makeLink } from "./support/own-integration";
import { expect, type Page, test } from "./support/test";

const HOUR_MS = 3_600_000;

async function expectSupport(page: Page): Promise<void> {
  await expect(page.getByText("Ask the support of Esimerkki Software Oy for a new link:")).toBeVisible();
  await expect(page.getByRole("link", { name: "support@partner.example" })).toBeVisible();
  await expect(page.getByRole("button", { name: /Accept/ })).toBeHidden();
}

test("an unknown link says so, and is a 404", async ({ page, complaints }) => {
  complaints.expect(/status of 404/);
  const response = await page.goto(`${demo().portalUrl}/a/this-link-was-never-made`);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This link leads nowhere" })).toBeVisible();
  await page.getByRole("link", { name: "See the public integrations" }).click();
  await expect(page.getByRole("heading", { name: "Public integrations" })).toBeVisible();
});

test("a withdrawn link says so and names the partner's support", async ({ page }) => {
  const integration = await makeIntegration("automatic");
  await page.goto(await makeLink(integration, { withdrawnAt: new Date() }));
  await expect(page.getByRole("heading", { name: "This link was withdrawn" })).toBeVisible();
  await expectSupport(page);
});

test("an expired link says so and names the partner's support", async ({ page }) => {
  const integration = await makeIntegration("automatic");
  await page.goto(await makeLink(integration, { expiresAt: new Date(Date.now() - HOUR_MS) }));
  await expect(page.getByRole("heading", { name: "This link has expired" })).toBeVisible();
  await expectSupport(page);
});
