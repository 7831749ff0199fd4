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
  await page.getByRole("region", { name: "Connections" }).getByRole("link", { name: company.name }).click();
  await page.getByRole("heading", { level: 1, name: company.name }).waitFor();
  await look("connection that needs attention");
  await page.getByRole("button", { name: "Deactivate…" }).click();
  await page.getByRole("alertdialog").waitFor();
  await look("question before it is ended");
  await page.getByRole("alertdialog").getByRole("button", { name: "Deactivate" }).click();
  await page.getByText("Procountor still accepts it").waitFor();
  await look("connection that was ended, with steps left");
  await page.goto("/home?ended=1");
  await look("home, ended connections");
  await page.goto("/connections/deactivate");
  await look("nothing to deactivate");
};
