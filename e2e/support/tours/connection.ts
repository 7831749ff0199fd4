import { seeded } from "../integration";
import { makePerson } from "../person";
import { sandbox } from "../sandbox";
import { submitAll } from "../submit-all";
import type { Tour } from "./tour";

/** A connection that needs attention, is put right, and is ended. */
export const connection: Tour = async ({ page, look }) => {
  const person = await makePerson("tour-connection", 1);
  const [company] = person.companies;
  if (!company) throw new Error("no company");
  await sandbox.fault({
    technicalUserRights: { [company.id]: { "sales.customerRegister": "VIEWING_RIGHTS" } },
  });
  await submitAll(page, seeded("automatic"), { person });
  await page.getByText(/^We have e-mailed/).waitFor();
  await page.goto("/home");
  await look("home, with one company");
  await page
    .getByRole("region", { name: "Companies", exact: true })
    .getByRole("link", { name: company.name })
    .click();
  await page.getByRole("region", { name: "History" }).waitFor();
  await look("company");
  await page.getByRole("region", { name: "Integrations" }).getByRole("link").first().click();
  await page.getByRole("heading", { level: 1, name: company.name }).waitFor();
  await look("connection that needs attention");
  await page.getByRole("link", { name: "Show what happened" }).click();
  await page.getByText(`${company.name}: connected, key stored`).waitFor();
  await look("connection with what happened");
  await page.getByRole("button", { name: "Deactivate…" }).click();
  await page.getByRole("alertdialog").waitFor();
  await look("question before it is ended");
  await page.getByRole("alertdialog").getByRole("button", { name: "Deactivate" }).click();
  await page.getByText(/^Tried .+ Procountor still accepts it/).waitFor();
  await look("connection that was ended, with steps left");
  await page.goto("/home?show=needs_me");
  await page.getByText("Your turn: 2 steps").first().waitFor();
  await look("home, what needs the customer");
  await page.goto("/home?show=not_connected&q=nobody");
  await page.getByText("No company fits.").waitFor();
  await look("home, nothing found");
  await page.goto("/activate");
  await look("what can be activated");
  await page.goto("/connections/deactivate");
  await look("nothing to deactivate");
};
