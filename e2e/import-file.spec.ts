import { seeded } from "./support/integration";
import { makePerson } from "./support/person";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const HEADER =
  "invoiceNumber;date;customerName;email;lines.product;lines.quantity;lines.unitPrice;lines.vatPercent";
const row = (number: number, vat = "25.5", date = "2026-11-30") =>
  `${number};${date};Esimerkki Oy;laskut@example.com;Hall;2;50.00;${vat}`;
const toFile = (...rows: string[]) => ({
  name: "invoices.csv",
  mimeType: "text/csv",
  buffer: Buffer.from([HEADER, ...rows].join("\r\n")),
});

test("a file is looked at, its good records are written, and what the vendor refuses is put aside", async ({
  page,
}) => {
  const person = await makePerson("import", 1);
  await submitAll(page, seeded("automatic"), { person });
  await page.getByText(/^We have e-mailed/).waitFor();
  await page.goto("/home");
  const company = person.companies[0]?.name ?? "";
  await page
    .getByRole("region", { name: "Companies", exact: true })
    .getByRole("link", { name: company })
    .click();
  await page.getByRole("region", { name: "Integrations" }).getByRole("link").first().click();
  await page.getByRole("link", { name: "See the deliveries" }).click();
  await expect(page.getByText("Nothing needs you.")).toBeVisible();
  await page
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name: "Sales invoices" }) })
    .getByRole("link", { name: "Import a file" })
    .click();

  const file = page.locator("input[type=file]");
  await file.setInputFiles({ ...toFile(), buffer: Buffer.from("invoiceNumber;daet\r\n1;2") });
  await expect(page.getByText("There is no column daet here. Is date meant?")).toBeVisible();
  // One date in another form, and one VAT rate that nobody but the vendor can know to be unknown.
  await file.setInputFiles(toFile(row(1), row(2), row(3, "25.5", "30.11.2026"), row(4, "13")));
  await expect(page.getByText("3 records are fine, 1 is bad")).toBeVisible();
  await expect(page.getByRole("row", { name: /^4 3 / })).toContainText(
    "A field has a value that does not fit",
  );
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the bad rows to mend them" }).click();
  expect((await download).suggestedFilename()).toBe("invoices.rejected.csv");
  await page.getByRole("button", { name: "Import 3 records" }).click();

  const inbox = page.getByRole("region", { name: "Needs you" });
  await expect(
    inbox.getByRole("heading", { name: "Procountor does not know this VAT rate here" }),
  ).toBeVisible();
  await page.getByRole("region", { name: "Latest deliveries" }).getByRole("link").click();
  await expect(page.getByText("3 of 3 rows are done")).toBeVisible();
  await expect(page.getByText("2 written")).toBeVisible();
  await page.getByRole("link", { name: "See what needs you" }).click();
  await inbox.getByRole("button", { name: "Put aside…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Put aside" }).click();
  await expect(page.getByText("Nothing needs you.")).toBeVisible();
});
