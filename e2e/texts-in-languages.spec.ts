import { demo } from "./support/demo";
import { companyBox, continueWithTicked, giveConsent, start, submit } from "./support/flow";
import { makeIntegration, publishChange } from "./support/own-integration";
import { makePerson } from "./support/person";
import type { Company } from "./support/sandbox";
import { expect, test } from "./support/test";

const cookieOf = (value: string) => ({ name: "kytkin_locale", value, url: demo().portalUrl });

test("a Finnish reader gets the partner's Finnish words, and is told that the terms are in English", async ({
  page,
  context,
}) => {
  const integration = await makeIntegration("automatic", (content) => ({
    ...content,
    terms: { ...content.terms, body: { en: "These terms are in English alone." } },
  }));
  await context.addCookies([cookieOf("fi")]);
  await page.goto(integration.link);
  await expect(page.getByText("Tekee verkkokaupan tilauksista myyntilaskuja Procountoriin.")).toHaveAttribute(
    "lang",
    "fi",
  );
  await expect(page.getByText("15 minuutin välein")).toBeVisible();
  const terms = page.getByRole("region", { name: "Käyttöehdot", exact: true });
  await expect(terms.getByText("Englanniksi")).toBeVisible();
  await terms.getByText(/^Lue kumppanin/).click();
  await expect(terms.locator('[lang="en"]')).toContainText("These terms are in English alone.");
  await expect(page.getByRole("checkbox", { name: /Ehdot ovat englanniksi\./ })).toBeVisible();
  await page.getByText("Näytä kaikki ehdot ja asetukset").click();
  await expect(page.getByText("Enintään 20 yritystä kerrallaan")).toBeVisible();
});

test("another language is published under a draft: nothing is asked again, and the record keeps what was accepted", async ({
  page,
}) => {
  const integration = await makeIntegration("automatic", (content) => ({
    ...content,
    terms: { ...content.terms, body: { en: "Terms in English." } },
  }));
  const person = await makePerson("languages", 1);
  const [company] = person.companies as [Company];
  await start(page, integration, person.email);
  await giveConsent(page, integration, { person });
  await expect(companyBox(page, company)).toBeChecked();
  await continueWithTicked(page);
  await publishChange(integration, (content) => ({
    ...content,
    terms: { ...content.terms, body: { en: "Terms in English.", fi: "Ehdot suomeksi." } },
  }));
  await page.reload();
  await submit(page);
  await page.getByRole("link", { name: /What was accepted/ }).click();
  await page.waitForURL(/\/acceptance$/);
  const record = page.getByRole("region", { name: "Record" });
  await expect(record.getByText("English", { exact: true })).toBeVisible();
  await expect(record.getByText("The text below still has this hash.")).toBeVisible();
  await expect(page.getByText("Terms in English.")).toBeVisible();
});
