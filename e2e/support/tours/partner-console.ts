import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { demo } from "../demo";
import { seeded } from "../integration";
import { makePerson } from "../person";
import { signIn } from "../sign-in";
import { submitAll } from "../submit-all";
import type { Tour } from "./tour";

const SECTIONS = [
  ["", "/requests", "/connections", "/keys", "/members", "/alerts", "/profile"],
  ["/applications", "/applications/new", "/applications/new?connector=procountor&stage=test"],
  ["/links", "/links/new", "/links/sessions", "/links/sessions/new", "/webhooks", "/webhooks/new"],
].flat();

/** The console of a partner, and how an organization becomes one. */
export const partnerConsole: Tour = async ({ page, look, openDevice }) => {
  const customer = await openDevice();
  const person = await makePerson("console-tour", 2);
  const { requestId } = await submitAll(customer, seeded("page"), { person });
  await page.goto("/partners");
  await look("for partners, signed out");
  const base = `/partner/${DEMO_PARTNER_SLUG}`;
  await signIn(page, demo().users.partnerAdmin.email, base);
  for (const section of SECTIONS) {
    await page.goto(`${base}${section}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await look(`console${section}`);
  }
  for (const section of ["/applications", "/links", "/connections"]) {
    await page.goto(`${base}${section}`);
    await page
      .getByRole("main")
      .getByRole("listitem")
      .locator(`a[href^="${base}${section}/"]`)
      .first()
      .click();
    await page.waitForURL(/[0-9a-f]{8}-[0-9a-f-]{27}$/);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await look(`one of console${section}`);
  }
  await page.goto(`${base}/webhooks/new`);
  await page.getByLabel("Address").fill("https://receiver.example/hooks");
  await page.getByLabel("Events").selectOption({ label: "Only those ticked here" });
  await page.getByLabel("A connection needs attention").check();
  await page.getByRole("button", { name: "Make the endpoint" }).click();
  await page.getByText(/^whsec_/).waitFor();
  await look("a webhook secret, shown once");
  await page.getByRole("link", { name: "Continue to the endpoint" }).click();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Make it active" }).waitFor();
  await look("a webhook endpoint");
  await page.goto(`${page.url()}/replay`);
  await page.getByText("No event fits.").waitFor();
  await look("sending events again");
  await page.getByRole("link", { name: "https://receiver.example/hooks" }).click();
  await page.getByRole("button", { name: "Delete the endpoint…" }).click();
  await page.getByRole("button", { name: "Delete it" }).click();
  await page.waitForURL(/\/webhooks$/);
  await page.goto(`${base}/requests/${requestId}`);
  await page.getByRole("radio", { name: "Reject" }).first().check();
  await look("deciding about a request");
  await page.getByRole("button", { name: "Decide…" }).click();
  await page.getByRole("alertdialog").waitFor();
  await look("confirming a decision");
  await page.goto("/partners");
  await look("for partners, signed in");
};
