import { readFile } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { users } from "@/db/schema";
import { withDatabase } from "./support/database";
import { expectStatus, start } from "./support/flow";
import { seeded } from "./support/integration";
import { findPortalLinks, type Message, waitForMail } from "./support/mail";
import { inviteColleague, join } from "./support/membership";
import { makeAddress, makePerson } from "./support/person";
import { completeSignInByLink, signIn } from "./support/sign-in";
import { submitAll } from "./support/submit-all";
import { expect, type Page, test } from "./support/test";

const integration = seeded("automatic");
const PROFILE = "/account/profile";

function getChangeLink(message: Message): string {
  const link = findPortalLinks(message).find(({ pathname }) => pathname === "/account/email/open");
  if (!link) throw new Error(`no link in the message "${message.subject}"`);
  return link.href;
}

/** On the profile's page. */
async function askForAddress(page: Page, email: string): Promise<void> {
  await page.goto(PROFILE);
  await page.getByLabel("New e-mail address").fill(email);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await expect(page.getByText(`Waiting for a confirmation at ${email}`)).toBeVisible();
}

async function typeOwnAddress(page: Page, email: string): Promise<void> {
  await page.getByLabel(/^To confirm, type/).fill(email);
  await page.getByRole("button", { name: "Erase my data" }).click();
}

/** The worker erases; until it has, the address is still the old person's. */
async function waitUntilErased(email: string): Promise<void> {
  const countPeople = () =>
    withDatabase(async ({ orm }) => (await orm.select().from(users).where(eq(users.email, email))).length);
  await expect.poll(countPeople, { message: `${email} is nobody's` }).toBe(0);
}

test("another address: confirmed there, other devices signed out, and the old mailbox can undo it", async ({
  page,
  openDevice,
}) => {
  const [old, fresh] = [makeAddress("old"), makeAddress("fresh")];
  await signIn(page, old);
  const other = await openDevice();
  await signIn(other, old);
  await askForAddress(page, fresh);

  const mail = await waitForMail({ to: fresh, subject: /Confirm your new e-mail address/ });
  const stranger = await openDevice();
  await stranger.goto(getChangeLink(mail));
  await expect(stranger).toHaveURL(/\/account\/email$/);
  await expect(stranger.getByRole("button", { name: "Use the new address" })).toHaveCount(0);
  await expect(stranger.getByRole("button", { name: /^Sign in as/ })).toBeVisible();

  await page.goto(getChangeLink(mail));
  await page.getByRole("button", { name: "Use the new address" }).click();
  await expect(page.getByRole("heading", { name: "You have a new address" })).toBeVisible();
  await page.goto(PROFILE);
  await expect(page.getByText(`You sign in as ${fresh}.`)).toBeVisible();
  await other.goto("/home");
  await expect(other, "the other device is out").toHaveURL(/\/sign-in\?/);

  const notice = await waitForMail({ to: old, subject: /Your sign-in address was changed/ });
  await stranger.goto(getChangeLink(notice));
  await stranger.getByRole("button", { name: "Take it back" }).click();
  await expect(stranger.getByRole("heading", { name: "You have your address back" })).toBeVisible();
  await page.goto("/home");
  await expect(page, "whoever changed it is out too").toHaveURL(/\/sign-in\?/);
  await completeSignInByLink(page, old);
  await page.goto(PROFILE);
  await expect(page.getByText(`You sign in as ${old}.`)).toBeVisible();
});

test("whether an address is known is told to its mailbox alone", async ({ page, openDevice }) => {
  const known = makeAddress("known");
  await signIn(await openDevice(), known);
  await signIn(page, makeAddress("curious"));
  await askForAddress(page, known);
  const mail = await waitForMail({ to: known, subject: /This address has an account already/ });
  expect(findPortalLinks(mail).map(({ pathname }) => pathname)).toEqual(["/sign-in"]);
});

test("a copy of the data is downloaded, and everything is erased once nothing is under way", async ({
  page,
  openDevice,
}) => {
  const person = await makePerson("leaver", 1);
  const { requestId } = await submitAll(page, integration, { person });
  for (const company of person.companies) await expectStatus(page, company, "Active");

  await page.goto(PROFILE);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  const file = await (await downloading).path();
  const data = JSON.parse(await readFile(file, "utf8"));
  expect(data.person.email).toBe(person.email);
  expect(data.accounts[0].requests[0]).toMatchObject({ id: requestId, acceptance: { email: person.email } });

  // The connection lives on: a colleague has to take over first.
  await expect(page.getByText("Something has to end first")).toBeVisible();
  await expect(page.getByText(/: 1 live connection$/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Erase my data" })).toHaveCount(0);
  await page.goto("/account");
  const heir = makeAddress("heir");
  const device = await openDevice();
  await join(device, await inviteColleague(page, heir, "Send the invitation"), heir);

  await page.goto(PROFILE);
  await typeOwnAddress(page, "somebody@example.com");
  await expect(page.getByText("Type your own address as it is shown.")).toBeVisible();
  await typeOwnAddress(page, person.email);
  await expect(page.getByRole("heading", { name: "Your data is being erased" })).toBeVisible();
  await page.goto("/home");
  await expect(page).toHaveURL(/\/sign-in\?/);

  await expect(async () => {
    await device.goto(`/requests/${requestId}/acceptance`);
    await expect(device.getByRole("region", { name: "Record" })).toContainText("@erased.invalid");
  }).toPass();
  expect(await device.content(), "the colleague keeps the evidence, without the name").not.toContain(
    person.email,
  );
  for (const company of person.companies)
    await expect(device.getByText(company.name), "and the companies").toBeVisible();

  await signIn(page, person.email);
  await expect(page.getByText("Nothing is activated yet"), "somebody new").toBeVisible();
});

test("what was prepared and not submitted goes with the person", async ({ page }) => {
  const person = await makePerson("dropper", 1);
  await start(page, integration, person.email);
  await page.goto(PROFILE);
  await typeOwnAddress(page, person.email);
  await expect(page.getByRole("heading", { name: "Your data is being erased" })).toBeVisible();
  await waitUntilErased(person.email);
  await signIn(page, person.email);
  await expect(page.getByText("Nothing is activated yet")).toBeVisible();
  await expect(page.getByText("Not submitted yet")).toHaveCount(0);
});
