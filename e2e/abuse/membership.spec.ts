import { randomUUID } from "node:crypto";
import { continueWithTicked, giveConsent, start } from "../support/flow";
import { seeded } from "../support/integration";
import { getJoinLink, inviteColleague, join } from "../support/membership";
import { makeAddress, makePerson } from "../support/person";
import { signIn } from "../support/sign-in";
import { getAccountId, snapshotAccount } from "./support/database";
import { forgeActions, forgeForm, postForm } from "./support/forge";
import { expect, test } from "./support/test";

const formWith = (page: Parameters<typeof postForm>[0], field: string) =>
  page.locator("form", { has: page.locator(`[name="${field}"]`) });

test("forged ids of members, invitations and drafts of another account change nothing", async ({
  page,
  openDevice,
  sql,
  target,
}) => {
  const owner = makeAddress("owner");
  await signIn(page, owner, "/account");
  await inviteColleague(page, makeAddress("guest"), "Send the invitation");
  const foreign = await openDevice();
  const victim = makeAddress("victim");
  await signIn(foreign, victim, "/account");
  const invited = makeAddress("invited");
  await inviteColleague(foreign, invited, "Send the invitation");
  const accountId = await getAccountId(sql, victim);
  const [invitation] = await sql<{ id: string }[]>`
    select id from invitations where account_id = ${accountId}`;

  await page.reload();
  const withdraw = formWith(page, "invitationId").last();
  for (const invitationId of [String(invitation?.id), randomUUID(), "1"])
    await postForm(page, await forgeForm(withdraw, { invitationId }));
  const [left] = await sql<
    { state: string }[]
  >`select state from invitations where id = ${String(invitation?.id)}`;
  expect(left?.state).toBe("open");

  const invite = formWith(page, "email").first();
  const email = makeAddress("nobody");
  const [draft] = await sql<{ id: string }[]>`
    select id from drafts where account_id = ${target.accountId} limit 1`;
  await postForm(page, await forgeForm(invite, { email, draftId: String(draft?.id), accountId }));
  const made = await sql<{ account_id: string; draft_id: string | null }[]>`
    select account_id, draft_id from invitations where email = ${email}`;
  expect(made).toMatchObject([{ account_id: await getAccountId(sql, owner), draft_id: null }]);
});

test("an account that one is not in cannot be switched to", async ({ page, openDevice, sql, target }) => {
  const owner = makeAddress("owner");
  const device = await openDevice();
  await signIn(device, owner, "/account");
  const email = makeAddress("member");
  await join(page, await inviteColleague(device, email, "Send the invitation"), email);
  const [personal] = await sql<{ id: string }[]>`select id from accounts where name = ${email}`;
  await forgeActions(page, String(personal?.id), target.accountId);
  await page.getByRole("banner").getByRole("button", { name: email }).click();
  await page.getByRole("dialog").getByRole("button", { name: email }).click();
  await page.waitForURL(/\/home$/);
  const [user] = await sql<{ active_account_id: string }[]>`
    select active_account_id from users where email = ${email}`;
  expect(user?.active_account_id).toBe(await getAccountId(sql, owner));
});

test("who is taken out of the account in the middle can act no more", async ({ page, openDevice, sql }) => {
  const integration = seeded("automatic");
  const owner = await makePerson("owner", 1);
  await start(page, integration, owner.email);
  await giveConsent(page, integration, { person: owner });
  await continueWithTicked(page);
  await page.getByRole("link", { name: "Hand over to a colleague" }).click();
  const email = makeAddress("insider");
  const insider = await openDevice();
  await join(insider, await inviteColleague(page, email, "Hand over", "everything"), email);
  await insider.waitForURL(/\/technical-user$/);

  await page.goto("/account");
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { name: "You are the only member" })).toBeVisible();

  await insider.getByRole("button", { name: /^Submit for/ }).click();
  await expect(insider.getByText("There is nothing here")).toBeVisible();
  const accountId = await getAccountId(sql, owner.email);
  expect((await snapshotAccount(sql, accountId)).activation_requests).toEqual([]);
});

test("a link alone changes nothing: looking at it twice, by anybody, leaves it open", async ({
  page,
  openDevice,
  sql,
}) => {
  await signIn(page, makeAddress("owner"), "/account");
  const email = makeAddress("invited");
  const link = getJoinLink(await inviteColleague(page, email, "Send the invitation"));
  for (const device of [await openDevice(), await openDevice()]) {
    const answer = await device.request.get(link, { maxRedirects: 0 });
    expect(answer.status()).toBe(303);
    expect(answer.headers().location).toBe("/join");
    expect(answer.headers()["referrer-policy"]).toBe("no-referrer");
    await device.goto(link);
    await expect(device.getByRole("button", { name: /^Sign in as/ })).toBeVisible();
  }
  const [invitation] = await sql<{ state: string; token_hash: string }[]>`
    select state, token_hash from invitations where email = ${email}`;
  expect(invitation?.state).toBe("open");
  const token = new URL(link).searchParams.get("token") ?? "";
  expect(invitation?.token_hash).not.toContain(token);
  const [kept] = await sql`select 1 from sign_in_tokens where callback_path like ${`%${token}%`}`;
  expect(kept).toBeUndefined();
});

test("mails for one address are limited", async ({ page, openDevice }) => {
  const email = makeAddress("flooded");
  await signIn(page, makeAddress("flooder"), "/account");
  for (let sent = 0; sent < 5; sent += 1) {
    await inviteColleague(page, email, "Send the invitation");
    await page.reload();
  }
  const other = await openDevice();
  await signIn(other, makeAddress("flooder"), "/account");
  await other.getByLabel("Your colleague’s e-mail address").fill(email);
  await other.getByRole("button", { name: "Send the invitation" }).click();
  await expect(other.getByText("Too many tries in a short time")).toBeVisible();
});
