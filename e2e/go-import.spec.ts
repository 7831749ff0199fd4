import { demo } from "./support/demo";
import { continueWithTicked, startSignedOut, submit } from "./support/flow";
import { walkGoDialog } from "./support/go-dialog";
import { goSandbox } from "./support/go-sandbox";
import { seeded } from "./support/integration";
import { makeAddress } from "./support/person";
import { expect, test } from "./support/test";

const toFile = (name: string, ...lines: string[]) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(lines.join("\r\n")),
});

test("customers and orders of a file come into PowerOffice Go, where the settings say how", async ({
  page,
}) => {
  test.slow();
  const owner = await goSandbox.addUser(makeAddress("go-import"), 1);
  await startSignedOut(page, seeded("go"), owner.email);
  await page.getByRole("button", { name: "Continue in PowerOffice Go" }).click();
  await walkGoDialog(page, owner, owner.clients);
  await page.waitForURL(/\/environments$/, { timeout: 30_000 });
  await page.getByRole("checkbox", { name: owner.clients[0]?.organizationNumber }).check();
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await continueWithTicked(page);
  await submit(page);
  await expect(page.getByText("Active: 1", { exact: true })).toBeVisible({ timeout: 30_000 });

  await page.goto("/home");
  const name = owner.clients[0]?.name ?? "";
  await page.getByRole("region", { name: "Companies", exact: true }).getByRole("link", { name }).click();
  await page.getByRole("region", { name: "Integrations" }).getByRole("link").first().click();
  await page.getByRole("link", { name: "See the deliveries" }).click();
  await page.waitForURL(/\/deliveries$/);
  const deliveries = page.url();
  await expect(page.getByText("Sales orders", { exact: true })).toBeVisible();

  await page.goto(`${deliveries}/settings?entity=customers`);
  await page.getByLabel("Payment term of new customers, days").fill("30");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved")).toBeVisible();

  const importFile = async (entity: string, file: ReturnType<typeof toFile>, count: string) => {
    await page.goto(`${deliveries}/import?entity=${entity}`);
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByRole("button", { name: `Import ${count}` }).click();
    await expect(page.getByRole("region", { name: "Latest deliveries" })).toBeVisible();
  };
  await importFile(
    "customers",
    toFile("customers.csv", "customerId;name;email", "shop-7;Fjellrype Friluft AS;faktura@example.com"),
    "1 record",
  );
  await importFile(
    "sales-orders",
    toFile(
      "orders.csv",
      "orderNumber;date;customerId;lines.productCode;lines.quantity;lines.unitPrice",
      "F-1001;2026-11-30;shop-7;A-1;2;450.00",
      "F-1001;2026-11-30;shop-7;A-2;1;99.00",
      "F-1002;2026-11-30;shop-7;C-9;1;1.00",
    ),
    "2 records",
  );
  await expect(
    page.getByRole("region", { name: "Needs you" }).getByRole("heading", {
      name: "The product is not in the product register",
    }),
  ).toBeVisible();
  await page.getByRole("region", { name: "Latest deliveries" }).getByRole("link").first().click();
  await expect(page.getByText("1 written")).toBeVisible();

  await page.goto(`${demo().sandboxUrl}/shop`);
  await page.getByLabel("For the company").selectOption({ label: `${name} (PowerOffice Go)` });
  await page.getByRole("radio", { name: /Moka pot/ }).check();
  await page.getByRole("button", { name: "New paid order" }).click();
  const order = page
    .getByRole("listitem", { name: /^Order/ })
    .filter({ hasText: name })
    .first();
  await expect(order.getByRole("heading", { name: /^Order \d+$/ })).toHaveCount(2, { timeout: 15_000 });
  await expect(order.getByText("draft", { exact: true })).toBeVisible({ timeout: 10_000 });
  await order.getByRole("link", { name: "Open in PowerOffice Go" }).click();
  await page.getByRole("button", { name: "Send the invoice" }).click();
  await page.getByRole("button", { name: "Mark as paid" }).click();
  await expect(page.getByText("It is paid.")).toBeVisible();
  await page.goto(`${demo().sandboxUrl}/shop`);
  await expect(order).toContainText("Paid in PowerOffice Go");
});
