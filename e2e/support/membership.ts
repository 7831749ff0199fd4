import type { Page } from "@playwright/test";
import { findPortalLinks, listSeen, type Message, waitForMail } from "./mail";
import { completeSignInByLink } from "./sign-in";

/** On the account's page or that of a hand-over: asks a colleague, and returns the mail that they get. */
export async function inviteColleague(
  page: Page,
  email: string,
  button: string,
  access?: "everything",
): Promise<Message> {
  const seen = await listSeen(email);
  if (access) await page.getByRole("radio", { name: /everything in the account/ }).check();
  await page.getByLabel("Your colleague’s e-mail address").fill(email);
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByText(`The invitation to ${email} is on its way.`).waitFor();
  return waitForMail({ to: email, seen });
}

export function getJoinLink(message: Message): string {
  const link = findPortalLinks(message).find(({ pathname }) => pathname.startsWith("/join"));
  if (!link) throw new Error(`no invitation in the message "${message.subject}"`);
  return link.href;
}

/** From the invitation's mail to wherever it leads, as somebody who is not signed in. */
export async function join(page: Page, message: Message, email: string): Promise<void> {
  await page.goto(getJoinLink(message));
  await page.getByRole("button", { name: /^Sign in as/ }).click();
  await page.waitForURL(/\/sign-in\?/);
  await completeSignInByLink(page, email);
  await page.waitForURL(/\/join$/);
  await page.getByRole("button", { name: /^(Join|Accept and go on)/ }).click();
  await page.waitForURL(({ pathname }) => pathname !== "/join");
}
