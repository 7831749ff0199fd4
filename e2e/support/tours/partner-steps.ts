import { acceptTerms, continueWithTicked, giveConsent, submit } from "../flow";
import { seeded } from "../integration";
import { openPartnerPage, rejectOne } from "../partner-page";
import { makePerson } from "../person";
import { type Company, sandbox } from "../sandbox";
import { submitAll } from "../submit-all";
import type { Tour } from "./tour";

/** A request that waits for the partner's own page, and ends in three different ways. */
export const partnerPage: Tour = async ({ page, look }) => {
  const person = await makePerson("tour", 3);
  const [, unwanted, keyless] = person.companies as [Company, Company, Company];
  await sandbox.fault({ withholdNextKey: [keyless.id] });
  const { requestId } = await submitAll(page, seeded("page"), { person });
  await look("partner's page, not opened");
  const tab = await openPartnerPage(page);
  await page.getByText("Waiting for Esimerkki Software Oy…").waitFor();
  await look("partner's page, opened");
  await page.goto(`/requests/${requestId}`);
  await page.getByRole("heading", { name: "Waiting for Esimerkki Software Oy" }).waitFor();
  await look("status, waiting for the partner");
  await rejectOne(tab, unwanted, "There is no contract for this company.");
  await page.getByText(/^We have e-mailed/).waitFor();
  await look("status, with three outcomes");
  await page.getByRole("button", { name: "Try again for 1 company" }).click();
  await page.waitForURL(/\/environments$/);
  await page.goto("/home");
  await page.getByRole("region", { name: "Not submitted yet" }).waitFor();
  await look("home, with a draft");
};

/** A request that waits for the answers to the partner's form, and is cancelled. */
export const partnerForm: Tour = async ({ page, look }) => {
  const person = await makePerson("tour", 2);
  const { requestId } = await submitAll(page, seeded("form"), { person });
  await page.getByRole("button", { name: "Send to the partner" }).click();
  await page.getByText("Fill this in.").first().waitFor();
  await look("partner's form, with errors");
  await page.goto(`/requests/${requestId}`);
  await page.getByRole("heading", { name: "One thing left for you to do" }).waitFor();
  await look("status, waiting for the customer");
  await page.getByRole("button", { name: "Cancel the request" }).click();
  await page.getByRole("alertdialog").waitFor();
  await look("question before cancelling");
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel the request" }).click();
  await page.getByRole("heading", { name: "The request was cancelled" }).waitFor();
  await look("status, cancelled");
};

/** Two rejections in a row, after which the partner's support is pointed to. */
export const repeatedRejection: Tour = async ({ page, look }) => {
  const integration = seeded("page");
  const person = await makePerson("tour", 1);
  const [company] = person.companies as [Company];
  await submitAll(page, integration, { person });
  await rejectOne(await openPartnerPage(page), company, "No contract.");
  await page.getByRole("heading", { name: "Esimerkki Software Oy rejected the request" }).waitFor();
  await look("status, rejected");
  await acceptTerms(page, integration);
  await page.waitForURL(/\/environments$/);
  await giveConsent(page, integration, { person });
  await continueWithTicked(page);
  await submit(page);
  await rejectOne(await openPartnerPage(page), company, "Still no contract.");
  await page.getByText("Talk to Esimerkki Software Oy before you try again").waitFor();
  await page.getByText(/^We have e-mailed/).waitFor();
  await look("status, rejected again");
};
