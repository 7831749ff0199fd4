import { DEMO_APPLICATION_KEY } from "@/lib/core/demo";
import { expectStatus, giveConsent, start, statusRow, submit } from "./support/flow";
import { goSandbox } from "./support/go-sandbox";
import { seeded } from "./support/integration";
import { confirmCompany, fillKey, pasteKey } from "./support/pasted-key";
import { makeAddress, makePerson } from "./support/person";
import { type Company, type Persona, sandbox } from "./support/sandbox";
import { expect, type Page, test } from "./support/test";

const procountor = seeded("automatic");
const go = seeded("go");

const companyOf = ({ companies: [company] }: Persona): Company => {
  if (!company) throw new Error("no company");
  return company;
};
const makeKey = (company: Company) => sandbox.addKey(procountor.vendorIntegrationId, company.id);

async function expectRefused(page: Page, title: string): Promise<void> {
  await expect(page.getByRole("heading", { name: "The key cannot be used" })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText(title)).toBeVisible();
}

test("Procountor: the guide, a key that is none, a wrong and an inactive one, and the right one", async ({
  page,
}) => {
  const person = await makePerson("manual", 2);
  const [company, other] = person.companies;
  if (!company || !other) throw new Error("no companies");
  await start(page, procountor, person.email);
  await page.getByRole("link", { name: "I already have a key" }).click();
  await expect(page.getByText("Allow the usage of invoiceable API clients")).toBeVisible();
  await expect(page.getByText("Allow only M2M login to API")).toBeVisible();
  await expect(page.getByText(procountor.vendorIntegrationId, { exact: true })).toBeVisible();
  const field = page.getByLabel("Key from Procountor");
  await expect(field).toHaveAttribute("autocomplete", "off");
  await field.fill("short");
  await page.getByRole("button", { name: "Check the key" }).click();
  await expect(page.getByText("This does not look like a key.")).toBeVisible();

  await fillKey(page, "this-key-was-never-made-0001");
  await expectRefused(page, "Procountor does not accept this key");
  const inactive = await makeKey(other);
  await sandbox.fault({ revokeKey: { companyId: other.id } });
  await pasteKey(page, inactive);
  await expectRefused(page, "Procountor does not accept this key");

  await pasteKey(page, `  ${await makeKey(company)}\n`);
  await confirmCompany(page, company);
  await expect(page.getByText("with the key that you pasted")).toBeVisible();
  await submit(page);
  await expect(page.getByRole("heading", { name: `${procountor.name} is active` })).toBeVisible();
  await expectStatus(page, company, "Active");
});

test("the company of the wrong key is shown and not taken; the same key twice leads to what has it", async ({
  page,
  openDevice,
}) => {
  const person = await makePerson("manual-twice", 2);
  const [meant, other] = person.companies;
  if (!meant || !other) throw new Error("no companies");
  await start(page, procountor, person.email);
  await pasteKey(page, await makeKey(other));
  await expect(page.getByText(other.name)).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "No, paste another key" }).click();
  const key = await makeKey(meant);
  await fillKey(page, key);
  await confirmCompany(page, meant);
  const requestId = await submit(page);
  await expect(page.getByRole("heading", { name: `${procountor.name} is active` })).toBeVisible();

  const device = await openDevice();
  await start(device, procountor, person.email);
  await pasteKey(device, key);
  await expectRefused(device, "This company is connected already");
  await device.getByRole("link", { name: "Open the request that has this company" }).click();
  await expect(device).toHaveURL(new RegExp(requestId));

  const stranger = await openDevice();
  await start(stranger, procountor, makeAddress("manual-stranger"));
  await pasteKey(stranger, key);
  await expectRefused(stranger, "This key cannot be used here");
  await expect(stranger.getByText(meant.name)).toHaveCount(0);
});

test("PowerOffice Go: a wrong and an inactive client key, another company's, and the right one", async ({
  page,
}) => {
  const owner = await goSandbox.addUser(makeAddress("go-manual"), 3);
  const [client, other, removed] = owner.clients;
  if (!client || !other || !removed) throw new Error("no clients");
  await start(page, go, owner.email);
  await page.getByRole("link", { name: "I already have a key" }).click();
  await expect(page.getByText("Meny → Administrer → Innstillinger → Utvidelser")).toBeVisible();
  await expect(page.getByText("Klientnøkkel")).toBeVisible();
  await expect(page.getByText(DEMO_APPLICATION_KEY)).toBeVisible();
  await fillKey(page, "00000000-0000-4000-8000-000000000000");
  await expectRefused(page, "PowerOffice Go does not accept this key");
  const inactive = await goSandbox.addKey(removed);
  await goSandbox.removeInGo(removed);
  await pasteKey(page, inactive);
  await expectRefused(page, "PowerOffice Go does not accept this key");
  await page.getByText("What PowerOffice Go said").click();
  await expect(page.getByText(/Client integration not found/)).toBeVisible();

  await pasteKey(page, await goSandbox.addKey(other));
  await expect(page.getByText(other.name)).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "No, paste another key" }).click();
  await fillKey(page, await goSandbox.addKey(client));
  await confirmCompany(page, client);
  expect(await goSandbox.listActive([other]), "the customer's own stays").toHaveLength(1);
});

test("a company whose answer was lost comes back with a pasted key, and not with another company's", async ({
  page,
}) => {
  const person = await makePerson("manual-back", 1);
  const company = companyOf(person);
  await start(page, procountor, person.email);
  const vendorRequest = await giveConsent(page, procountor, { person });
  await sandbox.fault({ loseAnswerNext: { method: "PUT", path: `/integrations/${vendorRequest}` } });
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await submit(page);
  await expectStatus(page, company, "Not known yet");
  await expect(statusRow(page, company)).toContainText("We do not know whether");

  const stranger = await makePerson("manual-other", 1);
  await pasteKey(page, await makeKey(companyOf(stranger)));
  await expectRefused(page, "The key belongs to another company");
  await expect(page.getByText(`You are connecting ${company.name}.`, { exact: false })).toBeVisible();
  await pasteKey(page, await makeKey(company));
  await page.waitForURL(/\/requests\//, { timeout: 30_000 });
  await expectStatus(page, company, "Active");
});

test("Procountor: a login that is not finished, one as a person, and one as the user made for it", async ({
  page,
}) => {
  const person = await makePerson("manual-login", 2);
  const company = companyOf(person);
  await start(page, procountor, person.email);
  await page.getByRole("link", { name: "I already have a key" }).click();
  const logIn = async () => {
    await page.getByRole("button", { name: "Sign in to Procountor" }).click();
    await page.waitForURL(/\/keylogin\?/);
  };
  await logIn();
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page.getByText("no key was made")).toBeVisible();

  const makeKeyOf = async (user: RegExp) => {
    await logIn();
    await page.getByRole("radio", { name: person.email }).check();
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByLabel("Company", { exact: true }).selectOption(String(company.id));
    await page.getByRole("radio", { name: user }).check();
    await page.getByRole("button", { name: "Make the key" }).click();
  };
  await makeKeyOf(/^Your own/);
  await expectRefused(page, "The key belongs to a person, not to a technical user");
  await page.getByRole("link", { name: "Try another key" }).click();
  await makeKeyOf(/^The user that you made/);
  await confirmCompany(page, company);
  expect(page.url(), "no code in an address").not.toContain("code=");
  await submit(page);
  await expectStatus(page, company, "Active");
});

test("somebody else's pasted key and recovery are a 404", async ({ page, openDevice, complaints }) => {
  complaints.expect(/status of 404/);
  const person = await makePerson("manual-mine", 1);
  await start(page, procountor, person.email);
  const stranger = await openDevice();
  await start(stranger, procountor, makeAddress("manual-nosy"));
  await pasteKey(stranger, "this-key-was-never-made-0002");
  const check = new URL(stranger.url()).pathname;
  expect((await page.goto(check))?.status()).toBe(404);
  for (const id of ["0190b1f0-1111-7000-8000-000000000001", "1", "x'--"])
    expect((await page.goto(`/activations/${id}/key`))?.status(), id).toBe(404);
});
