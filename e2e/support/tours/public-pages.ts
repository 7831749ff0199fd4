import { seeded } from "../integration";
import type { Tour } from "./tour";

/** What everybody may read, in several languages. */
export const publicPages: Tour = async ({ page, look, complaints }) => {
  complaints.expect(/status of 404/);
  const { slug } = seeded("automatic");
  for (const address of [
    "/en",
    "/fi?vendor=procountor",
    "/sv?q=ingenting%20alls",
    `/en/integrations/${slug}`,
    `/da/integrations/${slug}`,
    "/nb/integrations/there-is-none",
  ]) {
    await page.goto(address);
    await look(address);
  }
};
