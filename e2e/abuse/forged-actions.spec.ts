import { randomUUID } from "node:crypto";
import type { APIResponse, Page } from "@playwright/test";
import { continueWithTicked, giveConsent, start } from "../support/flow";
import { seeded } from "../support/integration";
import { makePerson } from "../support/person";
import { sandbox } from "../support/sandbox";
import { submitAll } from "../support/submit-all";
import { getAccountId, listRefusals, type Sql, snapshotAccount } from "./support/database";
import { forgeActions, forgeForm, postForm } from "./support/forge";
import { expect, test } from "./support/test";

const NOTHING_HERE = "There is nothing here";
const CHANGED = "The integration changed while you were here";
const NOT_RIGHT = "Something is missing or not right";

const formWith = (page: Page, field: string) =>
  page.locator("form", { has: page.locator(`input[name="${field}"]`) });

async function expectRefusal(answer: APIResponse, words: string): Promise<void> {
  expect(answer.status()).toBe(200);
  expect(await answer.text()).toContain(`>${words}<`);
}

async function listDrafts(sql: Sql, email: string) {
  return sql<{ content_hash: string; selected_at: Date | null }[]>`
    select content_hash, selected_at from drafts where account_id = ${await getAccountId(sql, email)}`;
}

test("another version or hash than the published one is not accepted", async ({ page, sql }) => {
  const integration = seeded("automatic");
  const person = await makePerson("forger", 1);
  await page.goto(seeded("form").link);
  const other = await page.locator('input[name="specificationId"]').inputValue();
  await start(page, seeded("page"), person.email);
  await page.goto(integration.link);
  const form = formWith(page, "accepted");
  const forgeries: Record<string, string>[] = [
    { contentHash: "0".repeat(64) },
    { specificationId: other },
    { specificationId: randomUUID() },
  ];
  for (const changes of forgeries) {
    const answer = await postForm(page, await forgeForm(form, { accepted: "on", ...changes }));
    await expectRefusal(answer, CHANGED);
  }
  const unticked = await postForm(page, await forgeForm(form, { accepted: [] }));
  await expectRefusal(unticked, NOT_RIGHT);
  // The one draft is that of the integration which was accepted as it is.
  expect(await listDrafts(sql, person.email)).toHaveLength(1);
});

test("no price of the customer's own is taken", async ({ page, sql }) => {
  const integration = seeded("automatic");
  const person = await makePerson("forger", 1);
  await start(page, seeded("page"), person.email);
  await page.goto(integration.link);
  const form = formWith(page, "accepted");
  const published = await form.locator('input[name="contentHash"]').inputValue();
  const free = { price: '{"kind":"unknown"}', amountMinor: "0", content: "{}", cap: "1000" };
  const answer = await postForm(page, await forgeForm(form, { accepted: "on", ...free }));
  expect(answer.status()).toBe(303);
  const hashes = (await listDrafts(sql, person.email)).map((draft) => draft.content_hash);
  expect(hashes).toContain(published);
  const [row] = await sql<{ amount: string }[]>`
    select content -> 'price' ->> 'amountMinor' as amount from specifications where content_hash = ${published}`;
  expect(row?.amount).toBe("1290");
});

test("what is submitted has to be what the page showed", async ({ page, sql }) => {
  const integration = seeded("automatic");
  const person = await makePerson("forger", 1);
  await start(page, integration, person.email);
  await giveConsent(page, integration, { person });
  await continueWithTicked(page);
  await page.reload();
  const form = formWith(page, "contentHash");
  const forgeries: Record<string, string>[] = [
    { contentHash: "f".repeat(64) },
    { specificationId: randomUUID() },
  ];
  for (const changes of forgeries)
    await expectRefusal(await postForm(page, await forgeForm(form, changes)), CHANGED);
  const { activation_requests: requests } = await snapshotAccount(sql, await getAccountId(sql, person.email));
  expect(requests).toEqual([]);
});

test("candidates of another account's consent cannot be picked", async ({ page, sql, target }) => {
  const integration = seeded("page");
  const person = await makePerson("forger", 1);
  await start(page, integration, person.email);
  await giveConsent(page, integration, { person });
  await page.reload();
  const form = formWith(page, "candidateIds");
  const own = await form.locator('input[name="candidateIds"]').inputValue();
  const foreign = await sql<
    { id: string }[]
  >`select id from candidates where account_id = ${target.accountId}`;
  expect(foreign.length).toBeGreaterThan(0);
  for (const { id } of foreign)
    for (const candidateIds of [[id], [own, id]])
      await expectRefusal(await postForm(page, await forgeForm(form, { candidateIds })), NOT_RIGHT);
  expect((await listDrafts(sql, person.email)).map((draft) => draft.selected_at)).toEqual([null]);
});

test("another account's request can neither be answered nor cancelled", async ({ page, target, sql }) => {
  const person = await makePerson("forger", 1);
  const { requestId } = await submitAll(page, seeded("form"), { person });
  const foreign = [target.formRequestId, target.pageRequestId, randomUUID()];

  await page.goto(`/requests/${requestId}/partner-steps`);
  const answers = formWith(page, "requestId");
  for (const id of foreign)
    await expectRefusal(await postForm(page, await forgeForm(answers, { requestId: id })), NOTHING_HERE);

  await page.goto(`/requests/${requestId}`);
  await page.getByRole("button", { name: "Cancel the request" }).click();
  const dialog = page.getByRole("alertdialog");
  for (const id of foreign) {
    await forgeActions(page, requestId, id);
    await dialog.getByRole("button", { name: "Cancel the request" }).click();
    await expect(dialog.getByText(NOTHING_HERE)).toBeVisible();
  }
  const accountId = await getAccountId(sql, person.email);
  // The words of the first refusal still stand while the last one is under way.
  await expect
    .poll(() => listRefusals(sql, accountId))
    .toEqual([...foreign.map(() => "request.answer_form"), ...foreign.map(() => "request.cancel")]);
});

test("another account's request cannot be retried", async ({ page, target, sql }) => {
  const person = await makePerson("forger", 1);
  await sandbox.fault({ withholdNextKey: person.companies.map(({ id }) => id) });
  await submitAll(page, seeded("automatic"), { person });
  await expect(page.getByRole("button", { name: /^Try again/ })).toBeVisible();
  await page.reload();
  const foreign = [target.formRequestId, target.pageRequestId, randomUUID()];
  const again = formWith(page, "requestId");
  for (const id of foreign)
    await expectRefusal(await postForm(page, await forgeForm(again, { requestId: id })), NOTHING_HERE);
  const accountId = await getAccountId(sql, person.email);
  expect(await listRefusals(sql, accountId)).toEqual(foreign.map(() => "request.retry"));
  expect((await snapshotAccount(sql, accountId)).drafts).toHaveLength(1);
});
