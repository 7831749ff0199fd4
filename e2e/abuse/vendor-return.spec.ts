import type { APIResponse, Page } from "@playwright/test";
import { lookUp, makeConsent, start } from "../support/flow";
import { seeded } from "../support/integration";
import { findPortalLinks, listMail, waitForMail } from "../support/mail";
import { makeAddress, makePerson } from "../support/person";
import type { Persona } from "../support/sandbox";
import { signIn } from "../support/sign-in";
import { submitAll } from "../support/submit-all";
import { openBrowser } from "./support/attacker";
import { getAccountId, snapshotAccount } from "./support/database";
import { forgeForm, postForm } from "./support/forge";
import { expect, test } from "./support/test";

const integration = seeded("automatic");
const WAITING = /^Waiting for a confirmation by (\S+)$/;
const MAX_GUESSES = 20;
const UNKNOWN = "Procountor does not know this request";

async function expectNothingOf(person: Persona, page: Page): Promise<void> {
  const seen = `${await page.title()} ${await page.content()}`;
  expect(seen).not.toContain(person.email);
  // What the stand-in calls everybody whom a test adds.
  expect(seen).not.toContain("Vieras Kokeilija");
  for (const { name, businessId } of person.companies) {
    expect(seen).not.toContain(name);
    expect(seen).not.toContain(businessId);
  }
}

test("a stolen request id tells its thief a masked address, and stays its owner's", async ({
  page,
  attacker,
  sql,
}) => {
  const owner = await makePerson("owner", 2);
  const { callbackUrl } = await makeConsent(integration, { person: owner });
  await attacker.page.goto(callbackUrl);
  await lookUp(attacker.page);
  const heading = attacker.page.getByRole("heading", { name: WAITING });
  await expect(heading).toBeVisible();
  await expect(heading).toHaveText(
    `Waiting for a confirmation by o***${owner.email.slice(owner.email.indexOf("@") - 1)}`,
  );
  await expectNothingOf(owner, attacker.page);
  await attacker.page.reload();
  await expect(heading).toBeVisible();
  const thief = await snapshotAccount(sql, await getAccountId(sql, attacker.email));
  expect(thief.grants.map(({ state }) => state)).not.toContainEqual(
    expect.stringMatching(/open|unconfirmed|used/),
  );

  // The mail goes to the owner, names who asks, and looking at its link changes nothing.
  const mail = await waitForMail({ to: owner.email });
  expect(mail.text).toContain(attacker.email);
  const confirmation = findPortalLinks(mail).find(({ pathname }) => pathname === "/connect/confirm");
  expect((await page.request.get(String(confirmation))).status()).toBe(200);
  await attacker.page.reload();
  await expect(heading).toBeVisible();

  await signIn(page, owner.email);
  await page.goto(callbackUrl);
  await lookUp(page);
  await page.getByRole("button", { name: `Continue as ${owner.email}` }).click();
  await page.waitForURL(/\/a\//);
  // Who confirms too late gives nothing away.
  await page.goto(String(confirmation));
  const late = await postForm(page, await forgeForm(page.locator("main form")));
  expect(await late.text()).toContain("There is nothing here");
  await attacker.page.goto(callbackUrl);
  await expect(heading).toBeVisible();
  await expectNothingOf(owner, attacker.page);
});

test("a request id that was claimed, or used, is unknown to everybody else", async ({
  page,
  attacker,
  target,
}) => {
  const owner = await makePerson("owner", 1);
  const used = await submitAll(page, integration, { person: owner });
  await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();
  const claims = [
    { slug: seeded("page").slug, id: target.vendorRequestId },
    { slug: integration.slug, id: used.vendorRequestId },
  ];
  for (const { slug, id } of claims) {
    await attacker.page.goto(`/connect/${slug}/return?requestId=${id}`);
    await lookUp(attacker.page);
    await expect(attacker.page.getByRole("heading", { name: UNKNOWN })).toBeVisible();
    await expectNothingOf(owner, attacker.page);
    await expectNothingOf(target.person, attacker.page);
  }
  // Another way to write the same number is the same request, looked up already.
  await attacker.page.goto(`/connect/${integration.slug}/return?requestId=00${used.vendorRequestId}`);
  await expect(attacker.page.getByRole("heading", { name: UNKNOWN })).toBeVisible();
  const mails = await listMail(target.person.email);
  expect(
    mails.filter(({ text }) => text.includes(attacker.email)),
    "nobody is bothered",
  ).toEqual([]);
});

test("an attacker's own request id, opened by somebody else, gives that person nothing", async ({
  page,
  sql,
}) => {
  const attacker = await makePerson("attacker", 1);
  const { callbackUrl } = await makeConsent(integration, { person: attacker });
  const lured = await makePerson("lured", 1);
  await start(page, integration, lured.email);
  await page.goto(callbackUrl);
  // Nobody was sent to the vendor from here: without a click nothing is asked, and nobody is written to.
  await expect(page.getByRole("heading", { name: "Did you just give a consent?" })).toBeVisible();
  expect((await snapshotAccount(sql, await getAccountId(sql, lured.email))).grants).toEqual([]);
  await lookUp(page);
  await expect(page.getByRole("heading", { name: WAITING })).toBeVisible();
  await expectNothingOf(attacker, page);
  await page.goto(`${integration.link}/environments`);
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  const rows = await snapshotAccount(sql, await getAccountId(sql, lured.email));
  expect(rows.activations).toEqual([]);
});

test("a request id that was made for another integration is refused", async ({ page, sql }) => {
  const owner = await makePerson("owner", 1);
  const { requestId } = await makeConsent(integration, { person: owner });
  await signIn(page, owner.email);
  await page.goto(`/connect/${seeded("form").slug}/return?requestId=${requestId}`);
  await lookUp(page);
  await expect(page.getByRole("heading", { name: "This request is for another integration" })).toBeVisible();
  const rows = await snapshotAccount(sql, await getAccountId(sql, owner.email));
  expect(rows.grants).toMatchObject([{ state: "refused", refused_because: "other_integration" }]);
  expect(rows.candidates).toEqual([]);
  const unknown = await page.request.get("/connect/no-such-integration/return?requestId=1");
  expect(unknown.status()).toBe(404);
});

test("the twenty-first guess within an hour is refused in words", async ({ browser, sql }) => {
  // Without scripts the page asks for nothing by itself: each guess is one of ours.
  const page = await openBrowser(browser, { javaScriptEnabled: false });
  const email = makeAddress("guesser");
  await signIn(page, email);
  const comeBackWith = (id: number) => `/connect/${integration.slug}/return?requestId=${id}`;
  await page.goto(comeBackWith(1));
  const lookUp = await forgeForm(page.locator("main form"));
  const answers: APIResponse[] = [];
  for (let id = 1; id <= MAX_GUESSES + 1; id += 1) {
    await page.request.get(comeBackWith(id), { maxRedirects: 0 });
    answers.push(await postForm(page, lookUp));
  }
  const last = answers.pop();
  expect(answers.map((answer) => answer.status())).toEqual(Array(MAX_GUESSES).fill(303));
  expect(await last?.text()).toContain("Too many tries in a short time");

  const accountId = await getAccountId(sql, email);
  const listKnown = async () => {
    const { grants } = await snapshotAccount(sql, accountId);
    expect(grants).toHaveLength(MAX_GUESSES);
    return grants.filter((grant) => grant.refused_because !== "not_found");
  };
  await expect.poll(listKnown, { timeout: 20_000 }).toEqual([]);
  await page.context().close();
});
