import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { demo } from "../demo";
import { makeIntegration } from "../own-integration";
import { signIn } from "../sign-in";
import type { Tour } from "./tour";

/** The end of an integration: asked for, announced, and a link to it. */
export const giveUp: Tour = async ({ page, look }) => {
  const integration = await makeIntegration("automatic");
  const here = `/partner/${DEMO_PARTNER_SLUG}/integrations/${integration.slug}`;
  await signIn(page, demo().users.partnerAdmin.email, `${here}/retire`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await look("giving an integration up");
  const day = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Day of the end").fill(day);
  await page.getByLabel("What do you tell your customers?").fill("We stop making it.");
  await page.getByLabel("What takes its place").fill("Esimerkki Commerce");
  await page.getByLabel("Its address").fill("https://partner.example/commerce");
  await page.getByLabel(/^Type .* to confirm/).fill(integration.slug);
  await page.getByRole("button", { name: "Give it up" }).click();
  await page.getByText("A mail to Procountor, ready to send").click();
  await look("integration that is given up");
  await page.goto(integration.link);
  await page.getByRole("heading", { name: "This integration is being given up" }).waitFor();
  await look("link to an integration that is given up");
};
