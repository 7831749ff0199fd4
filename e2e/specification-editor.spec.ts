import { findPortalLinks, listSeen, waitForMail } from "./support/mail";
import { signInAsOperator } from "./support/operator";
import { makeApplication, makeMember, makePartner } from "./support/partner-console";
import { signIn } from "./support/sign-in";
import { expect, type Page, test } from "./support/test";

const PREVIEW = "The review page, 360 pixels wide";
const saved = (page: Page) => expect(page.locator('[data-save-status="saved"]')).toBeVisible();
const open = (page: Page, section: string) =>
  page
    .getByRole("navigation", { name: "Parts of the specification" })
    .getByRole("button", { name: section })
    .click();

/** Writes everything that a version has to have, without a price. */
async function fillIn(page: Page): Promise<void> {
  await page.getByLabel("Summary").fill("Turns paid orders into sales invoices.");
  await page
    .getByLabel("What it does")
    .fill("Each paid order becomes a sales invoice.\n\nNothing else is touched.");
  await open(page, "Data");
  await page.getByRole("button", { name: "Add data" }).click();
  await page.getByLabel("What moves").fill("Sales invoices");
  await open(page, "User and rights");
  await page.getByLabel("Name", { exact: true }).fill("Uusi Ohjelmisto Oy API");
  await page.getByRole("searchbox", { name: "Search the rights" }).fill("customer");
  await page.getByRole("button", { name: /^Add / }).first().click();
  await page.getByLabel("Why it is needed").fill("Adds customers that are new.");
  await open(page, "Terms and privacy");
  await page.locator('[id="field-terms.version"]').fill("2026-11");
  await page.locator('[id="field-terms.updatedOn"]').fill("2026-11-01");
  await page.getByRole("textbox", { name: "Text" }).fill("# Terms\n\n- **Fair** use\n\n<b>no html</b>");
  await page.locator('[id="field-privacyPolicy.version"]').fill("2026-11");
  await page.locator('[id="field-privacyPolicy.updatedOn"]').fill("2026-11-01");
  await page.getByRole("group", { name: "Where is the text?" }).last().getByLabel("Written here").check();
  await page
    .locator('[id="field-privacyPolicy.body"]')
    .fill("## What we keep\n\n- **names** of contact persons\n\n![pixel](https://evil.example/p.png)");
  await open(page, "Support");
  await page.getByLabel("E-mail").fill("help@partner.example");
}

test("a new partner's specification goes from an empty draft to a customer, without a command", async ({
  page,
  openDevice,
}) => {
  const { slug, name } = await makePartner("Uusi Ohjelmisto Oy");
  // Other runs leave theirs in the operator's list.
  const product = `Uusi Orders ${slug.slice(-4)}`;
  const owner = await makeMember(slug, "owner");
  await makeApplication(slug);
  await signIn(page, owner, `/partner/${slug}/integrations`);
  await expect(page.getByText("No integrations yet")).toBeVisible();
  await page.getByRole("link", { name: "New integration" }).click();
  await page.getByLabel("Name", { exact: true }).fill(product);
  await page.getByLabel("Part of its address").fill("Not An Address");
  await page.getByRole("button", { name: "Make the integration" }).click();
  await expect(page.getByText("Use lower-case letters, digits and single dashes.")).toBeVisible();
  await page.getByLabel("Part of its address").fill(`${slug}-orders`);
  await page.getByRole("button", { name: "Make the integration" }).click();
  await page.waitForURL(`**/integrations/${slug}-orders/edit`);

  await expect(page.getByRole("button", { name: "Submit for review…" })).toBeDisabled();
  await fillIn(page);
  await saved(page);
  const preview = page.frameLocator(`iframe[title="${PREVIEW}"]`);
  await expect(preview.getByText("Turns paid orders into sales invoices.")).toBeVisible();
  await expect(preview.getByText("Adds customers that are new.")).toBeVisible();
  await preview.getByText(`Read the terms of ${name}`).click();
  await expect(preview.getByText("Fair", { exact: true })).toBeVisible();
  await expect(preview.getByText("<b>no html</b>")).toBeVisible();

  await page.getByRole("button", { name: /^Finnish/ }).click();
  await open(page, "Texts");
  await page.getByLabel("Summary").fill("Tekee maksetuista tilauksista myyntilaskuja.");
  await saved(page);
  await expect(preview.getByText("Tekee maksetuista tilauksista myyntilaskuja.")).toBeVisible();
  await expect(preview.getByText("Englanniksi").first()).toBeVisible();

  await page.getByRole("button", { name: "Submit for review…" }).click();
  await page.getByLabel("Note to the reviewer").fill("Our first one.");
  await page.getByRole("button", { name: "Submit for review", exact: true }).click();
  await page.waitForURL(`**/integrations/${slug}-orders`);
  await expect(page.getByText("The operator of this installation reads it.")).toBeVisible();

  const operator = await openDevice();
  await signInAsOperator(operator);
  await operator.getByRole("link", { name: "Reviews", exact: true }).click();
  await operator.locator(`a[href^="/operator/reviews/"]`, { hasText: `${product}, version 1` }).click();
  await expect(operator.getByText("Our first one.")).toBeVisible();
  await operator.getByRole("button", { name: "Reject" }).click();
  await expect(operator.getByText("Fill this in.")).toBeVisible();
  await operator.getByText("Comments to single fields").click();
  await operator.getByLabel("Comment to “Price”").fill("Say what it costs.");
  await operator.getByLabel("To the partner").fill("The price is missing.");
  const seen = await listSeen(`${slug}@partner.example`);
  await operator.getByRole("button", { name: "Reject" }).click();
  await expect(operator.getByText("What the partner was told")).toBeVisible();

  const mail = await waitForMail({ to: `${slug}@partner.example`, seen });
  const link = findPortalLinks(mail).find(({ pathname }) =>
    pathname.endsWith(`/integrations/${slug}-orders`),
  );
  await page.goto(link?.href ?? "");
  await expect(page.getByText("The price is missing.")).toBeVisible();
  await page.getByRole("link", { name: "Edit the draft" }).click();
  await open(page, "Price");
  await expect(page.getByText("Say what it costs.")).toBeVisible();
  await page.getByLabel("Yes").check();
  await page.getByLabel("Per company and month").fill("12,90");
  await saved(page);
  await expect(page.getByRole("button", { name: "Submit for review…" })).toBeEnabled();
  await page.getByRole("button", { name: "Submit for review…" }).click();
  await page.getByRole("button", { name: "Submit for review", exact: true }).click();
  await page.waitForURL(`**/integrations/${slug}-orders`);

  await operator.goto("/operator/reviews");
  await operator
    .locator(`a[href^="/operator/reviews/"]`, { hasText: `${product}, version 2` })
    .last()
    .click();
  await expect(operator.getByText("€12.90 per month + VAT").first()).toBeVisible();
  await operator.getByRole("button", { name: "Approve" }).click();
  await expect(operator.getByText("Approved", { exact: true })).toBeVisible();

  await page.reload();
  await page.getByRole("button", { name: "Publish later…" }).click();
  await page.getByLabel("Date and time").fill("2020-01-01T08:00");
  await page.getByRole("button", { name: "Set the time" }).click();
  await expect(page.getByText("The time has to be in the future.")).toBeVisible();
  const tomorrow = new Date(Date.now() + 30 * 3_600_000).toISOString().slice(0, 16);
  await page.getByLabel("Date and time").fill(tomorrow);
  await page.getByRole("button", { name: "Set the time" }).click();
  await expect(page.getByText(/It will be published on .*, (in|tomorrow)/)).toBeVisible();
  await operator.reload();
  await expect(operator.getByText("the partner has set this time")).toBeVisible();
  await page.getByRole("button", { name: "Take the time back" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Take the time back" }).click();
  await expect(page.getByText("It will be published on")).toBeHidden();
  await page.getByRole("button", { name: "Publish…" }).click();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText(`Version 2 published ${slug}-orders`)).toBeVisible();
  await page.getByRole("link", { name: "Make a link" }).click();
  await page.getByLabel("Name").fill("Our website");
  await page.getByRole("button", { name: "Make the link" }).click();
  const address = await page.getByText(/^http.*\/a\/[\w-]+$/).textContent();

  const customer = await openDevice();
  await customer.goto(address ?? "");
  await expect(customer.getByRole("heading", { level: 1, name: new RegExp(product) })).toBeVisible();
  await expect(customer.getByText("€12.90")).toBeVisible();
  await customer.getByRole("link", { name: `How ${name} handles personal data` }).click();
  await customer.locator("section[aria-labelledby=privacy-policy] summary").click();
  await expect(customer.getByRole("heading", { name: "What we keep" })).toBeVisible();
  await expect(customer.getByText("pixel", { exact: true })).toBeVisible();
  const item = customer.getByRole("listitem").filter({ hasText: "of contact persons" });
  await expect(item, "with its marker").toHaveCSS("display", "list-item");
  await expect(customer.locator("img[src*=evil]")).toHaveCount(0);
  await expect(customer.getByRole("button", { name: /Accept/ })).toBeVisible();

  await page.goto(`/partner/${slug}/integrations/${slug}-orders/edit`);
  await open(page, "Price");
  await page.getByLabel("Per company and month").fill("14,90");
  await saved(page);
  await page.getByRole("button", { name: "Submit for review…" }).click();
  const consent = page.getByRole("alertdialog").getByRole("note");
  await expect(consent).toContainText("Needs the customers’ consent");
  await expect(consent).toContainText("Price: a higher price");
  await page.getByRole("button", { name: "Keep writing" }).click();
});

test("two people write one draft: what both changed is put before the second, and nothing is lost", async ({
  page,
  openDevice,
}) => {
  const { slug } = await makePartner("Kaksi Kirjoittajaa Oy");
  const [owner, admin] = [await makeMember(slug, "owner"), await makeMember(slug, "admin")];
  await makeApplication(slug);
  await signIn(page, owner, `/partner/${slug}/integrations/new`);
  await page.getByLabel("Name", { exact: true }).fill("Yhteinen");
  await page.getByLabel("Part of its address").fill(`${slug}-common`);
  await page.getByRole("button", { name: "Make the integration" }).click();
  await page.waitForURL(`**/integrations/${slug}-common/edit`);
  const other = await openDevice();
  await signIn(other, admin, `/partner/${slug}/integrations/${slug}-common/edit`);

  await page.getByLabel("Summary").fill("Written by the owner.");
  await page.getByLabel("What it does").fill("The owner’s description.");
  await saved(page);
  await other.getByLabel("Summary").fill("Written by the admin.");
  await expect(other.getByRole("heading", { name: "Both of you changed this" })).toBeVisible();
  await expect(other.getByText("Written by the owner.")).toBeVisible();
  await other.getByRole("radio", { name: /Their text/ }).check();
  await other.getByRole("button", { name: "Keep what is chosen" }).click();
  await saved(other);
  await expect(other.getByLabel("Summary")).toHaveValue("Written by the owner.");
  await expect(other.getByLabel("What it does")).toHaveValue("The owner’s description.");
});

/**
 * Waits until the page and the preview beside the editor have loaded all that they name: what is still on its way when the
 * network goes is missing. Both hold streams open, so that their network is never idle.
 */
async function loadPreview(page: Page): Promise<void> {
  const isLoaded = () => document.readyState === "complete";
  const frame = await page.locator(`iframe[title="${PREVIEW}"]`).elementHandle();
  const preview = await frame?.contentFrame();
  if (!preview) throw new Error("the editor has no preview");
  await preview.getByRole("heading", { level: 1 }).waitFor();
  await preview.waitForFunction(isLoaded);
  await page.waitForFunction(isLoaded);
}

test("what is typed without a network is kept in the page and saved once it is back", async ({
  page,
  complaints,
}) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED/);
  const { slug } = await makePartner("Verkoton Oy");
  const owner = await makeMember(slug, "owner");
  await makeApplication(slug);
  await signIn(page, owner, `/partner/${slug}/integrations/new`);
  await page.getByLabel("Name", { exact: true }).fill("Verkoton");
  await page.getByLabel("Part of its address").fill(`${slug}-offline`);
  await page.getByRole("button", { name: "Make the integration" }).click();
  await page.waitForURL(`**/integrations/${slug}-offline/edit`);
  await loadPreview(page);
  await page.context().setOffline(true);
  await page.getByLabel("Summary").fill("Typed on a train.");
  await expect(page.getByText("Not saved: you are offline.")).toBeVisible();
  await page.context().setOffline(false);
  await saved(page);
  await page.reload();
  await expect(page.getByLabel("Summary")).toHaveValue("Typed on a train.");
});

test("a draft goes out as a file and comes back, and what is wrong in a file is named by line", async ({
  page,
}) => {
  const { slug } = await makePartner("Tiedosto Oy");
  const owner = await makeMember(slug, "owner");
  await makeApplication(slug);
  await signIn(page, owner, `/partner/${slug}/integrations/new`);
  await page.getByLabel("Name", { exact: true }).fill("Uusi Orders");
  await page.getByLabel("Part of its address").fill(`${slug}-file`);
  await page.getByRole("button", { name: "Make the integration" }).click();
  await page.waitForURL(`**/integrations/${slug}-file/edit`);
  await fillIn(page);
  await saved(page);
  const file = await (await page.request.get(`/partner/${slug}/integrations/${slug}-file/file`)).text();
  const upload = async (text: string) => {
    await page.getByRole("button", { name: "Upload" }).click();
    await page
      .getByLabel("JSON file")
      .setInputFiles({ name: "integration.json", mimeType: "application/json", buffer: Buffer.from(text) });
    await page.getByRole("button", { name: "Take it in" }).click();
  };
  const wrong = file.replace('"cap": 20', '"cap": "many"');
  const line = wrong.split("\n").findIndex((one) => one.includes('"cap"')) + 1;
  await upload(wrong);
  await expect(page.getByText(`Line ${line}:`)).toBeVisible();
  await expect(page.getByText("content.cap")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();
  await upload(file.replace("Turns paid orders", "Makes paid orders"));
  await saved(page);
  await open(page, "Texts");
  await expect(page.getByLabel("Summary")).toHaveValue("Makes paid orders into sales invoices.");
});
