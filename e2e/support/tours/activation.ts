import { continueWithTicked, giveConsent, start, submit } from "../flow";
import { seeded } from "../integration";
import { makePerson } from "../person";
import { sandbox } from "../sandbox";
import type { Tour } from "./tour";

/** The steps of an activation that is decided at once, with more companies than fit. */
export const activation: Tour = async ({ page, look }) => {
  const integration = seeded("automatic");
  const person = await makePerson("tour", 21);
  await start(page, integration, person.email);
  await look("consent needed");
  const vendorRequestId = await giveConsent(page, integration, { person });
  await look("companies, none ticked");
  await page.getByRole("button", { name: "Tick all, up to 20" }).click();
  await page.getByRole("checkbox", { checked: false, name: / \d{5} / }).check();
  await page.getByText("Untick 1 company to continue.").waitFor();
  await look("companies, over the cap");
  await page.getByRole("button", { name: "Untick all" }).click();
  await page.getByRole("button", { name: "Paste business IDs" }).click();
  const numbers = person.companies.slice(0, 7).map(({ businessId }) => businessId);
  await page.getByLabel("Business IDs").fill(["1234567-8", ...numbers].join("\n"));
  await page.getByText("1 not found in your list:").waitFor();
  await look("pasted business IDs");
  await page.getByRole("button", { name: "Tick 7 companies" }).click();
  await continueWithTicked(page);
  await page.getByText("Show 2 more").click();
  await look("technical user");

  const decision = { method: "PUT", path: `/integrations/${vendorRequestId}` };
  await sandbox.fault({ hold: decision });
  await submit(page);
  await page.getByRole("heading", { name: "Activating in Procountor" }).waitFor();
  await look("status, activating");
  await sandbox.fault({ release: decision });
  await page.getByText(/^We have e-mailed/).waitFor();
  await look("status, active");
  await page.getByRole("link", { name: "What was accepted" }).click();
  await page.getByRole("heading", { name: "What was accepted" }).waitFor();
  await look("what was accepted");
  await page.goto("/account/profile");
  await page.getByText("Something has to end first").waitFor();
  await look("profile, with a live connection");
  await page.goto("/home");
  await look("home, with connections");
};
