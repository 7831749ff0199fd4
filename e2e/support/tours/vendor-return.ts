import { lookUp, makeConsent } from "../flow";
import { seeded } from "../integration";
import { findPortalLinks, waitForMail } from "../mail";
import { makeAddress, makePerson } from "../person";
import { signIn } from "../sign-in";
import type { Tour } from "./tour";

/** What the customer may come back to from the vendor. */
export const vendorReturn: Tour = async ({ page, look }) => {
  const integration = seeded("automatic");
  const person = await makePerson("tour", 3);
  const own = await makeConsent(integration, { person });
  await signIn(page, person.email);
  await page.goto(own.callbackUrl);
  await look("question whether a consent was given");
  await lookUp(page);
  await page.getByRole("heading", { name: "Is this your request?" }).waitFor();
  await look("question whose request it is");

  const boss = makeAddress("boss");
  const foreign = await makeConsent(integration, { person, initiatorEmail: boss });
  await page.goto(foreign.callbackUrl);
  await lookUp(page);
  await page.getByRole("heading", { name: /^Waiting for a confirmation/ }).waitFor();
  await look("waiting for the initiator");
  const [link] = findPortalLinks(await waitForMail({ to: boss }));
  await page.goto(link?.href ?? "");
  await look("question to the initiator");
  await page.getByRole("button", { name: "Yes, let them continue" }).click();
  await page.getByRole("heading", { name: "Confirmed" }).waitFor();
  await look("initiator has confirmed");

  await page.goto(`/connect/${integration.slug}/return?requestId=999`);
  await lookUp(page);
  await page.getByRole("heading", { name: "Procountor does not know this request" }).waitFor();
  await look("request that the vendor does not know");
};
