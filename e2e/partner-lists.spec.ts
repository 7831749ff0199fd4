import { readFile } from "node:fs/promises";
import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { demo } from "./support/demo";
import { makeIntegration } from "./support/own-integration";
import { makePerson } from "./support/person";
import { signIn } from "./support/sign-in";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const CONSOLE = `/partner/${DEMO_PARTNER_SLUG}`;

test("a narrowed list is kept as a view, decided about as a whole and downloaded", async ({
  page,
  openDevice,
}) => {
  const integration = await makeIntegration("page");
  const people = [await makePerson("many", 1), await makePerson("many", 2)];
  const requests: string[] = [];
  for (const person of people)
    requests.push((await submitAll(await openDevice(), integration, { person })).requestId);
  await signIn(page, demo().users.partnerAdmin.email, `${CONSOLE}/requests`);
  await page.getByLabel("Integration").selectOption(integration.id);
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.waitForURL(/integration=/);
  const name = `Spring ${Date.now()}`;
  await page.getByRole("button", { name: "Keep this view…" }).click();
  await page.getByLabel("Name of the view").fill(name);
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await page.goto(`${CONSOLE}/requests`);
  await page.getByRole("link", { name, exact: true }).click();
  await page.waitForURL(/integration=/);

  await page.getByRole("checkbox", { name: "Tick all that wait" }).check();
  await page.getByRole("button", { name: "Decide about the ticked…" }).click();
  await expect(page.getByRole("heading", { name: "Decide about 2 requests" })).toBeVisible();
  // A colleague is faster with one of them.
  const colleague = await openDevice();
  await signIn(colleague, demo().users.partnerAdmin.email, `${CONSOLE}/requests/${requests[0]}`);
  await page.getByRole("button", { name: "Reject all 2…" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Reject", exact: true }).click();
  await expect(dialog.getByText("Fill this in.")).toBeVisible();
  await dialog.getByLabel("Reason, for all of these customers").fill("No contract.");
  await colleague.getByRole("button", { name: "Decide…" }).click();
  await colleague.getByRole("button", { name: "Record the decision" }).click();
  await expect(colleague.getByText("decided", { exact: false }).first()).toBeVisible();
  await dialog.getByRole("button", { name: "Reject", exact: true }).click();
  await expect(page.getByText(/^One decision was recorded/)).toBeVisible();

  await page.goto(`${CONSOLE}/requests?integration=${integration.id}`);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as CSV" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  expect(file.trimEnd().split("\r\n")).toHaveLength(1 + 3);
  expect(file).toContain("No contract.");
  await page.getByRole("button", { name: `Remove the view “${name}”` }).click();
  await expect(page.getByRole("link", { name, exact: true })).toHaveCount(0);
});

test("a request that was given more time waits on, and its decision still counts", async ({
  page,
  openDevice,
}) => {
  const SECONDS = 25;
  const integration = await makeIntegration("page", (content) => ({
    ...content,
    decisionTimeoutSeconds: SECONDS,
  }));
  const person = await makePerson("more-time", 1);
  const { requestId } = await submitAll(page, integration, { person });
  const until = Date.now() + SECONDS * 1000;
  const partner = await openDevice();
  await signIn(partner, demo().users.partnerAdmin.email, `${CONSOLE}/requests/${requestId}`);
  await partner.getByLabel("Decide until").selectOption({ index: 0 });
  await partner.getByRole("button", { name: "Give it more time" }).click();
  await expect(partner.getByText("more time", { exact: false }).first()).toBeVisible();
  // Past the first deadline the run waits for the second one.
  await expect.poll(() => Date.now() - until, { timeout: (SECONDS + 10) * 1000 }).toBeGreaterThan(2000);
  await partner.reload();
  await partner.getByRole("button", { name: "Decide…" }).click();
  await partner.getByRole("button", { name: "Record the decision" }).click();
  await expect(partner.getByText(`${person.companies[0]?.name}: Active`)).toBeVisible();
});
