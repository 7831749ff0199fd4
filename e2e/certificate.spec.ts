import { changeOneByte, downloadFile, openConnection, verify } from "./support/evidence";
import { seeded } from "./support/integration";
import { makePerson } from "./support/person";
import { sandbox } from "./support/sandbox";
import { submitAll } from "./support/submit-all";
import { expect, test } from "./support/test";

const procountor = seeded("automatic");

test("a pause destroys nothing; an end leaves a certificate that is verified, and refused with one changed byte", async ({
  page,
}) => {
  test.slow();
  const owner = await makePerson("leaves", 1);
  const [company] = owner.companies;
  if (!company) throw new Error("no company");
  await submitAll(page, procountor, { person: owner });
  await expect(page.getByRole("heading", { name: `${procountor.name} is active` })).toBeVisible();

  await page.getByRole("link", { name: "Signed receipt" }).click();
  await expect(page.getByRole("heading", { name: "Receipt of your acceptance" })).toBeVisible();
  await expect(page.getByRole("region", { name: "What was accepted" })).toContainText(owner.email);
  await expect(page.getByRole("button", { name: /Print/ })).toBeVisible();
  const receipt = await downloadFile(page);
  await verify(page, receipt);
  await expect(page.getByText("The receipt is valid")).toBeVisible();

  await openConnection(page, company);
  await page.getByRole("button", { name: "Pause…" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel("Reason").fill("Stocktaking.");
  await dialog.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("You paused it on")).toBeVisible();
  await expect(page.getByRole("button", { name: "Check again" })).toBeDisabled();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("You paused it on")).toBeHidden();

  await page.getByRole("button", { name: "Deactivate…" }).click();
  await dialog.getByLabel("Reason").fill("We changed systems.");
  await dialog.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("Procountor still accepts it")).toBeVisible();
  const address = page.url();
  await page.getByRole("link", { name: "Certificate of removal" }).click();
  await expect(page.getByText("The certificate is not ready yet")).toBeVisible();
  await expect(page.getByText("Calls to Procountor stopped")).toBeVisible();

  await sandbox.fault({ revokeKey: { companyId: company.id } });
  await page.goto(address);
  await page.getByRole("button", { name: "I have done it, check now" }).click();
  await expect(page.getByRole("heading", { name: "Ended, and the key is dead" })).toBeVisible();
  await page.getByRole("link", { name: "Certificate of removal" }).click();
  await expect(page.getByText("Tried and refused: it is dead.")).toBeVisible();
  await expect(page.getByText("Nothing was found in the database")).toBeVisible();
  await expect(page.getByText("Reason: We changed systems.")).toBeVisible();
  const fingerprint = await page
    .getByRole("region", { name: "Signature" })
    .locator("code")
    .first()
    .textContent();
  const certificate = await downloadFile(page);

  await verify(page, certificate);
  await expect(page.getByText("The certificate is valid")).toBeVisible();
  await verify(page, changeOneByte(certificate));
  await expect(page.getByText("Not valid")).toBeVisible();
  await expect(page.getByText("It was changed after it was signed, or signed by another key.")).toBeVisible();

  await page.goto("/verify");
  await page.getByLabel("Or paste").fill(String(fingerprint));
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(
    page.getByText("This fingerprint belongs to a certificate that was issued here"),
  ).toBeVisible();
  const keys = await page.request.get("/.well-known/kytkin-keys.json");
  expect(await keys.json()).toMatchObject({ format: "kytkin-keys/1", keys: [{ predecessor: null }] });
});
