import type { Browser, Page } from "@playwright/test";
import { acceptTerms, continueWithTicked, giveConsent, startSignedOut, submit } from "../../support/flow";
import { type Integration, seeded } from "../../support/integration";
import { makePerson } from "../../support/person";
import type { Company, Persona } from "../../support/sandbox";
import { openBrowser } from "./attacker";
import { getAccountId, type Sql } from "./database";

/** Somebody who has something to lose: signed in, with two requests that wait for the partner. */
export type Victim = {
  page: Page;
  person: Persona;
  accountId: string;
  /** Waits for the partner's page. */
  pageRequestId: string;
  /** Waits for the answers to the partner's form. */
  formRequestId: string;
  /** The vendor's id of the first one. */
  vendorRequestId: number;
  /** What nobody else may ever read. */
  secrets: string[];
};

async function submitOneMore(page: Page, integration: Integration, person: Persona, companies: Company[]) {
  await acceptTerms(page, integration);
  await page.waitForURL(/\/environments$/);
  await giveConsent(page, integration, { person, companies });
  await continueWithTicked(page);
  return submit(page);
}

export async function createVictim(browser: Browser, sql: Sql): Promise<Victim> {
  const page = await openBrowser(browser);
  const person = await makePerson("victim", 2);
  // By the mail: what was sent and said on the way is looked for afterwards.
  await startSignedOut(page, seeded("page"), person.email);
  const vendorRequestId = await giveConsent(page, seeded("page"), { person });
  await continueWithTicked(page);
  const requestId = await submit(page);
  return {
    page,
    person,
    accountId: await getAccountId(sql, person.email),
    pageRequestId: requestId,
    formRequestId: await submitOneMore(page, seeded("form"), person, person.companies),
    vendorRequestId,
    secrets: [person.email, ...person.companies.flatMap(({ name, businessId }) => [name, businessId])],
  };
}
