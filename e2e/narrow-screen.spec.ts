import { expect, test } from "./support/test";
import { TOURS } from "./support/tours";

for (const [title, tour] of Object.entries(TOURS)) {
  test(`a phone of 360 px never scrolls sideways: ${title}`, { tag: "@mobile" }, async ({
    page,
    openDevice,
    complaints,
  }) => {
    await tour({
      page,
      openDevice,
      complaints,
      look: async (name) => {
        const widths = await page.evaluate(() => ({
          content: document.documentElement.scrollWidth,
          window: document.documentElement.clientWidth,
        }));
        expect.soft(widths.window, name).toBe(360);
        expect.soft(widths.content, name).toBeLessThanOrEqual(360);
      },
    });
  });
}
