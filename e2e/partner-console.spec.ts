import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { demo } from "./support/demo";
import { seeded } from "./support/integration";
import { findPortalLinks, listSeen, waitForMail } from "./support/mail";
import { signInAsOperator } from "./support/operator";
import { makeIntegration } from "./support/own-integration";
import { makeMember, makePartner, removeMember } from "./support/partner-console";
import { makeAddress, makePerson } from "./support/person";
import { completeSignInByLink, signIn } from "./support/sign-in";
import { submitAll } from "./support/submit-all";
import { expect, type Page, test } from "./support/test";

const CONSOLE = `/partner/${DEMO_PARTNER_SLUG}`;

test("the partner's admin finds a request, decides it, and the customer's page follows", async ({
  page,
  openDevice,
}) => {
  const integration = await makeIntegration("page");
  const person = await makePerson("console", 2);
  const partner = await openDevice();
  await signIn(partner, demo().users.partnerAdmin.email);
  await partner.getByRole("link", { name: /^Open the console of/ }).click();
  await expect(partner.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await partner.goto(`${CONSOLE}/requests?integration=${integration.id}`);
  await expect(partner.getByText("Nothing fits")).toBeVisible();

  const { requestId } = await submitAll(page, integration, { person });
  // Live: nobody reloads the list.
  const row = partner.locator(`a[href="${CONSOLE}/requests/${requestId}"]`);
  await expect(row).toBeVisible();
  await row.click();
  const [first, second] = person.companies;
  if (!first || !second) throw new Error("two companies");
  await expect(partner.getByText(person.email)).toBeVisible();

  await partner.getByRole("group", { name: second.name }).getByRole("radio", { name: "Reject" }).check();
  await partner.getByRole("button", { name: "Decide…" }).click();
  await partner.getByRole("button", { name: "Record the decision" }).click();
  await expect(partner.getByText("Fill this in.")).toBeVisible();
  await partner.getByLabel("Reason, for the customer").fill("No contract with this company.");
  await partner.getByRole("button", { name: "Decide…" }).click();
  await expect(partner.getByText("One company is approved, one is rejected.")).toBeVisible();
  await partner.getByRole("button", { name: "Record the decision" }).click();

  await page.waitForURL(/\/requests\/[0-9a-f-]+$/);
  await expect(page.getByText("No contract with this company.")).toBeVisible();
  await expect(partner.getByText(`${demo().users.partnerAdmin.email} decided`)).toBeVisible();
  await expect(partner.getByText(`${first.name}: Active`)).toBeVisible();
  await partner.getByLabel(/^For your colleagues/).fill("Told the customer by phone.");
  await partner.getByRole("button", { name: "Add the note" }).click();
  await expect(partner.getByText(`Note by ${demo().users.partnerAdmin.email}`)).toBeVisible();
  await partner.goto(`${CONSOLE}/connections?q=${encodeURIComponent(first.name)}`);
  await partner.locator(`a[href^="${CONSOLE}/connections/"]`).click();
  await expect(partner.getByRole("heading", { level: 1, name: first.name })).toBeVisible();
  await expect(partner.getByText(`${first.name}: connected, key stored`)).toBeVisible();
  await expect(partner.getByText("Told the customer by phone.")).toBeVisible();
  await partner.getByRole("link", { name: "The request" }).click();
  await expect(partner).toHaveURL(`${CONSOLE}/requests/${requestId}`);
});

test("the mail about a request leads to its page in the console", async ({ page, openDevice }) => {
  const seen = await listSeen("integrations@partner.example");
  const person = await makePerson("console-mail", 1);
  const { requestId } = await submitAll(page, seeded("page"), { person });
  const isLink = ({ pathname }: URL) => pathname === `${CONSOLE}/requests/${requestId}`;
  const to = "integrations@partner.example";
  let link: URL | undefined;
  // Other journeys write to the same address.
  const known = new Set(seen);
  while (!link) {
    const message = await waitForMail({ to, seen: known });
    known.add(message.id);
    link = findPortalLinks(message).find(isLink);
  }
  const partner = await openDevice();
  await partner.goto(link.href);
  await partner.waitForURL(/\/sign-in\?/);
  await completeSignInByLink(partner, demo().users.partnerAdmin.email);
  await expect(partner.getByRole("heading", { name: "Decide" })).toBeVisible();
});

test("API keys are made, shown and ended", async ({ page }) => {
  await signIn(page, demo().users.partnerAdmin.email, `${CONSOLE}/keys`);
  const name = `Server ${Date.now()}`;
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Works for").selectOption("30");
  await page.getByRole("button", { name: "Make the key" }).click();
  const shown = page.getByRole("note").getByText(/^kt_/);
  const key = (await shown.textContent()) ?? "";
  const call = () => page.request.get("/api/v1/connections", { headers: { authorization: `Bearer ${key}` } });
  expect((await call()).status()).toBe(200);
  await page.reload();
  expect(await page.content()).not.toContain(key);
  const row = page.getByRole("listitem").filter({ hasText: name });
  await row.getByRole("button", { name: "Revoke…" }).click();
  await page.getByRole("button", { name: "Revoke the key" }).click();
  await expect(row.getByText("Revoked")).toBeVisible();
  expect((await call()).status()).toBe(401);
});

test("a member is invited with a role and works", async ({ page, openDevice }) => {
  const { slug, name } = await makePartner("Uusi Ohjelmisto Oy");
  const owner = await makeMember(slug, "owner");
  const guest = makeAddress("guest");
  await signIn(page, owner, `/partner/${slug}/members`);
  const seen = await listSeen(guest);
  await page.getByLabel("E-mail address").fill(guest);
  await page.getByLabel("Role", { exact: true }).selectOption("auditor");
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText(`The invitation to ${guest} is on its way.`)).toBeVisible();
  const message = await waitForMail({ to: guest, seen });
  const link = findPortalLinks(message).find(({ pathname }) => pathname.startsWith("/join/partner"));

  const other = await openDevice();
  await other.goto(link?.href ?? "");
  await other.getByRole("button", { name: /^Sign in as/ }).click();
  await other.waitForURL(/\/sign-in\?/);
  await completeSignInByLink(other, guest);
  await other.getByRole("button", { name: `Join ${name}` }).click();
  await other.waitForURL(`**/partner/${slug}`);
  await other.getByRole("link", { name: "Links", exact: true }).click();
  await expect(other.getByRole("heading", { level: 1, name: "Activation links" })).toBeVisible();
  await expect(other.getByRole("button", { name: "Make the link" })).toHaveCount(0);
  await other.getByRole("link", { name: "Requests", exact: true }).click();
  await expect(other.getByText("No requests yet")).toBeVisible();
});

const isStream = (of: { url(): string }) => of.url().endsWith("/events");
const gone = (page: Page) =>
  expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();

test("a member who is removed while the page listens is shut out", async ({ page, complaints }) => {
  complaints.expect(/status of 404/);
  const { slug } = await makePartner("Kuulolla Oy");
  const member = await makeMember(slug, "auditor");
  const isOpen = page.waitForResponse((response) => isStream(response) && response.ok());
  await signIn(page, member, `/partner/${slug}/requests`);
  await expect(page.getByText("No requests yet")).toBeVisible();
  await isOpen;
  await removeMember(member);
  await gone(page);
});

test("a member who is removed before the page listens is shut out", async ({ page, complaints }) => {
  complaints.expect(/status of 404/);
  const { slug } = await makePartner("Myöhässä Oy");
  const member = await makeMember(slug, "auditor");
  let isRemoved = () => {};
  const removed = new Promise<void>((resolve) => {
    isRemoved = resolve;
  });
  await page.route(
    (url) => url.pathname.endsWith("/events"),
    async (route) => {
      await removed;
      await route.continue();
    },
  );
  const asksForStream = page.waitForRequest(isStream);
  await signIn(page, member, `/partner/${slug}/requests`);
  await expect(page.getByText("No requests yet")).toBeVisible();
  await asksForStream;
  await removeMember(member);
  isRemoved();
  await gone(page);
});

test("an organization asks, the operator accepts, and its person is led through what is left", async ({
  page,
  openDevice,
}) => {
  const email = makeAddress("founder");
  await page.goto("/partners");
  await page.getByRole("link", { name: "Confirm your address" }).click();
  await page.waitForURL(/\/sign-in\?/);
  await completeSignInByLink(page, email);
  await page.waitForURL(/\/partners$/);
  await page.getByLabel("Name of your organization").fill("Perustaja Oy");
  await page.getByLabel("Business id").fill("1234567-8");
  await page.getByLabel("Website").fill("perustaja");
  await page.getByLabel("Your integration").fill("Orders of web shops become invoices.");
  await page.getByRole("button", { name: "Send the request" }).click();
  await expect(page.getByText("Write a web address that begins with https://.")).toBeVisible();
  await page.getByLabel("Website").fill("https://perustaja.example");
  await page.getByRole("button", { name: "Send the request" }).click();
  await expect(page.getByText("Your request for Perustaja Oy is with us")).toBeVisible();

  const operator = await openDevice();
  await signInAsOperator(operator);
  await operator.getByRole("link", { name: "Partners", exact: true }).click();
  const row = operator.getByRole("listitem").filter({ hasText: email });
  await row.getByRole("button", { name: "Accept…" }).click();
  const slug = `perustaja-${Date.now()}`;
  await operator.getByLabel("Part of the address").fill(slug);
  const seen = await listSeen(email);
  await operator.getByRole("button", { name: "Accept", exact: true }).click();
  await expect(row.getByText("Accepted")).toBeVisible();

  const message = await waitForMail({ to: email, seen });
  const link = findPortalLinks(message).find(({ pathname }) => pathname === `/partner/${slug}`);
  await page.goto(link?.href ?? "");
  await expect(page.getByRole("heading", { name: "From here to your first customer" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Profile" }).getByText("To do")).toBeAttached();
  await page.getByRole("link", { name: "Fill in the profile" }).click();
  for (const field of ["Customers’ support", "Incidents", "Reviews of your specification"])
    await page.getByLabel(field).fill("help@perustaja.example");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Profile" }).getByText("Done")).toBeAttached();
});
