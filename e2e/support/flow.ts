import { expect, type Page } from "@playwright/test";
import type { Integration } from "./integration";
import { type Company, type ConsentWish, type Persona, sandbox } from "./sandbox";
import { completeSignInByLink, giveSession } from "./sign-in";

/** Opens the link and accepts what it shows; signed out, this ends on the sign-in page. */
export async function acceptTerms(page: Page, integration: Integration): Promise<void> {
  await page.goto(integration.link);
  await page.getByRole("checkbox", { name: /I have read and accept/ }).check();
  await page.getByRole("button", { name: /^Accept and/ }).click();
}

/** From the link to the step of the environments. */
export async function start(page: Page, integration: Integration, email: string): Promise<void> {
  await giveSession(page, email);
  await acceptTerms(page, integration);
  await page.waitForURL(/\/environments$/);
}

/** From the link to the step of the environments, as somebody who is not signed in: by the link in the mail. */
export async function startSignedOut(page: Page, integration: Integration, email: string): Promise<void> {
  await acceptTerms(page, integration);
  await page.waitForURL(/\/sign-in\?/);
  await completeSignInByLink(page, email);
  await page.waitForURL(/\/environments$/);
}

export type Consent = { person: Persona; companies?: readonly Company[] } & Pick<
  ConsentWish,
  "initiatorEmail" | "lifetimeSeconds"
>;

/** A consent at the vendor without the walk through its dialog: the address that it would send the browser to. */
export async function makeConsent(integration: Integration, { person, companies, ...rest }: Consent) {
  const { requestId, callbackUrl } = await sandbox.consent({
    vendorIntegrationId: integration.vendorIntegrationId,
    personaEmail: person.email,
    companyIds: (companies ?? person.companies).map(({ id }) => id),
    ...rest,
  });
  const url = new URL(callbackUrl);
  // An integration of a test's own shares the vendor's with a seeded one.
  url.pathname = `/connect/${integration.slug}/return`;
  return { requestId, callbackUrl: url.href };
}

/** On the step of the environments: goes to the vendor and comes back with a consent. Returns the vendor's request id. */
export async function giveConsent(page: Page, integration: Integration, consent: Consent): Promise<number> {
  await page.getByRole("button", { name: "Continue in Procountor" }).first().click();
  await page.waitForURL(/\/ui\/activate\//);
  const { requestId, callbackUrl } = await makeConsent(integration, consent);
  await page.goto(callbackUrl);
  await page.waitForURL(/\/environments$/);
  return requestId;
}

/** Back from the vendor without having been sent there from here: the page asks before it looks anything up. */
export async function lookUp(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Look my request up" }).click();
}

/** The checkbox of a company in our list. */
export function companyBox(page: Page, company: Company) {
  return page.getByRole("checkbox", { name: company.name });
}

/** From the list to the technical user, with what is ticked. */
export async function continueWithTicked(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.waitForURL(/\/technical-user$/);
}

/** Submits on the step of the technical user; returns the id of the request. */
export async function submit(page: Page): Promise<string> {
  await page.getByRole("button", { name: /^Submit for/ }).click();
  await page.waitForURL(/\/requests\/[0-9a-f-]+/);
  return /requests\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? Promise.reject(new Error("no request id"));
}

/** The row of a company on the status page. */
export function statusRow(page: Page, company: Pick<Company, "name">) {
  return page.getByRole("listitem").filter({ hasText: company.name });
}

export async function expectStatus(page: Page, company: Pick<Company, "name">, state: string): Promise<void> {
  await expect(statusRow(page, company).getByText(state, { exact: true })).toBeVisible();
}
