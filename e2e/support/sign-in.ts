import type { Page } from "@playwright/test";
import { randomToken } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { sessionCookieName } from "@/lib/people/auth/cookies";
import { createSession } from "@/lib/people/auth/create-session";
import { createUser } from "@/lib/people/auth/create-user";
import { readSession } from "@/lib/people/auth/read-session";
import { SESSION_SECONDS } from "@/lib/people/auth/rules";
import { withDatabase } from "./database";
import { demo } from "./demo";
import { findPortalLinks, getSignInCode, listSeen, type Message, waitForMail } from "./mail";

const PATH = "/sign-in";

const isElsewhere = (url: URL): boolean => !url.pathname.startsWith(PATH);

/** On the sign-in page: asks for the mail, and returns it. */
export async function requestSignInMail(page: Page, email: string): Promise<Message> {
  const seen = await listSeen(email);
  const form = page.locator("form", { has: page.locator('input[type="email"]') });
  await form.locator('input[type="email"]').fill(email);
  await form.locator('button[type="submit"]').click();
  // The mail may be faster than the page, whose way on would then cross the next step of the test.
  await page.waitForURL(({ pathname }) => pathname === `${PATH}/check`);
  return waitForMail({ to: email, seen });
}

export function getSignInLink(message: Message): URL {
  const link = findPortalLinks(message).find(({ pathname }) => pathname.startsWith(PATH));
  if (!link) throw new Error(`no sign-in link in the message "${message.subject}"`);
  return link;
}

/** From the sign-in page to wherever it leads, by the link in the mail, opened in this browser. */
export async function completeSignInByLink(page: Page, email: string): Promise<void> {
  const message = await requestSignInMail(page, email);
  await page.goto(getSignInLink(message).href);
  await page.locator('main form button[type="submit"]').click();
  await page.waitForURL(isElsewhere);
}

/** From the sign-in page to wherever it leads, by the code in the mail, typed into the waiting tab. */
export async function completeSignInByCode(page: Page, email: string): Promise<void> {
  const message = await requestSignInMail(page, email);
  const form = page.locator("form", { has: page.locator('input[name="code"]') });
  await form.locator('input[name="code"]').fill(getSignInCode(message));
  await form.locator('button[type="submit"]').click();
  await page.waitForURL(isElsewhere);
}

/**
 * Signs in without the walk through page and mail, and lands on `path`: the session is made as the portal makes it, and
 * its cookie put into the browser. Journeys that are about something else than signing in take a third less time so.
 */
export async function signIn(page: Page, email: string, path = "/home"): Promise<void> {
  await giveSession(page, email);
  await page.goto(path);
}

/** A session of this person in this browser, whose page stays where it is; returns the person as the pages see them. */
export async function giveSession(page: Page, email: string): Promise<Viewer> {
  const token = randomToken();
  const viewer = await withDatabase(async (database) => {
    const { id: userId } = await createUser(database, { email, locale: "en" });
    const expiresAt = new Date(Date.now() + SESSION_SECONDS * 1000);
    await createSession(database, { token, userId, expiresAt });
    return readSession(database, token);
  });
  if (!viewer) throw new Error("the session cannot be read");
  const { portalUrl: url } = demo();
  await page
    .context()
    .addCookies([{ name: sessionCookieName(url), value: token, url, httpOnly: true, sameSite: "Lax" }]);
  return viewer;
}

/** Signs in by the link in the mail and lands on `callbackPath`. */
export async function signInByLink(page: Page, email: string, callbackPath = "/home"): Promise<void> {
  await page.goto(`${PATH}?${new URLSearchParams({ callbackUrl: callbackPath })}`);
  await completeSignInByLink(page, email);
}
