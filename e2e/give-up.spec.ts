import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { demo } from "./support/demo";
import { waitForMail } from "./support/mail";
import { makeIntegration } from "./support/own-integration";
import { makePerson } from "./support/person";
import { signIn } from "./support/sign-in";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

test("a partner gives an integration up with a day, customers are told, and it is taken back", async ({
  page,
  openDevice,
}) => {
  const integration = await makeIntegration("automatic");
  const person = await makePerson("given-up", 1);
  const customer = await openDevice();
  await submitAll(customer, integration, { person });
  await expect(customer.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();

  const here = `/partner/${DEMO_PARTNER_SLUG}/integrations/${integration.slug}`;
  await signIn(page, demo().users.partnerAdmin.email, here);
  await page.getByRole("link", { name: "Give it up…" }).click();
  const submit = page.getByRole("button", { name: "Give it up" });
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Day of the end").fill(day(7));
  await page.getByLabel("What do you tell your customers?").fill("We stop making it.");
  await page.getByLabel("What takes its place").fill("Esimerkki Commerce");
  await submit.click();
  await expect(page.getByText("Choose a day that is at least 30 days ahead.")).toBeVisible();
  await page.getByLabel("Day of the end").fill(day(60));
  await page.getByLabel("Its address").fill("https://partner.example/commerce");
  await page.getByLabel(/^Type .* to confirm/).fill(integration.slug);
  await submit.click();
  await expect(page.getByText("Its one connection ends on that day", { exact: false })).toBeVisible();
  await page.getByText("A mail to Procountor, ready to send").click();
  await expect(page.getByText(`we give up our integration ${integration.name} for Procountor`)).toBeVisible();

  const mail = await waitForMail({ to: person.email, subject: / ends on / });
  expect(mail.text).toContain("We stop making it.");
  await customer.goto(integration.link);
  await expect(customer.getByRole("heading", { name: "This integration is being given up" })).toBeVisible();
  await expect(customer.getByRole("link", { name: "Esimerkki Commerce" })).toHaveAttribute(
    "href",
    "https://partner.example/commerce",
  );
  await customer.goto("/home");
  await customer.getByRole("region", { name: "Companies", exact: true }).getByRole("link").first().click();
  await customer.getByRole("region", { name: "Integrations" }).getByRole("link").first().click();
  await expect(customer.getByText("We stop making it.")).toBeVisible();

  await page.getByRole("button", { name: "Take it back…" }).click();
  await page.getByRole("button", { name: "Keep the integration" }).click();
  await expect(page.getByRole("link", { name: "Give it up…" })).toBeVisible();
  await waitForMail({ to: person.email, subject: / stays after all/ });
  await customer.goto(integration.link);
  await expect(customer.getByRole("heading", { name: integration.name })).toBeVisible();
});
