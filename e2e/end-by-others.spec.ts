import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { demo } from "./support/demo";
import { makeIntegration } from "./support/own-integration";
import { makePerson } from "./support/person";
import { signIn } from "./support/sign-in";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const CONSOLE = `/partner/${DEMO_PARTNER_SLUG}`;
const REASON = "The agreement has ended.";

test("a partner ends one company and then all of its customer, and the customer reads why", async ({
  page,
  openDevice,
}) => {
  test.slow();
  const integration = await makeIntegration("automatic");
  const person = await makePerson("ended", 3);
  const [first] = person.companies;
  const customer = await openDevice();
  const { requestId } = await submitAll(customer, integration, { person });
  await expect(customer.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();

  await signIn(page, demo().users.partnerAdmin.email, `${CONSOLE}/requests/${requestId}`);
  const company = page
    .getByRole("listitem")
    .filter({ hasText: first?.name ?? "" })
    .first();
  await company.getByRole("link", { name: "End…" }).click();
  await expect(page.getByRole("heading", { name: `End connections of ${first?.name}` })).toBeVisible();
  const submit = page.getByRole("button", { name: "End 1 connection" });
  await submit.click();
  await expect(page.getByText("Fill this in.")).toBeVisible();
  await page.getByLabel("Reason, for the customer").fill(REASON);
  await page.getByLabel(/^Type .* to confirm/).fill("something else");
  await submit.click();
  await expect(page.getByText("This is not what is shown above it.")).toBeVisible();
  await page.getByLabel(/^Type .* to confirm/).fill(first?.name ?? "");
  await submit.click();
  await expect(page.getByRole("heading", { name: "1 connection ends" })).toBeVisible();
  await expect(page.getByText("1 left to the customer")).toBeVisible({ timeout: 30_000 });

  await page.goto(`${CONSOLE}/requests/${requestId}`);
  await page.getByRole("link", { name: "End…" }).first().click();
  await page.getByRole("link", { name: "Everything of this customer: 2 connections" }).click();
  await expect(page.getByRole("heading", { name: "2 connections end" })).toBeVisible();
  const heading = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  await page.getByLabel("Reason, for the customer").fill(REASON);
  await page.getByLabel(/^Type .* to confirm/).fill(heading.replace("End connections of ", ""));
  await page.getByRole("button", { name: "End 2 connections" }).click();
  await expect(page.getByRole("heading", { name: "2 connections end" })).toBeVisible();
  await expect(page.getByText("2 left to the customer")).toBeVisible({ timeout: 30_000 });

  await customer.goto("/home");
  await customer
    .getByRole("region", { name: "Companies", exact: true })
    .getByRole("link", { name: first?.name })
    .first()
    .click();
  await customer.waitForURL(/\/companies\/[0-9a-f-]+$/);
  await customer.getByRole("region", { name: "Integrations" }).getByRole("link").first().click();
  await expect(customer.getByText(REASON)).toBeVisible();
});

test("the operator ends a connection by its id, with a reason", async ({ page, openDevice }) => {
  test.slow();
  const integration = await makeIntegration("automatic");
  const person = await makePerson("stopped", 1);
  const customer = await openDevice();
  await submitAll(customer, integration, { person });
  await expect(customer.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();
  await customer.goto("/home");
  await customer
    .getByRole("region", { name: "Companies", exact: true })
    .getByRole("link", { name: person.companies[0]?.name })
    .first()
    .click();
  await customer.waitForURL(/\/companies\/[0-9a-f-]+$/);
  await customer.getByRole("region", { name: "Integrations" }).getByRole("link").first().click();
  await customer.waitForURL(/\/connections\/[0-9a-f-]+$/);
  const id = new URL(customer.url()).pathname.split("/").at(-1) ?? "";

  await signIn(page, demo().users.operator.email, `/operator/connections/${id}`);
  await expect(page.getByRole("heading", { name: "End this connection" })).toBeVisible();
  await expect(page.getByText(person.companies[0]?.name ?? "–")).toHaveCount(0);
  await page.getByLabel("Reason, for the customer and the partner").fill(REASON);
  await page.getByLabel(/^Type .* to confirm/).fill(id.slice(0, 8));
  await page.getByRole("button", { name: "End the connection" }).click();
  await expect(page.getByText("Being removed").first()).toBeVisible();
  await customer.reload();
  await expect(customer.getByText(REASON)).toBeVisible();
});
