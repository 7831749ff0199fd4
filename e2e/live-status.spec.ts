import { seeded } from "./support/integration";
import { makePerson } from "./support/person";
import { submitAll } from "./support/submit-all";
import { expect, type Page, test } from "./support/test";

const live = (page: Page) => page.getByText("Live", { exact: true });

test("one tab of a browser streams, the others ask, and the next takes over", async ({ page, context }) => {
  const person = await makePerson("tabs", 1);
  const { requestId } = await submitAll(page, seeded("form"), { person });
  // The step before followed the request too, in the same tab.
  await page.getByRole("link", { name: "See the status, or cancel the request" }).click();
  await expect(live(page)).toBeVisible();

  const second = await context.newPage();
  await second.goto(`/requests/${requestId}`);
  await expect(second.getByText("Updates every 5 seconds")).toBeVisible();
  await page.close();
  await expect(live(second)).toBeVisible();

  await second.getByRole("button", { name: "Cancel the request" }).click();
  await second.getByRole("alertdialog").getByRole("button", { name: "Cancel the request" }).click();
  await expect(second.getByText("Up to date", { exact: true })).toBeVisible();
});
