import { seeded } from "./support/integration";
import { makePerson } from "./support/person";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const integration = seeded("form");

test("the partner's form keeps what was typed when it is not right, then activates", async ({ page }) => {
  const person = await makePerson("form", 2);
  await submitAll(page, integration, { person });
  await expect(page).toHaveURL(/\/partner-steps$/);
  const account = page.getByLabel("Your account number at Esimerkki Receipts");
  const contact = page.getByLabel("E-mail address for receipts that cannot be read");
  const send = page.getByRole("button", { name: "Send to the partner" });

  await account.fill("12345");
  await send.click();
  await expect(page.getByRole("alert").filter({ hasText: "Something is missing" })).toBeVisible();
  await expect(contact).toHaveAccessibleDescription(/Fill this in/);
  await expect(account).toHaveValue("12345");

  await contact.fill("not an address");
  await send.click();
  await expect(contact).toHaveAccessibleDescription(/The @ is missing/);
  await expect(contact).toHaveValue("not an address");
  await expect(account).toHaveValue("12345");

  await contact.fill("receipts@example.com");
  await send.click();
  await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();
});
