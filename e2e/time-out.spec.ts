import { expectStatus, submitAll } from "./support/flow";
import { seeded } from "./support/integration";
import { waitForMail } from "./support/mail";
import { makePerson } from "./support/person";
import { sandbox } from "./support/sandbox";
import { expect, test } from "./support/test";

const integration = seeded("page");
/** The decision is due ten minutes before the vendor's own expiry. */
const DUE_BEFORE_EXPIRY_SECONDS = 600;

test("a request that the partner does not decide in time ends as a whole, and the vendor is told", async ({
  page,
}) => {
  const person = await makePerson("timed-out", 2);
  const lifetimeSeconds = DUE_BEFORE_EXPIRY_SECONDS + 20;
  const { vendorRequestId } = await submitAll(page, integration, { person, lifetimeSeconds });

  const headline = page.getByRole("heading", { name: "Esimerkki Software Oy did not decide in time" });
  await expect(headline).toBeVisible({ timeout: 40_000 });
  for (const company of person.companies) await expectStatus(page, company, "Timed out");
  await expect(page.getByRole("button", { name: "Try again for 2 companies" })).toBeVisible();
  await expect
    .poll(() => sandbox.readOutcome(vendorRequestId))
    .toContain("Rejected: The integration partner did not decide in time. Please try again.");
  await waitForMail({ to: person.email, subject: /Esimerkki Reports/ });
});
