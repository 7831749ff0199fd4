import { makeMember, makePartner } from "./support/partner-console";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";
import { readGoSecrets } from "./support/vendor-application";

test("a new partner enters what the vendor gave it, is told what the vendor refuses, and replaces a secret without a gap", async ({
  page,
}) => {
  const { slug } = await makePartner("Sovellus Oy");
  const admin = await makeMember(slug, "admin");
  const base = `/partner/${slug}`;
  const secrets = readGoSecrets();
  await signIn(page, admin, base);
  await page.getByRole("link", { name: "Enter what the vendor gave you" }).click();
  await page.getByRole("link", { name: "New application" }).click();
  await page.getByLabel("Vendor system").selectOption({ label: "PowerOffice Go" });
  await page.getByRole("button", { name: "Continue" }).click();

  const save = page.getByRole("button", { name: "Save and try it" });
  const name = `Orders ${Date.now()}`;
  await page.getByLabel("Name of the application").fill(name);
  await save.click();
  await expect(page.getByText("Fill this in.")).toHaveCount(2);
  await page.getByLabel("Application key", { exact: true }).fill(secrets.applicationKey);
  await page.getByLabel("Subscription key").fill("not-the-key");
  await save.click();

  // The worker calls the vendor, and the page follows by itself.
  await expect(page.getByText("PowerOffice Go did not accept it")).toBeVisible();
  await expect(page.getByText("Access denied due to invalid subscription key.")).toBeVisible();
  await page.getByRole("link", { name: "Change the values" }).click();
  await page.getByLabel("Application key", { exact: true }).fill(secrets.applicationKey);
  await page.getByLabel("Subscription key").fill(secrets.subscriptionKey);
  await page.getByRole("button", { name: "Try and use it" }).click();
  await expect(page.getByText("They are in use now.")).toBeVisible();
  await expect(page.getByText("Works", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(secrets.subscriptionKey);

  // A wrong one leaves what is in use alone; the subscription's other key takes its place.
  const change = page.getByRole("link", { name: "Change or replace" });
  await change.click();
  await page.getByLabel("Subscription key").fill("mistyped");
  await page.getByRole("button", { name: "Try and use it" }).click();
  await expect(page.getByText("New values not accepted")).toBeVisible();
  await expect(page.getByText("What is in use was not touched.")).toBeVisible();
  await page.getByRole("button", { name: "Discard the new values…" }).click();
  await page.getByRole("button", { name: "Discard them" }).click();
  await expect(page.getByText("Works", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Try it", exact: true }).click();
  await expect(page.getByText("PowerOffice Go accepted what is in use.")).toBeVisible();
  await change.click();
  await page.getByLabel("Subscription key").fill(secrets.secondaryKey);
  await page.getByRole("button", { name: "Try and use it" }).click();
  await expect(page.getByText("They are in use now.")).toBeVisible();

  await page.goto(base);
  await expect(page.getByText("Vendor application Done")).toBeVisible();
  await page.goto(`${base}/applications`);
  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Delete the application…" }).click();
  await page.getByRole("button", { name: "Delete it" }).click();
  await expect(page.getByText("No vendor application yet")).toBeVisible();
});

test("an auditor sees how an application stands and has nothing to press", async ({ page }) => {
  const { slug } = await makePartner("Katselija Oy");
  await signIn(page, await makeMember(slug, "auditor"), `/partner/${slug}/applications`);
  await expect(page.getByText("No vendor application yet")).toBeVisible();
  await expect(page.getByRole("link", { name: "New application" })).toHaveCount(0);
  expect((await page.request.get(`/partner/${slug}/applications/new`)).status()).toBe(404);
});
