import { start } from "../flow";
import { seeded } from "../integration";
import { findPortalLinks, waitForMail } from "../mail";
import { getJoinLink, inviteColleague } from "../membership";
import { makeAddress, makePerson } from "../person";
import { completeSignInByLink, signIn } from "../sign-in";
import type { Tour } from "./tour";

/** A prepared request is handed over; the colleague joins, and looks after their own data. */
export const account: Tour = async ({ page, look }) => {
  const [owner, colleague] = [await makePerson("owner", 0), makeAddress("colleague")];
  await start(page, seeded("form"), owner.email);
  await page.getByRole("link", { name: "Hand over to a colleague" }).click();
  await page.getByRole("heading", { name: "Hand over to a colleague" }).waitFor();
  await look("hand-over");
  const mail = await inviteColleague(page, colleague, "Hand over", "everything");
  await look("hand-over, sent");
  await page.goto("/account");
  await page.getByRole("heading", { name: "1 open invitation" }).waitFor();
  await look("account with an invitation");

  await page.context().clearCookies();
  await page.goto(getJoinLink(mail));
  await page.getByRole("button", { name: /^Sign in as/ }).waitFor();
  await look("invitation, signed out");
  await signIn(page, makeAddress("other"), "/join");
  await page.getByText(/^You are signed in as other-/).waitFor();
  await look("invitation of another address");
  await page.getByRole("button", { name: /^Sign in as/ }).click();
  await page.waitForURL(/\/sign-in\?/);
  await completeSignInByLink(page, colleague);
  await page.getByRole("button", { name: "Join and go on" }).waitFor();
  await look("invitation");
  await page.getByRole("button", { name: "Join and go on" }).click();
  await page.waitForURL(/\/environments$/);

  await page.goto("/account");
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").waitFor();
  await look("member to be removed");
  await page.keyboard.press("Escape");
  await page.getByRole("banner").getByRole("button", { name: colleague }).click();
  await page.getByRole("button", { name: owner.email, exact: true }).waitFor();
  await look("menu with two accounts");

  const fresh = makeAddress("fresh");
  await page.goto("/account/profile");
  await page.getByLabel("New e-mail address").fill(fresh);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByText(`Waiting for a confirmation at ${fresh}`).waitFor();
  await look("profile, with a change that waits");
  const [link] = findPortalLinks(await waitForMail({ to: fresh, subject: /Confirm/ }));
  await page.goto(link?.href ?? "");
  await page.getByRole("button", { name: "Use the new address" }).waitFor();
  await look("change to confirm");
  await page.goto("/account/email/open");
  await page.getByRole("heading", { name: "This link no longer works" }).waitFor();
  await look("link that no longer works");
};
