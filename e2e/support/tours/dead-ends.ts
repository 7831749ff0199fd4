import { eq } from "drizzle-orm";
import { grants } from "@/db/schema";
import { withDatabase } from "../database";
import { continueWithTicked, giveConsent, start } from "../flow";
import { makeIntegration, makeLink, publishChange } from "../own-integration";
import { makeAddress, makePerson } from "../person";
import { submitAll } from "../submit-all";
import type { Tour } from "./tour";

/** Links and addresses that lead nowhere. */
export const deadLinks: Tour = async ({ page, look, complaints }) => {
  complaints.expect(/status of 404/);
  const integration = await makeIntegration("automatic");
  await page.goto("/a/this-link-was-never-made");
  await look("unknown link");
  await page.goto(await makeLink(integration, { withdrawnAt: new Date() }));
  await look("withdrawn link");
  await page.goto(await makeLink(integration, { expiresAt: new Date() }));
  await look("expired link");
  await page.goto("/there-is-no-such-page");
  await look("unknown page");
};

/** What may come between the consent and the submission. */
export const setbacks: Tour = async ({ page, look }) => {
  const integration = await makeIntegration("automatic");
  const person = await makePerson("tour", 2);
  await start(page, integration, person.email);
  const requestId = await giveConsent(page, integration, { person });
  await continueWithTicked(page);
  await publishChange(integration, (content) => ({
    ...content,
    cap: 5,
    terms: { ...content.terms, version: "2027-01" },
  }));
  await page.reload();
  await page.waitForURL(/\/changed$/);
  await page.getByText("Show both versions").click();
  await look("changed since you started");
  await page.getByRole("checkbox", { name: /version 2027-01/ }).check();
  await page.getByRole("button", { name: "Accept and continue" }).click();
  await page.waitForURL(/\/environments$/);

  await withDatabase(({ orm }) =>
    orm
      .update(grants)
      .set({ expiresAt: new Date() })
      .where(eq(grants.vendorRequest, String(requestId))),
  );
  await page.reload();
  await page.getByText("Your consent in Procountor has expired").waitFor();
  await look("consent that has expired");
};

/** All that the vendor lists is in use by somebody else. */
export const noCompany: Tour = async ({ page, look, openDevice }) => {
  const integration = await makeIntegration("automatic");
  const owner = await makePerson("owner", 2);
  await submitAll(await openDevice(), integration, { person: owner });
  const colleague = makeAddress("colleague");
  await start(page, integration, colleague);
  await giveConsent(page, integration, { person: owner, initiatorEmail: colleague });
  await page.getByRole("heading", { name: "There is no company here that you can activate" }).waitFor();
  await look("no company that can be picked");
};
