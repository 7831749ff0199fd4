import { acceptTerms, expectStatus, giveConsent } from "./support/flow";
import { seeded } from "./support/integration";
import { makePerson } from "./support/person";
import { sandbox } from "./support/sandbox";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const integration = seeded("form");

test("a request that waits is cancelled after a question, and the vendor is told", async ({ page }) => {
  const person = await makePerson("cancel", 2);
  const { requestId, vendorRequestId } = await submitAll(page, integration, { person });
  await page.goto(`/requests/${requestId}`);
  const open = page.getByRole("button", { name: "Cancel the request" });
  const dialog = page.getByRole("alertdialog", { name: "Cancel this request?" });

  await open.click();
  await expect(dialog).toContainText("Both companies are declined in Procountor");
  await expect(dialog.getByRole("button", { name: "Keep the request" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("heading", { name: "One thing left for you to do" })).toBeVisible();

  await open.click();
  await dialog.getByRole("button", { name: "Cancel the request" }).click();
  await expect(page.getByRole("heading", { name: "The request was cancelled" })).toBeVisible();
  for (const company of person.companies) await expectStatus(page, company, "Cancelled");
  await expect(open).toBeHidden();
  await expect
    .poll(() => sandbox.readOutcome(vendorRequestId))
    .toContain("Rejected: Cancelled by the customer in the activation portal.");
});

test("what was cancelled can be started again", async ({ page }) => {
  const person = await makePerson("cancel-again", 1);
  const { requestId } = await submitAll(page, integration, { person });
  await page.goto(`/requests/${requestId}`);
  await page.getByRole("button", { name: "Cancel the request" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel the request" }).click();
  await expect(page.getByRole("heading", { name: "The request was cancelled" })).toBeVisible();

  await page.getByRole("link", { name: "Start again from the activation link" }).click();
  await page.waitForURL(/\/a\/[\w-]+$/);
  await acceptTerms(page, integration);
  await page.waitForURL(/\/environments$/);
  await giveConsent(page, integration, { person });
  await expect(page.getByText("1 of 20 ticked")).toBeVisible();
});
