import { findPortalLinks, waitForMail } from "./support/mail";
import { makeIntegration, publishChange } from "./support/own-integration";
import { makePerson } from "./support/person";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

test("a version with more rights waits for one acceptance for many companies", async ({ page }) => {
  const integration = await makeIntegration("automatic");
  const person = await makePerson("update", 3);
  const [first, second, third] = person.companies.map(({ name }) => name) as [string, string, string];
  await submitAll(page, integration, { person });
  await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();

  await publishChange(integration, (content) => ({
    ...content,
    technicalUser: {
      ...content.technicalUser,
      rights: content.technicalUser.rights.map((right, index) =>
        index === 1 ? { ...right, level: "ALL_RIGHTS" } : right,
      ),
    },
    terms: { ...content.terms, version: "2027-01" },
  }));
  const mail = await waitForMail({ to: person.email, subject: /an update waits for you/ });
  const address = findPortalLinks(mail).find(({ pathname }) => pathname.startsWith("/updates/"));
  await page.goto("/home");
  const waiting = page.getByRole("region", { name: "An update waits for you" });
  await expect(waiting).toContainText("3 companies go on as before until you accept.");
  await waiting.getByRole("link").click();
  await page.waitForURL(address?.href ?? "");

  const changes = page.getByRole("region", { name: "What changes" });
  await expect(changes.getByRole("note")).toContainText("Terms of service: another text");
  await expect(changes.getByRole("note")).toContainText("more rights");
  const companies = page.getByRole("region", { name: "For these companies" });
  for (const name of [first, second, third])
    await expect(companies.getByRole("checkbox", { name })).toBeChecked();
  await companies.getByRole("checkbox", { name: third }).uncheck();
  await page.getByRole("button", { name: "Accept the update" }).click();
  await expect(page.getByRole("checkbox", { name: /version 2027-01/ })).toHaveAccessibleDescription(
    /Tick this to continue/,
  );
  await expect(
    companies.getByRole("checkbox", { name: third }),
    "what was left out stays out",
  ).not.toBeChecked();
  await page.getByRole("checkbox", { name: /version 2027-01/ }).check();
  await page.getByRole("button", { name: "Accept the update" }).click();
  await expect(page.getByText(`${person.email} accepted for 2 companies`)).toBeVisible();
  await expect(companies.getByRole("checkbox", { name: third }), "is offered again").toBeVisible();
  await expect(companies.getByRole("checkbox", { name: first })).toBeHidden();

  await page.getByRole("checkbox", { name: /version 2027-01/ }).check();
  await page.getByRole("button", { name: "Accept the update" }).click();
  await expect(page.getByText("Accepted. Every company is on version 2.")).toBeVisible();
  await page.getByRole("link", { name: "To the companies" }).click();
  await expect(page.getByRole("region", { name: "Companies", exact: true })).toBeVisible();
  await expect(waiting).toBeHidden();
});
