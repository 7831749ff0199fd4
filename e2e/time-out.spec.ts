import { expectStatus } from "./support/flow";
import { waitForMail } from "./support/mail";
import { makeIntegration } from "./support/own-integration";
import { makePerson } from "./support/person";
import { sandbox } from "./support/sandbox";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

test("a request that the partner does not decide in time ends as a whole, and the vendor is told", async ({
  page,
}) => {
  const integration = await makeIntegration("page", (content) => ({ ...content, decisionTimeoutSeconds: 5 }));
  const person = await makePerson("timed-out", 2);
  const { vendorRequestId } = await submitAll(page, integration, { person });

  const headline = page.getByRole("heading", { name: "Esimerkki Software Oy did not decide in time" });
  await expect(headline).toBeVisible();
  for (const company of person.companies) await expectStatus(page, company, "Timed out");
  await expect(page.getByRole("button", { name: "Try again for 2 companies" })).toBeVisible();
  await expect
    .poll(() => sandbox.readOutcome(vendorRequestId))
    .toContain("Rejected: The integration partner did not decide in time. Please try again.");
  await waitForMail({ to: person.email, subject: /Esimerkki Reports/ });
});
