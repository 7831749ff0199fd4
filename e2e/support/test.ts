import { randomInt } from "node:crypto";
import { test as base, expect, type Page } from "@playwright/test";
import { ConsoleWatch } from "./console-watch";

type Fixtures = {
  /** What the browsers of the test complained of; a complaint that was not expected fails the test. */
  complaints: ConsoleWatch;
  /** A page in a browser of its own: another device, or another person. */
  openDevice: () => Promise<Page>;
};

/** Limits count addresses: each browser says that it has one of its own, and the portal believes its proxy. */
const fromOwnAddress = () => ({
  "X-Forwarded-For": `10.${randomInt(256)}.${randomInt(256)}.${1 + randomInt(254)}`,
});

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  extraHTTPHeaders: async ({}, use) => use(fromOwnAddress()),
  complaints: [
    async ({ context }, use) => {
      const watch = new ConsoleWatch();
      watch.follow(context);
      await use(watch);
      expect(watch.unexpected, "errors in the browser's console").toEqual([]);
    },
    { auto: true },
  ],
  openDevice: async ({ browser, complaints }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async () => {
      const context = await browser.newContext({ extraHTTPHeaders: fromOwnAddress() });
      contexts.push(context);
      complaints.follow(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

export { expect, type Page };
