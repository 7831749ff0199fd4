import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "./support/test";
import { TOURS } from "./support/tours";

const PHONE = { width: 360, height: 740 };
/** A small phone, or 1280 px at four times the size. */
const NARROW = { width: 320, height: 740 };
const DESK = { width: 1280, height: 800 };

const softly = expect.configure({ soft: true });

/** The schemes differ in colours alone: what is not about colours is looked at once. */
const RULES_ABOUT_COLOURS = ["color-contrast", "link-in-text-block"];

type Results = Awaited<ReturnType<AxeBuilder["analyze"]>>;
type WithAxe = { axe: { run(document: Document, options: object): Promise<Results> } };

// No frame of another site is in any page: without them axe needs no second page to put its results together. What a frame
// of our own holds is a page that a tour looks at by itself.
const lookInLight = (page: Page) =>
  new AxeBuilder({ page }).setLegacyMode().options({ iframes: false }).analyze();

/** axe stays in the page that it was brought to for the look in light. */
const lookInDark = (page: Page) =>
  page.evaluate(
    (rules) => (window as unknown as WithAxe).axe.run(document, { runOnly: rules, iframes: false }),
    RULES_ABOUT_COLOURS,
  );

/** What axe objects to, one line for each rule with the places where it is broken. */
async function listViolations(page: Page, colorScheme: "light" | "dark"): Promise<string[]> {
  const { violations } = await (colorScheme === "light" ? lookInLight(page) : lookInDark(page));
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(" ")}`,
  );
}

/** The colours follow the scheme in a frame of their own. */
function isShownIn(colorScheme: string): boolean {
  const [red = 0] =
    getComputedStyle(document.body)
      .backgroundColor.match(/[\d.]+/g)
      ?.map(Number) ?? [];
  return red > 128 === (colorScheme === "light");
}

/** How wide the page is, and what of it can be seen without scrolling sideways; in CSS pixels. */
const readWidths = () => ({
  content: document.documentElement.scrollWidth,
  window: document.documentElement.clientWidth,
});

// Each walk is done with the thumb on a phone; axe looks at the same page as a desk shows it.
for (const [title, tour] of Object.entries(TOURS)) {
  test(`360 and 320 px never scroll sideways, and axe finds nothing in light and dark: ${title}`, {
    tag: "@mobile",
  }, async ({ page, openDevice, complaints }) => {
    test.slow();
    await tour({
      page,
      openDevice,
      complaints,
      look: async (name) => {
        for (const size of [PHONE, NARROW]) {
          await page.setViewportSize(size);
          const { content, window } = await page.evaluate(readWidths);
          softly(window, `${name}, ${size.width} px`).toBe(size.width);
          softly(content, `${name}, ${size.width} px`).toBeLessThanOrEqual(size.width);
        }
        await page.setViewportSize(DESK);
        for (const colorScheme of ["light", "dark"] as const) {
          // Colours that are on their way from one scheme to the other have no contrast to judge.
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await page.waitForFunction(isShownIn, colorScheme);
          // A busy machine draws late: what is wrong stays wrong, what was under way is over at the next look.
          await softly.poll(() => listViolations(page, colorScheme), `${name}, ${colorScheme}`).toEqual([]);
        }
        await page.setViewportSize(PHONE);
      },
    });
  });
}
