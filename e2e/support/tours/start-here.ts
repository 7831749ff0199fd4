import { demo } from "../demo";
import type { Tour } from "./tour";

const ROLES = ["customer", "accountant", "partner", "consultant", "operator"];

/** The demo's own pages: where to begin, and the shop. */
export const startHere: Tour = async ({ page, look }) => {
  const { guideUrl, sandboxUrl } = demo();
  for (const role of ROLES) {
    await page.goto(`${guideUrl}/${role}`);
    await look(`Start here, ${role}`);
  }
  await page.goto(`${sandboxUrl}/shop`);
  await look("The shop");
};
