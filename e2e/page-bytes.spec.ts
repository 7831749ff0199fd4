import { readPageBytes } from "./support/page-bytes";
import { expect, test } from "./support/test";

/**
 * Scripts of a first visit in KB, compressed; `npm run bench:bytes` prints each page's. A bare Next page with next-intl brings
 * 145. What makes a page heavier belongs into a part that is loaded when it is used, as dialogs are.
 */
const MOST_KB = 172;
/** Pages of partners and operators that may bring more: they hold the schema of what is written in them. */
const HEAVIER: Readonly<Record<string, number>> = {
  "(portal)/partner/[partner]/integrations/[integration]/edit": 232,
  "(portal)/partner/[partner]/requests/[id]": 184,
};

test("no page brings more scripts than its budget", async () => {
  const pages = await readPageBytes();
  expect(pages.length).toBeGreaterThan(50);
  const over = pages
    .map(({ page, scriptBytes }) => ({
      page,
      kb: Math.round(scriptBytes / 1024),
      most: HEAVIER[page] ?? MOST_KB,
    }))
    .filter(({ kb, most }) => kb > most);
  expect(over).toEqual([]);
});
