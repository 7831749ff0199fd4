import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { demo } from "../../support/demo";
import { makeAddress } from "../../support/person";
import { signIn } from "../../support/sign-in";
import { ownAddress } from "./own-address";

/** Somebody who is signed in like everybody may be, and wants what is not his. */
export type Attacker = { page: Page; email: string };

/** A browser of its own: not the test's, and from another address than anybody else's. */
export async function openBrowser(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: demo().portalUrl,
    locale: "en-GB",
    extraHTTPHeaders: ownAddress(),
    ...options,
  });
  return context.newPage();
}

export async function createAttacker(browser: Browser): Promise<Attacker> {
  const page = await openBrowser(browser);
  const email = makeAddress("attacker");
  await signIn(page, email);
  return { page, email };
}
