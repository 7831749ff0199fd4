import { giveConsent, start } from "./support/flow";
import { seeded } from "./support/integration";
import { makePerson } from "./support/person";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const integration = seeded("automatic");

test("who has rights in no company is told what is needed, here and at the vendor", async ({ page }) => {
  const viewer = await makePerson("viewer", 0);
  await start(page, integration, viewer.email);
  const rule = "You need full rights to user management in each.";
  await expect(page.getByText(rule)).toBeVisible();

  await page.getByRole("button", { name: "Continue in Procountor" }).click();
  await page.getByRole("radio", { name: new RegExp(viewer.email) }).check();
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("checkbox", { name: /I accept the terms/ }).check();
  await page.getByRole("button", { name: "Next" }).click();
  await expect(page.getByText("There are no environments to pick")).toBeVisible();

  await page.goto(integration.link);
  await page.getByRole("link", { name: "Continue", exact: true }).click();
  await expect(page.getByText(rule), "nothing is lost").toBeVisible();
});

test("when no company can be picked, each says why and the link can be handed on", async ({
  page,
  openDevice,
  context,
}) => {
  const owner = await makePerson("owner", 1);
  await submitAll(await openDevice(), integration, { person: owner });

  const colleague = await makePerson("colleague", 0);
  await start(page, integration, colleague.email);
  // The vendor may list a company that somebody else activates here.
  const consent = { person: owner, initiatorEmail: colleague.email };
  await giveConsent(page, integration, consent);
  await expect(
    page.getByRole("heading", { name: "There is no company here that you can activate" }),
  ).toBeVisible();
  await expect(page.getByRole("list", { name: "Companies that Procountor listed" })).toContainText(
    "Cannot be picked: it is in use through another account here.",
  );
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy the link for a colleague" }).click();
  await expect(page.getByText("Copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(integration.link);
});
