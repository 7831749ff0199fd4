import { expectStatus } from "./support/flow";
import { seeded } from "./support/integration";
import { findPortalLinks, waitForMail } from "./support/mail";
import { makePerson } from "./support/person";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const integration = seeded("automatic");

test("what was accepted can be read and printed, from the status, the e-mail and the home page", async ({
  page,
  openDevice,
}) => {
  const person = await makePerson("evidence", 2);
  const { requestId } = await submitAll(page, integration, { person });
  for (const company of person.companies) await expectStatus(page, company, "Active");
  const path = `/requests/${requestId}/acceptance`;

  await page.getByRole("link", { name: "What was accepted" }).click();
  await expect(page.getByRole("heading", { name: "What was accepted" })).toBeVisible();
  const record = page.getByRole("region", { name: "Record" });
  await expect(record).toContainText(person.email);
  await expect(record, "a time says of which zone it is").toContainText(/EET|EEST|GMT\+[23]/);
  await expect(record).toContainText("The text below still has this hash.");
  await expect(page.getByRole("region", { name: "Terms of service" })).toBeVisible();
  for (const { name } of person.companies)
    await expect(page.getByRole("region", { name: "2 companies in Procountor" })).toContainText(name);

  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "Print or save" })).toBeHidden();
  await expect(page.getByRole("banner")).toBeHidden();
  await page.emulateMedia({ media: "screen" });

  const mail = await waitForMail({ to: person.email, subject: /is active in/ });
  expect(findPortalLinks(mail).map(({ pathname }) => pathname)).toContain(path);
  await page.goto("/home");
  await page.getByRole("region", { name: "Latest requests" }).getByRole("link").first().click();
  await page.getByRole("link", { name: "What was accepted" }).click();
  await expect(page).toHaveURL(new RegExp(`${path}$`));

  const visitor = await openDevice();
  await visitor.goto(path);
  await expect(visitor, "nobody reads it without signing in").toHaveURL(/\/sign-in\?/);
});
