import { giveConsent, start } from "./support/flow";
import { seeded } from "./support/integration";
import { makePerson } from "./support/person";
import { submitAll } from "./support/submit-all";
import { expect, type Page, test } from "./support/test";

/** Cumulative layout shift. A tenth is the limit of what is called good; nothing of ours needs to move by itself. */
const MOST_SHIFT = 0.02;
const WIDTHS = [360, 1280];

/** Adds up how far what is shown moves by itself once the page is there, in a variable of the page. */
function watchShift(): void {
  const found = window as unknown as { shift: number };
  found.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[])
      if (!entry.hadRecentInput) found.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

/** Opens the address anew, as a link from a mail does, and tells what has shifted once all its scripts have run. */
async function measureShift(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: "load" });
  // What the browser alone knows is shown once the page is alive: times in its zone, and whether changes are followed.
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(
    () =>
      new Promise((drawn) =>
        requestIdleCallback(() => requestAnimationFrame(() => requestAnimationFrame(drawn))),
      ),
  );
  return page.evaluate(() => (window as unknown as { shift: number }).shift);
}

test("no page moves by itself while it becomes alive, at 360 and 1280 px", async ({ page, openDevice }) => {
  test.slow();
  const integration = seeded("automatic");
  const person = await makePerson("shift", 4);
  const { requestId } = await submitAll(page, integration, { person });
  await page.getByText(/^We have e-mailed/).waitFor();
  await page.goto("/home");
  const company = await page
    .getByRole("main")
    .getByRole("link", { name: person.companies[0]?.name })
    .first()
    .getAttribute("href");
  const picking = await openDevice();
  const another = await makePerson("shift-pick", 20);
  await start(picking, seeded("form"), another.email);
  await giveConsent(picking, seeded("form"), { person: another });

  const signedOut = await openDevice();
  const visits: [Page, string[]][] = [
    [signedOut, [integration.link, "/", "/sign-in?callbackUrl=/home", "/guides/procountor"]],
    [
      page,
      ["/home", `/requests/${requestId}`, company ?? "", "/account", "/account/profile", integration.link],
    ],
    [picking, [picking.url()]],
  ];
  for (const [visitor, addresses] of visits) {
    await visitor.addInitScript(watchShift);
    for (const width of WIDTHS) {
      await visitor.setViewportSize({ width, height: 800 });
      for (const address of addresses)
        expect
          .soft(await measureShift(visitor, address), `${address} at ${width} px`)
          .toBeLessThanOrEqual(MOST_SHIFT);
    }
  }
});
