import { expectStatus } from "./support/flow";
import { seeded } from "./support/integration";
import { getJoinLink, inviteColleague, join } from "./support/membership";
import { makeAddress, makePerson } from "./support/person";
import { signIn } from "./support/sign-in";
import { submitAll } from "./support/submit-all";
import { expect, type Page, test } from "./support/test";

const integration = seeded("automatic");
const member = (page: Page, email: string) =>
  page
    .getByRole("region", { name: /members$|only member$/ })
    .getByRole("listitem")
    .filter({ hasText: email });

/** In the header's menu. */
async function switchTo(page: Page, email: string, account: string): Promise<void> {
  await page.getByRole("banner").getByRole("button", { name: email }).click();
  await page.getByRole("dialog").getByRole("button", { name: account }).click();
  await page.waitForURL(/\/home$/);
}

test("a colleague joins, sees what the account has, and is taken out again", async ({
  page,
  openDevice,
  complaints,
}) => {
  const owner = await makePerson("owner", 1);
  const { requestId } = await submitAll(page, integration, { person: owner });
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: "You are the only member" })).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Bakery Example");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  const email = makeAddress("colleague");
  const mail = await inviteColleague(page, email, "Send the invitation");
  await expect(page.getByRole("heading", { name: "1 open invitation" })).toBeVisible();
  const colleague = await openDevice();
  await join(colleague, mail, email);
  await expect(colleague).toHaveURL(/\/account$/);
  await expect(member(colleague, owner.email)).toBeVisible();

  await colleague.goto(`/requests/${requestId}`);
  for (const company of owner.companies) await expectStatus(colleague, company, "Active");
  await switchTo(colleague, email, email);
  await expect(colleague.getByText("Nothing is activated yet")).toBeVisible();
  await colleague.goto(`/requests/${requestId}`);
  await colleague.getByRole("button", { name: "Switch to Bakery Example" }).click();
  await colleague.waitForURL(/\/requests\/[0-9a-f-]+$/);
  for (const company of owner.companies) await expectStatus(colleague, company, "Active");
  await switchTo(colleague, email, email);
  await switchTo(colleague, email, "Bakery Example");
  await expect(colleague.getByRole("region", { name: "Latest requests" })).toContainText(integration.name);

  await page.reload();
  await member(page, email).getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  // What is behind an open dialog is hidden: only once it has closed does the list tell anything.
  await expect(page.getByRole("heading", { name: "You are the only member" })).toBeVisible();
  await expect(member(page, email)).toHaveCount(0);
  complaints.expect(/404/);
  expect((await colleague.goto(`/requests/${requestId}`))?.status()).toBe(404);
  await colleague.goto("/home");
  await expect(colleague.getByText("Nothing is activated yet"), "still signed in").toBeVisible();
});

test("an invitation is of no use to somebody else, twice, or after it was withdrawn", async ({
  page,
  openDevice,
}) => {
  await signIn(page, makeAddress("owner"), "/account");
  const email = makeAddress("invited");
  const mail = await inviteColleague(page, email, "Send the invitation");

  const thief = await openDevice();
  await signIn(thief, makeAddress("thief"));
  await thief.goto(getJoinLink(mail));
  await expect(thief).toHaveURL(/\/join$/);
  await expect(thief.getByText(/You are signed in as thief-/)).toBeVisible();
  await expect(thief.getByRole("button", { name: /^Join/ })).toHaveCount(0);
  expect(await thief.content(), "nor is it told whose it is").not.toContain(email);

  const invited = await openDevice();
  await join(invited, mail, email);
  await invited.goto(getJoinLink(mail));
  await expect(invited.getByRole("heading", { name: "The invitation was accepted already" })).toBeVisible();

  const other = makeAddress("other");
  const second = await inviteColleague(page, other, "Send the invitation");
  await page.getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByRole("button", { name: "Withdraw" })).toHaveCount(0);
  const late = await openDevice();
  await late.goto(getJoinLink(second));
  await expect(late.getByRole("heading", { name: "The invitation was withdrawn" })).toBeVisible();
});

test("a member leaves and is left with an account of their own", async ({ page, openDevice }) => {
  const owner = makeAddress("owner");
  await signIn(page, owner, "/account");
  const email = makeAddress("leaver");
  const mail = await inviteColleague(page, email, "Send the invitation");
  const leaver = await openDevice();
  await join(leaver, mail, email);
  await member(leaver, email).getByRole("button", { name: "Leave" }).click();
  await leaver.getByRole("alertdialog").getByRole("button", { name: "Leave" }).click();
  await leaver.waitForURL(/\/home$/);
  await leaver.goto("/account");
  await expect(leaver.getByRole("heading", { name: "You are the only member" })).toBeVisible();
  await expect(member(leaver, email).getByRole("button"), "the last one stays").toHaveCount(0);
  await page.reload();
  await expect(member(page, email)).toHaveCount(0);
});
