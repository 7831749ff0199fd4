import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "./support/test";
import { TOURS } from "./support/tours";

/** What axe objects to, one line for each rule with the places where it is broken. */
async function listViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ html }) => html).join(" ")}`,
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

for (const [title, tour] of Object.entries(TOURS)) {
  test(`axe finds nothing in light and dark: ${title}`, async ({ page, openDevice, complaints }) => {
    test.slow();
    await tour({
      page,
      openDevice,
      complaints,
      look: async (name) => {
        for (const colorScheme of ["light", "dark"] as const) {
          // Colours that are on their way from one scheme to the other have no contrast to judge.
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await page.waitForFunction(isShownIn, colorScheme);
          expect.soft(await listViolations(page), `${name}, ${colorScheme}`).toEqual([]);
        }
      },
    });
  });
}
