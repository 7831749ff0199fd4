import { waitForMail } from "../mail";
import { makeIntegration, publishChange } from "../own-integration";
import { makePerson } from "../person";
import { submitAll } from "../submit-all";
import type { Tour } from "./tour";

/** A newer version that waits for the customer of several companies, and one that does not. */
export const update: Tour = async ({ page, look }) => {
  const integration = await makeIntegration("automatic");
  const person = await makePerson("tour-update", 2);
  await submitAll(page, integration, { person });
  await page.getByText(/^We have e-mailed/).waitFor();
  await publishChange(integration, (content) => ({
    ...content,
    price: { kind: "known", amountMinor: 9900, currency: "EUR", billedTo: "environment", priceListUrl: null },
  }));
  await waitForMail({ to: person.email, subject: /an update waits for you/ });
  await page.goto("/home");
  await look("home, with an update that waits");
  await page.getByRole("region", { name: "An update waits for you" }).getByRole("link").click();
  await page.getByRole("region", { name: "What changes" }).waitFor();
  await look("update that waits");
  await page.getByRole("button", { name: "Accept the update" }).click();
  await page.getByText("Tick this to continue.").waitFor();
  await look("update, not ticked");
  await page.getByRole("checkbox", { name: /^I have read the changes/ }).check();
  await page.getByRole("button", { name: "Accept the update" }).click();
  await page.getByText("Accepted. Every company is on version 2.").waitFor();
  await look("update that was accepted");
};
