import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { demo } from "../demo";
import { seeded } from "../integration";
import { makePerson } from "../person";
import { signIn } from "../sign-in";
import { submitAll } from "../submit-all";
import type { Tour } from "./tour";

const SECTIONS = ["", "/requests", "/connections", "/links", "/keys", "/members", "/profile"];

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
  await page.goto(`${base}/requests/${requestId}`);
  await page.getByRole("radio", { name: "Reject" }).first().check();
  await look("deciding about a request");
  await page.getByRole("button", { name: "Decide…" }).click();
  await page.getByRole("alertdialog").waitFor();
  await look("confirming a decision");
  await page.goto("/partners");
  await look("for partners, signed in");
};
