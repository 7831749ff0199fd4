import { companyBox, makeConsent } from "./support/flow";
import { seeded } from "./support/integration";
import { press, tabTo } from "./support/keyboard";
import { getSignInCode, waitForMail } from "./support/mail";
import { makePerson } from "./support/person";
import type { Company } from "./support/sandbox";
import { expect, test } from "./support/test";

const integration = seeded("automatic");

test("the whole activation is done with the keyboard alone", async ({ page }) => {
  const person = await makePerson("keyboard", 3);
  const [, left] = person.companies as [Company, Company, Company];
  const button = (name: string | RegExp) => page.getByRole("main").getByRole("button", { name });

  await page.goto(integration.link);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await press(page, page.getByRole("checkbox", { name: /I have read and accept/ }), "Space");
  await press(page, button("Accept and sign in"), "Enter");
  await tabTo(page, page.getByLabel("E-mail address at work"));
  await page.keyboard.type(person.email);
  await page.keyboard.press("Enter");
  const code = getSignInCode(await waitForMail({ to: person.email }));
  await tabTo(page, page.getByLabel("6-digit code"));
  await page.keyboard.type(code);
  await page.keyboard.press("Enter");

  await press(page, button("Continue in Procountor"), "Enter");
  await page.waitForURL(/\/ui\/activate\//);
  await page.goto((await makeConsent(integration, { person })).callbackUrl);
  await press(page, companyBox(page, left), "Space");
  await expect(page.getByText("2 of 20 ticked")).toBeVisible();
  await press(page, page.getByLabel("Search by name or business ID"), "Enter");
  await expect(page, "Enter in the search submits nothing").toHaveURL(/\/environments$/);
  await press(page, button("Continue"), "Enter");
  await press(page, button("Submit for 2 companies"), "Enter");
  await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();
  await press(page, page.getByRole("link", { name: "To your integrations" }), "Enter");
  await expect(page.getByRole("heading", { name: "Your integrations" })).toBeVisible();
});
