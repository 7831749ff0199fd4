import { continueWithTicked, expectStatus, giveConsent, start, submit } from "./support/flow";
import { seeded } from "./support/integration";
import { waitForMail } from "./support/mail";
import { getJoinLink, inviteColleague, join } from "./support/membership";
import { makePerson } from "./support/person";
import { expect, test } from "./support/test";

const integration = seeded("automatic");

test("who lacks the rights hands the prepared request to a colleague, and both follow it", async ({
  page,
  openDevice,
}) => {
  const starter = await makePerson("starter", 0);
  const colleague = await makePerson("admin", 2);
  await start(page, integration, starter.email);
  await page.getByRole("link", { name: "Hand over to a colleague" }).click();
  await expect(page.getByRole("heading", { name: "Hand over to a colleague" })).toBeVisible();
  const mail = await inviteColleague(page, colleague.email, "Hand over");
  expect(mail.subject).toContain(integration.name);

  const device = await openDevice();
  await join(device, mail, colleague.email);
  await expect(device, "straight to the step, without accepting again").toHaveURL(/\/environments$/);
  await giveConsent(device, integration, { person: colleague });
  await continueWithTicked(device);
  const requestId = await submit(device);
  for (const company of colleague.companies) await expectStatus(device, company, "Active");

  // The first device stood at a step that is over: it is taken to the request.
  await page.goto(`${integration.link}/technical-user`);
  await expect(page).toHaveURL(new RegExp(`/requests/${requestId}$`));
  for (const company of colleague.companies) await expectStatus(page, company, "Active");
  await page.goto(`/requests/${requestId}/acceptance`);
  const record = page.getByRole("region", { name: "Record" });
  await expect(record).toContainText(starter.email);
  await expect(record).toContainText(colleague.email);

  for (const { email } of [starter, colleague])
    expect((await waitForMail({ to: email, subject: /is active in 2 companies/ })).text).toContain(requestId);
});

test("with what was picked, the colleague only submits", async ({ page, openDevice }) => {
  const starter = await makePerson("starter", 1);
  const colleague = await makePerson("boss", 0);
  await start(page, integration, starter.email);
  await giveConsent(page, integration, { person: starter });
  await continueWithTicked(page);
  await page.getByRole("link", { name: "Hand over to a colleague" }).click();
  const mail = await inviteColleague(page, colleague.email, "Hand over");

  const device = await openDevice();
  await join(device, mail, colleague.email);
  await expect(device).toHaveURL(/\/technical-user$/);
  const requestId = await submit(device);
  for (const company of starter.companies) await expectStatus(device, company, "Active");
  await page.reload();
  await expect(page).toHaveURL(new RegExp(`/requests/${requestId}$`));
});

test("a request alone is handed over: the guest sees it and nothing else, until it is taken back", async ({
  page,
  openDevice,
}) => {
  const starter = await makePerson("starter", 1);
  const guest = await makePerson("guest", 2);
  await start(page, seeded("form"), starter.email);
  await start(page, integration, starter.email);
  await page.getByRole("link", { name: "Hand over to a colleague" }).click();
  await expect(page.getByRole("radio", { name: /^This request only/ })).toBeChecked();
  const mail = await inviteColleague(page, guest.email, "Hand over");
  expect(mail.text).toContain("nothing else of the account");

  const device = await openDevice();
  await device.goto(getJoinLink(mail));
  await expect(device.getByRole("heading", { name: `Go on with ${integration.name}?` })).toBeVisible();
  await join(device, mail, guest.email);
  const note = device.getByRole("complementary", { name: `Handed over to you by ${starter.email}` });
  await expect(note).toContainText(`${starter.email} accepted the terms on`);
  await expect(device.getByRole("link", { name: "Hand over to a colleague" })).toHaveCount(0);
  await giveConsent(device, integration, { person: guest });
  await expect(device.getByRole("heading", { name: /Which companies/ }).or(note)).toBeVisible();

  await page.goto(`${integration.link}/environments`);
  await expect(page.getByText(`${guest.email} has a consent open for this`)).toBeVisible();
  for (const { name } of guest.companies) await expect(page.getByText(name)).toHaveCount(0);

  await device.goto("/home");
  const handed = device.getByRole("region", { name: "Handed over to you" });
  await expect(handed).toContainText(starter.email);
  await expect(device.getByText(seeded("form").name)).toHaveCount(0);
  await handed.getByRole("button", { name: "Go on" }).click();
  await device.waitForURL(/\/environments$/);
  await note.getByRole("button", { name: "Work in my own account instead" }).click();
  await device.waitForURL(/\/home$/);
  await device.goto(`${integration.link}/environments`);
  await expect(device, "an account of one's own has no draft there").toHaveURL(integration.link);

  await device.goto("/home");
  await handed.getByRole("button", { name: "Go on" }).click();
  await device.waitForURL(/\/environments$/);
  await page.goto(`${integration.link}/hand-over`);
  await page.getByRole("button", { name: "Take back" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Take back" }).click();
  await expect(page.getByText("In the hands of one person")).toHaveCount(0);
  await device.reload();
  await expect(device).toHaveURL(integration.link);
  await device.goto("/home");
  await expect(handed).toHaveCount(0);
});

test("once whoever accepted has left the account, somebody who is in it accepts anew", async ({
  page,
  openDevice,
}) => {
  const starter = await makePerson("starter", 0);
  const colleague = await makePerson("heir", 1);
  await start(page, integration, starter.email);
  await page.getByRole("link", { name: "Hand over to a colleague" }).click();
  const mail = await inviteColleague(page, colleague.email, "Hand over", "everything");
  const device = await openDevice();
  await join(device, mail, colleague.email);
  await expect(device.getByRole("banner")).toContainText(starter.email);
  await page.goto("/account");
  await page.getByRole("button", { name: "Leave" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Leave" }).click();
  await page.waitForURL(/\/home$/);

  await device.reload();
  await expect(device.getByRole("checkbox", { name: /I have read and accept/ })).toBeVisible();
  await device.getByRole("checkbox", { name: /I have read and accept/ }).check();
  await device.getByRole("button", { name: "Accept and continue" }).click();
  await giveConsent(device, integration, { person: colleague });
  await continueWithTicked(device);
  await submit(device);
  for (const company of colleague.companies) await expectStatus(device, company, "Active");
});
