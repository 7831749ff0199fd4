import { seeded } from "./support/integration";
import { approveAll, openPartnerPage } from "./support/partner-page";
import { makePerson } from "./support/person";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const integration = seeded("page");

test("the partner's page can be closed and opened again, and our tab follows by itself", async ({
  page,
  context,
  complaints,
}) => {
  const openings: string[] = [];
  context.on("request", (request) => {
    if (new URL(request.url()).pathname === "/partner/start") openings.push(request.url());
  });
  const person = await makePerson("partner-page", 1);
  await submitAll(page, integration, { person });
  await expect(page).toHaveURL(/\/partner-steps$/);

  const first = await openPartnerPage(page);
  expect(await first.evaluate(() => window.opener)).toBeNull();
  await expect(page.getByText("Waiting for Esimerkki Software Oy…")).toBeVisible();
  await first.close();

  const second = await openPartnerPage(page);
  expect(openings).toHaveLength(2);
  expect(new Set(openings).size, "each opening has a code of its own").toBe(2);

  complaints.expect(/status of 410/);
  const third = await context.newPage();
  await third.goto(openings[0] ?? "");
  await expect(third.getByRole("heading", { name: "has to be opened from the portal" })).toBeVisible();

  await approveAll(second);
  await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();
  await expect(page).toHaveURL(/\/requests\/[0-9a-f-]+$/);
});
