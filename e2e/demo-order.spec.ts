import { withDatabase } from "./support/database";
import { demo } from "./support/demo";
import { changeOneByte, downloadFile, openConnection, verify } from "./support/evidence";
import { seeded } from "./support/integration";
import { makePerson } from "./support/person";
import { sandbox } from "./support/sandbox";
import { requestSignInMail, signIn } from "./support/sign-in";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const procountor = seeded("automatic");

/** The report of a night in which one of two invoices was gone: comparisons come once a day by themselves. */
const keepComparison = (connectionId: string) =>
  withDatabase(
    ({ sql }) => sql`
      insert into comparisons (id, connection_id, partner_id, account_id, entity, outcome, since, compared_at,
        written, found, missing, totals_compared, totals_differ, changed, findings)
      select gen_random_uuid(), connection_id, partner_id, account_id, entity, 'differs', now() - interval '35 days', now(),
        2, 1, 1, 1, 0, 0, jsonb_build_array(jsonb_build_object('kind', 'missing', 'rowId', id, 'deliveryId', delivery_id,
          'position', position, 'writtenAt', state_since))
      from delivery_rows where connection_id = ${connectionId} and entity = 'sales-invoices' order by id limit 1`,
  );

test("an order becomes an invoice, its payment reaches the shop, and the end leaves a certificate", async ({
  page,
  openDevice,
}) => {
  test.slow();
  const { sandboxUrl } = demo();
  const owner = await makePerson("sells", 1);
  const [company] = owner.companies;
  if (!company) throw new Error("no company");
  await submitAll(page, procountor, { person: owner });
  await expect(page.getByRole("heading", { name: `${procountor.name} is active` })).toBeVisible();

  await page.goto(`${sandboxUrl}/shop`);
  await page.getByLabel("For the company").selectOption({ label: company.name });
  await page.getByRole("radio", { name: /Coffee beans/ }).check();
  await page.getByLabel("Quantity").fill("3");
  await page.getByRole("button", { name: "New paid order" }).click();
  // Other tests may sell, too: ours is the newest of this company.
  const order = page
    .getByRole("listitem", { name: /^Order/ })
    .filter({ hasText: company.name })
    .first();
  await expect(order.getByRole("heading", { name: /^Invoice \d+$/ })).toBeVisible({ timeout: 10_000 });
  await expect(order).toContainText("written");
  await expect(order).toContainText("62.99 €");
  await expect(order).toContainText("Paid by card");

  await order.getByRole("link", { name: "Open in Procountor" }).click();
  await expect(page.getByText("62.99 EUR")).toBeVisible();
  await page.getByRole("button", { name: "Mark as paid" }).click();
  await expect(page.getByText("It is marked as paid.")).toBeVisible();
  await page.goto(`${sandboxUrl}/shop`);
  await expect(order).toContainText("Paid in Procountor");

  await order.getByRole("button", { name: /^Refund/ }).click();
  const refund = page.getByRole("listitem", { name: /^Refund/ }).filter({ hasText: company.name });
  await expect(refund.getByRole("heading", { name: /^Credit note \d+$/ })).toBeVisible({ timeout: 10_000 });
  await expect(order).toContainText("Refunded with");

  await page.getByText("Change a product").click();
  const change = page.locator("form", { has: page.getByRole("button", { name: "Change GRINDER" }) });
  await change.getByLabel("Price").fill("61,50");
  await change.getByLabel("Told to").selectOption({ label: company.name });
  await change.getByRole("button", { name: "Change GRINDER" }).click();
  const changed = page
    .getByRole("listitem", { name: /^Product P\d+: GRINDER/ })
    .filter({ hasText: company.name });
  await expect(changed.getByRole("heading", { name: "Product GRINDER" })).toBeVisible({ timeout: 10_000 });
  await expect(changed).toContainText("61.50 €");

  await openConnection(page, company);
  const own = page.url();
  await keepComparison(own.split("/").at(-1) ?? "");
  await page.goto(`${own}/deliveries`);
  const comparison = page.getByRole("region", { name: "Compared with Procountor" });
  await expect(comparison).toContainText("1 of 2 records found.");
  await expect(comparison).toContainText("1 record is no longer in Procountor.");
  const file = await page.request.get(
    (await comparison.getByRole("link", { name: "Download as CSV" }).getAttribute("href")) ?? "",
  );
  expect(file.headers()["content-disposition"]).toContain("sales-invoices-");
  expect(await file.text()).toMatch(/no longer there,2.+\/connections\/.+\/deliveries\//);
  const partner = await openDevice();
  const ofPartner = `/partner/esimerkki-software/connections/${own.split("/").at(-1)}`;
  await signIn(partner, demo().users.partnerAdmin.email, ofPartner);
  const seen = partner.getByRole("region", { name: "Compared with Procountor" });
  const href = await seen.getByRole("link", { name: "Download as CSV" }).getAttribute("href");
  expect(await (await partner.request.get(href ?? "")).text()).toContain("no longer there");

  await page.goto(own);
  await expect(page.getByText("1 written record is missing in Procountor")).toBeVisible();
  await page.getByRole("button", { name: "Make an export" }).click();
  const download = page.getByRole("link", { name: /^Download ZIP/ });
  await expect(download).toBeVisible();
  await page.getByRole("button", { name: "Deactivate…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText("Your export stays")).toBeVisible();
  await dialog.getByLabel("Reason").fill("The shop closes.");
  await dialog.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("Procountor still accepts it")).toBeVisible();
  const connection = page.url();
  await sandbox.fault({ revokeKey: { companyId: company.id } });
  await page.goto(connection);
  await page.getByRole("button", { name: "I have done it, check now" }).click();
  await expect(page.getByRole("heading", { name: "Ended, and the key is dead" })).toBeVisible();
  // It outlives the connection, and the gateway opens it for a member.
  const exported = await page.request.get((await download.getAttribute("href")) ?? "");
  expect(exported.headers()["content-type"]).toBe("application/zip");
  const zip = await exported.body();
  expect(zip.subarray(0, 2).toString()).toBe("PK");
  expect(zip.includes("outcomes.csv")).toBe(true);
  await page.getByRole("link", { name: "Certificate of removal" }).click();
  const certificate = await downloadFile(page);
  await verify(page, certificate);
  await expect(page.getByText("The certificate is valid")).toBeVisible();
  await verify(page, changeOneByte(certificate));
  await expect(page.getByText("Not valid")).toBeVisible();

  await page.goto(`${sandboxUrl}/shop`);
  await expect(page.getByRole("option", { name: company.name })).toHaveCount(0);
});

test("Start here ticks what the product holds, and opens a person's newest mail", async ({
  page,
  openDevice,
}) => {
  const { guideUrl, portalUrl, mailUrl, users } = demo();
  const { email } = users.partnerAdmin;
  const device = await openDevice();
  await device.goto(`${portalUrl}/sign-in`);
  await requestSignInMail(device, email);

  await page.goto(guideUrl);
  await expect(page.getByRole("heading", { level: 1, name: "Start here" })).toBeVisible();
  await page
    .getByRole("navigation", { name: "Roles" })
    .getByRole("link", { name: /Partner/ })
    .click();
  const first = page.getByRole("listitem").filter({ hasText: "Open your console" });
  await expect(first.getByRole("link", { name: /Open the console/ })).toHaveAttribute(
    "href",
    /\/partner\/esimerkki-software$/,
  );
  const answer = await page.request.get(`${guideUrl}/mail/partnerAdmin`, { maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  expect(answer.headers().location).toContain(`${mailUrl}/#/email/`);
});
