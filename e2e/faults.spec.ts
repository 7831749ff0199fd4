import { continueWithTicked, expectStatus, giveConsent, start, statusRow, submit } from "./support/flow";
import { seeded } from "./support/integration";
import { waitForMail } from "./support/mail";
import { approveAll, openPartnerPage } from "./support/partner-page";
import { makePerson } from "./support/person";
import { type Company, type Faults, sandbox } from "./support/sandbox";
import { submitAll } from "./support/submit-all";
import { expect, type Page, test } from "./support/test";

const integration = seeded("automatic");

/** The vendor's decision about one request: what is switched on for it touches no other test. */
const decisionOn = (vendorRequestId: number) => ({ method: "PUT", path: `/integrations/${vendorRequestId}` });

/** Submits for a person's companies, with the faults that its vendor request is to meet. */
async function submitInto(page: Page, companies: number, makeFaults: (requestId: number) => Faults) {
  const person = await makePerson("faults", companies);
  await start(page, integration, person.email);
  const vendorRequestId = await giveConsent(page, integration, { person });
  await sandbox.fault(makeFaults(vendorRequestId));
  await continueWithTicked(page);
  await submit(page);
  return { person, vendorRequestId, company: person.companies[0] as Company };
}

/** The row says this, and beside it what the vendor itself said. */
async function expectTrouble(page: Page, company: Company, words: (string | RegExp)[], said: string[]) {
  await expectStatus(page, company, "Failed");
  await expectReasons(page, company, words, said);
}

async function expectReasons(page: Page, company: Company, words: (string | RegExp)[], said: string[]) {
  const row = statusRow(page, company);
  for (const word of words) await expect(row).toContainText(word);
  await row.getByText("What Procountor said", { exact: true }).click();
  for (const word of said) await expect(row).toContainText(word);
}

test("Procountor is down at the decision: nothing is activated, and trying again later works", async ({
  page,
}) => {
  const { person, company } = await submitInto(page, 1, (id) => ({
    failNext: { ...decisionOn(id), status: 500 },
  }));
  const words = [
    "Procountor could not activate this right now",
    "As far as we can see, nothing was activated there.",
  ];
  await expectTrouble(page, company, words, ["PUT /integrations/{requestId}", "status 500"]);
  const mail = await waitForMail({ to: person.email, subject: /Esimerkki Orders/ });
  expect(mail.text).toContain(`${company.name} (${company.businessId}): Failed`);

  await page.getByRole("button", { name: "Try again for 1 company" }).click();
  await page.waitForURL(/\/environments$/);
  await giveConsent(page, integration, { person });
  await continueWithTicked(page);
  await submit(page);
  await expectStatus(page, company, "Active");
});

test("Procountor asks to slow down: a read waits, a decision is not sent twice", async ({ page }) => {
  const { company, vendorRequestId } = await submitInto(page, 1, (id) => ({
    failNext: { method: "GET", path: `/integrations/${id}`, status: 429, retryAfterSeconds: 1 },
  }));
  await expectStatus(page, company, "Active");
  const puts = (await sandbox.listCalls()).filter(
    ({ method, path }) => method === "PUT" && path === `/integrations/${vendorRequestId}`,
  );
  expect(puts.map(({ status }) => status)).toEqual([200]);
});

test("Procountor is slow: the page says whom it waits for, and follows by itself", async ({ page }) => {
  const { company, vendorRequestId } = await submitInto(page, 1, (id) => ({ hold: decisionOn(id) }));
  await expect(page.getByRole("heading", { name: "Activating in Procountor" })).toBeVisible();
  await expectStatus(page, company, "Activating");
  await sandbox.fault({ release: decisionOn(vendorRequestId) });
  await expectStatus(page, company, "Active");
});

test("the answer is lost after the effect: not known is what the page says, and it is not tried again", async ({
  page,
}) => {
  const { company } = await submitInto(page, 1, (id) => ({ loseAnswerNext: decisionOn(id) }));
  const words = ["We do not know whether Procountor completed the activation"];
  await expectStatus(page, company, "Not known yet");
  await expectReasons(page, company, words, ["PUT /integrations/{requestId}", "no answer"]);
  await expect(page.getByRole("button", { name: /^Try again/ })).toHaveCount(0);
});

test("Procountor refuses: its own words stand beside ours", async ({ page }) => {
  const refusal = { errors: [{ status: 400, message: "The integration is suspended." }] };
  const { company } = await submitInto(page, 1, (id) => ({
    failNext: { ...decisionOn(id), status: 400, body: refusal },
  }));
  const words = ["Procountor refused the activation", "Read what Procountor said below."];
  await expectTrouble(page, company, words, ["The integration is suspended.", "status 400"]);
});

test("the consent ends at Procountor while the partner decides", async ({ page }) => {
  const person = await makePerson("faults", 1);
  const { vendorRequestId } = await submitAll(page, seeded("page"), { person });
  await sandbox.fault({ expireRequest: { requestId: vendorRequestId } });
  await approveAll(await openPartnerPage(page));
  const words = ["The consent in Procountor had expired", "Try again and give the consent anew."];
  await expectTrouble(page, person.companies[0] as Company, words, ["status 410"]);
  await expect(page.getByRole("button", { name: "Try again for 1 company" })).toBeVisible();
});

/** What the seeded integration asks for, and the stand-in's technical users hold. */
const RIGHTS = {
  "sales.salesOrGroupInvoices": "ALL_RIGHTS",
  "sales.salesInvoiceSearch": "VIEWING_RIGHTS",
  "sales.customerRegister": "ALL_RIGHTS",
  "sales.productRegister": "ALL_RIGHTS",
};

test("keys that work but are not as asked: active, with what is wrong and what to do", async ({ page }) => {
  const person = await makePerson("faults", 3);
  const [lacking, surplus, revoked] = person.companies as [Company, Company, Company];
  await sandbox.fault({
    technicalUserRights: {
      [lacking.id]: { ...RIGHTS, "sales.customerRegister": "VIEWING_RIGHTS" },
      [surplus.id]: { ...RIGHTS, "management.usersAndUserRights": "ALL_RIGHTS" },
    },
    revokeNextKey: [revoked.id],
  });
  await submitAll(page, integration, { person });
  const expected: [Company, string, RegExp][] = [
    [lacking, "The integration lacks some rights", /give it the rights that are listed/],
    [surplus, "The integration has more rights than it needs", /take the surplus rights away/],
    [revoked, "Procountor no longer accepts the key", /may have been removed there/],
  ];
  for (const [company, title, whatToDo] of expected) {
    await expectStatus(page, company, "Active");
    await expect(statusRow(page, company).getByText("Needs attention")).toBeVisible();
    await expect(statusRow(page, company)).toContainText(title);
    await expect(statusRow(page, company)).toContainText(whatToDo);
  }
  await page.goto("/home");
  for (const [, title] of expected) await expect(page.getByText(title).first()).toBeVisible();
});
