import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { demo } from "./support/demo";
import { makeIntegration } from "./support/own-integration";
import { makeAddress } from "./support/person";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const CONSOLE = `/partner/${DEMO_PARTNER_SLUG}`;

test("a link is made, shared by its code and button, counted, changed and withdrawn", async ({
  page,
  openDevice,
}) => {
  const integration = await makeIntegration("go");
  await signIn(page, demo().users.partnerAdmin.email, `${CONSOLE}/links/new`);
  const label = `Spring ${Date.now()}`;
  await page.getByRole("button", { name: "Make the link" }).click();
  await expect(page.getByText("Fill this in.")).toBeVisible();
  await page.getByLabel("Integration").selectOption(integration.id);
  await page.getByLabel("Name").fill(label);
  await page.getByLabel("Campaign").fill("Spring");
  await page.getByLabel("Last day (UTC)").fill("2020-01-01");
  await page.getByRole("button", { name: "Make the link" }).click();
  await expect(page.getByText("The day has to be in the future.")).toBeVisible();
  await page.getByLabel("Last day (UTC)").fill("");
  await page.getByLabel("Number of requests").fill("3");
  await page.getByRole("button", { name: "Make the link" }).click();
  await expect(page.getByRole("heading", { level: 1, name: label })).toBeVisible();
  const url = (await page.getByText(/^http.*\/a\/[\w-]+$/).textContent()) ?? "";
  await expect(page.getByRole("img", { name: `QR code of the link ${label}` })).toBeVisible();
  await expect(page.getByText(`<a href="${url}"`)).toBeVisible();
  const png = await page.request.get(`${page.url()}/qr?format=png`);
  expect(png.headers()["content-type"]).toBe("image/png");

  const customer = await openDevice();
  await customer.goto(url);
  await expect(customer.getByRole("heading", { level: 1 })).toBeVisible();
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByText(/^1, the last time/).count();
    })
    .toBe(1);

  await page.getByText("Change the link").click();
  await page.getByLabel("Name").fill(`${label} b`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${label} b` })).toBeVisible();
  await page.getByRole("button", { name: "Withdraw…" }).click();
  await page.getByRole("button", { name: "Withdraw the link" }).click();
  await expect(page.getByText("Withdrawn", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "All links" }).click();
  await expect(page.getByRole("link", { name: `${label} b` })).toBeVisible();
});

test("a link session is made by hand, leads back only to an allowed address, and begins with the customer's address", async ({
  page,
  openDevice,
}) => {
  const integration = await makeIntegration("form");
  const email = makeAddress("session");
  await signIn(page, demo().users.partnerAdmin.email, `${CONSOLE}/profile`);
  const address = `https://shop.example/kytkin-${Date.now()}`;
  const field = page.getByLabel("Address", { exact: true });
  await field.fill("http://shop.example/?a=b");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText("Write an address that begins with https://, without ?")).toBeVisible();
  await field.fill(address);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText(address)).toBeVisible();

  await page.goto(`${CONSOLE}/links/sessions/new`);
  await page.getByLabel("Integration").selectOption(integration.id);
  await page.getByLabel("Your name for the customer").fill("crm-1042");
  await page.getByLabel("The customer’s e-mail address").fill(email);
  await page.getByLabel("Business ids to tick").fill("9000602-6\n9000603-4");
  await page.getByLabel("Address to lead back to").fill("https://elsewhere.example/");
  await page.getByRole("button", { name: "Make the link session" }).click();
  await expect(page.getByText("This is at or below none of your return addresses.")).toBeVisible();
  await page.getByLabel("Address to lead back to").fill(`${address}/done`);
  await page.getByRole("button", { name: "Make the link session" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "crm-1042" })).toBeVisible();
  await expect(page.getByText("9000602-6, 9000603-4")).toBeVisible();
  const url = (await page.getByText(/^http.*\/a\/[\w-]+$/).textContent()) ?? "";

  const customer = await openDevice();
  await customer.goto(url);
  await customer
    .getByRole("link", { name: /sign in/i })
    .first()
    .click();
  await expect(customer.getByLabel(/e-mail/i)).toHaveValue(email);

  await page.getByRole("link", { name: "All link sessions" }).click();
  await expect(page.getByRole("link", { name: /crm-1042/ }).first()).toContainText("Open");
  await page.goto(`${CONSOLE}/profile`);
  const row = page.getByRole("listitem").filter({ hasText: address });
  await row.getByRole("button", { name: "Remove…" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByText(address)).toHaveCount(0);
});
