import { eq } from "drizzle-orm";
import { activations, connections } from "@/db/schema";
import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { withDatabase } from "./support/database";
import { demo } from "./support/demo";
import { seeded } from "./support/integration";
import { signInAsOperator } from "./support/operator";
import { makePerson } from "./support/person";
import { sandbox } from "./support/sandbox";
import { signIn } from "./support/sign-in";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const findConnection = (requestId: string) =>
  withDatabase(async ({ orm }) => {
    const [row] = await orm
      .select({ id: connections.id })
      .from(connections)
      .innerJoin(activations, eq(activations.id, connections.activationId))
      .where(eq(activations.requestId, requestId));
    return row?.id ?? "";
  });

test("customer, partner and operator read the same of a request, each without what is not theirs", async ({
  page,
  openDevice,
  complaints,
}) => {
  const person = await makePerson("timeline", 1);
  const [company] = person.companies;
  if (!company) throw new Error("no company");
  await sandbox.fault({
    technicalUserRights: { [company.id]: { "sales.customerRegister": "VIEWING_RIGHTS" } },
  });
  const { requestId } = await submitAll(page, seeded("automatic"), { person });
  await page.getByText(/^We have e-mailed/).waitFor();
  await page.getByRole("link", { name: "Show what happened" }).click();
  const own = page.getByRole("region", { name: "What happened" });
  await expect(own.getByText(`${person.email} submitted the request`)).toBeVisible();
  await expect(own.getByText("The decision was sent to Procountor: answer 200")).toBeVisible();
  await expect(own.getByText(`${company.name}: connected, key stored`)).toBeVisible();
  await expect(own.getByText(`${company.name}: checked in Procountor. The integration lacks`)).toBeVisible();

  const connectionId = await findConnection(requestId);
  await page.goto(`/connections/${connectionId}`);
  await page.getByRole("button", { name: "Check again" }).click();
  await page.getByRole("link", { name: "Show what happened" }).click();
  await expect(page.getByText(`${company.name}: ${person.email} asked for a check`)).toBeVisible();

  const partner = await openDevice();
  await signIn(partner, demo().users.partnerAdmin.email);
  await partner.goto(`/partner/${DEMO_PARTNER_SLUG}/connections/${connectionId}`);
  const theirs = partner.getByRole("region", { name: "What happened" });
  await expect(theirs.getByText(`${company.name}: The customer asked for a check`)).toBeVisible();
  await expect(theirs.getByText("The customer submitted the request")).toBeVisible();
  await expect(theirs).not.toContainText(person.email);

  const operator = await openDevice();
  await signInAsOperator(operator);
  await operator.getByRole("link", { name: "Look up" }).click();
  await operator.getByLabel("Id of a request, an activation or a connection").fill(connectionId);
  await operator.getByRole("button", { name: "Show" }).click();
  await expect(operator).toHaveURL(`/operator/connections/${connectionId}`);
  await expect(operator.getByText("A company: The customer asked for a check")).toBeVisible();
  await expect(operator.getByRole("main")).not.toContainText(company.name);
  await expect(operator.getByRole("main")).not.toContainText(person.email);
  await operator.getByRole("link", { name: requestId }).click();
  await expect(operator).toHaveURL(`/operator/requests/${requestId}`);

  complaints.expect(/status of 404/);
  const stranger = await openDevice();
  await signIn(stranger, (await makePerson("timeline-stranger", 1)).email);
  for (const path of [
    `/connections/${connectionId}`,
    `/operator/connections/${connectionId}`,
    `/operator/look-up?id=${connectionId}`,
    `/partner/${DEMO_PARTNER_SLUG}/connections/${connectionId}`,
  ]) {
    expect((await stranger.goto(path))?.status(), path).toBe(404);
    await expect(stranger.getByRole("main")).not.toContainText(company.name);
  }
});
