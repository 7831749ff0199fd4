import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { demo } from "../demo";
import { seeded } from "../integration";
import { signInAsOperator } from "../operator";
import { signIn } from "../sign-in";
import type { Tour } from "./tour";

const PARTS = [
  "Texts",
  "Data",
  "User and rights",
  "Price",
  "Terms and privacy",
  "Before activation",
  "Settings",
];

/** A partner's integrations, the parts of the editor with its preview, and the operator's reviews. */
export const specificationEditor: Tour = async ({ page, look }) => {
  const base = `/partner/${DEMO_PARTNER_SLUG}/integrations`;
  const own = `${base}/${seeded("form").slug}`;
  await signIn(page, demo().users.partnerAdmin.email, base);
  await look("integrations");
  await page.goto(`${base}/new`);
  await look("a new integration");
  await page.goto(own);
  await look("an integration");
  const begin = page.getByRole("button", { name: "Begin a draft" });
  if (await begin.isVisible()) await begin.click();
  else await page.goto(`${own}/edit`);
  const parts = page.getByRole("navigation", { name: "Parts of the specification" });
  for (const part of PARTS) {
    await parts.getByRole("button", { name: part }).click();
    await look(`writing: ${part}`);
  }
  await page.getByRole("button", { name: "Show the preview" }).click();
  await look("writing, with the preview");
  await page.goto(`/preview/fi/draft/${DEMO_PARTNER_SLUG}/${seeded("form").slug}`);
  await look("the preview");
  await signInAsOperator(page);
  await page.goto("/operator/reviews");
  await look("reviews");
};
