import { makeConsent, start } from "./support/flow";
import { logInToGo } from "./support/go-dialog";
import { goSandbox } from "./support/go-sandbox";
import { seeded } from "./support/integration";
import { makeAddress, makePerson } from "./support/person";
import { giveSession } from "./support/sign-in";
import { expect, type Page, test } from "./support/test";

const integration = seeded("automatic");
const RETURN = `/connect/${integration.slug}/return`;
const VENDOR_SITE = "http://vendor.example/";

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

/** From the step of the environments to the vendor, as far as the portal knows. */
async function leaveForProcountor(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue in Procountor" }).first().click();
  await page.waitForURL(/\/ui\/activate\//);
}

/** A page of another site sends a form here, as `response_mode=form_post` does. */
async function postFromVendor(page: Page, path: string, fields: Record<string, string>): Promise<void> {
  const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
  const target = new URL(path, test.info().project.use.baseURL);
  await page.route(`${VENDOR_SITE}**`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" action="${target}">${inputs.join("")}<button>Back</button></form>`,
    }),
  );
  await page.goto(VENDOR_SITE);
  await page.getByRole("button", { name: "Back" }).click();
}

/** The page after the vendor stands in the flow that was left, and leads back into it. */
async function expectWayBackIntoTheFlow(page: Page): Promise<void> {
  await expect(page).toHaveTitle(/^Back from Procountor/);
  await expect(page.getByRole("navigation", { name: "Steps of the activation" })).toBeVisible();
  await page.getByRole("link", { name: "Go on with the activation" }).click();
  await page.waitForURL(`${integration.link}/environments`);
  await expect(page.getByRole("button", { name: "Continue in Procountor" }).first()).toBeVisible();
}

test("a customer who cancels at the vendor is told so and goes on from there", async ({ page }) => {
  await start(page, integration, makeAddress("canceller"));
  await leaveForProcountor(page);
  await page.goto(`${RETURN}?error=access_denied&error_description=The+user+pressed+cancel`);
  await expect(heading(page, "You cancelled in Procountor")).toBeVisible();
  await expect(page.getByText("The user pressed cancel")).toHaveCount(0);
  expect(page.url()).not.toContain("access_denied");
  await expectWayBackIntoTheFlow(page);
});

test("a return with nothing, or with nothing that can be read, leads back into the flow", async ({
  page,
}) => {
  await start(page, integration, makeAddress("empty-handed"));
  await leaveForProcountor(page);
  for (const [query, title] of [
    ["", "Procountor sent you back without a consent"],
    ["?requestId=twelve", "We could not read what Procountor sent"],
    ["?error=server_error", "Procountor could not finish"],
  ] as const) {
    await page.goto(`${RETURN}${query}`);
    await expect(heading(page, title)).toBeVisible();
    await expectWayBackIntoTheFlow(page);
  }
});

test("a return in other capitals, encoded twice, is the request that it names", async ({ page }) => {
  const person = await makePerson("capitals", 2);
  await start(page, integration, person.email);
  await leaveForProcountor(page);
  const { requestId } = await makeConsent(integration, { person });
  await page.goto(`${RETURN}?lang=fi&REQUESTID%3D${requestId}`);
  await page.waitForURL(/\/environments$/);
  await expect(page.getByText("2 of 20 ticked")).toBeVisible();
});

test("a form that the vendor posts from its own site is read like a query", async ({ page }) => {
  const person = await makePerson("form-post", 2);
  await start(page, integration, person.email);
  await leaveForProcountor(page);
  const { requestId } = await makeConsent(integration, { person });
  await postFromVendor(page, RETURN, { error: "access_denied" });
  await expect(heading(page, "You cancelled in Procountor")).toBeVisible();
  await postFromVendor(page, RETURN, { requestId: String(requestId) });
  await page.waitForURL(/\/environments$/);
  await expect(page.getByText("2 of 20 ticked")).toBeVisible();
});

test("another browser is told what it lacks, and the one who signs in there goes on", async ({
  page,
  openDevice,
}) => {
  const email = makeAddress("two-browsers");
  await start(page, integration, email);
  await leaveForProcountor(page);
  const phone = await openDevice();
  await phone.goto(`/connect/${integration.slug}/continue`);
  await expect(heading(phone, "What Procountor sent is not in this browser")).toBeVisible();
  await phone.goto(`${RETURN}?error=access_denied`);
  await expect(heading(phone, "You cancelled in Procountor")).toBeVisible();
  await expect(phone.getByRole("link", { name: "Sign in and go on" })).toBeVisible();
  await giveSession(phone, email);
  await phone.reload();
  await expectWayBackIntoTheFlow(phone);
});

test("a return that somebody else set out for leads to one’s own activation", async ({
  page,
  openDevice,
}) => {
  const go = seeded("go");
  const owner = await goSandbox.addUser(makeAddress("go-return"), 1);
  await start(page, go, owner.email);
  await page.getByRole("button", { name: "Continue in PowerOffice Go" }).click();
  const cameBack = page.waitForRequest((request) => request.url().includes(`/connect/${go.slug}/return?`));
  await logInToGo(page, owner.email);
  await page.getByRole("button", { name: "Cancel" }).click();
  const { search } = new URL((await cameBack).url());
  await expect(heading(page, "You cancelled in PowerOffice Go")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Steps of the activation" })).toBeVisible();

  const other = await openDevice();
  await giveSession(other, makeAddress("go-other"));
  await other.goto(`/connect/${go.slug}/return${search}`);
  await expect(heading(other, "You cannot go on with this return from PowerOffice Go")).toBeVisible();
  await other.getByRole("link", { name: "Open the activation" }).click();
  await other.waitForURL(go.link);
});

test("whatever a browser brings back, by whatever method, ends on a page", async ({ page }) => {
  const queries = [
    "?%",
    "?%00",
    "?requestId=%00",
    "?&&&",
    "?=",
    "?__proto__=1",
    "?state[]=1",
    `?x=${"y".repeat(6000)}`,
  ];
  for (const query of queries) {
    const answer = await page.request.get(`${RETURN}${query}`);
    expect([answer.status(), new URL(answer.url()).pathname], query).toEqual([
      200,
      `/connect/${integration.slug}/continue`,
    ]);
  }
  const bodies: [contentType: string, data: string][] = [
    ["application/x-www-form-urlencoded", "error=access_denied"],
    ["application/x-www-form-urlencoded", "%%%=&".repeat(30_000)],
    ["application/json", '{"error":"access_denied"}'],
    ["application/json", "{"],
    ["multipart/form-data; boundary=none", "nothing"],
    ["multipart/form-data", "nothing"],
    ["text/plain", "error=access_denied\r\n"],
    ["", "\u0000"],
  ];
  for (const [contentType, data] of bodies) {
    const headers = { "content-type": contentType };
    const answer = await page.request.post(RETURN, { data: Buffer.from(data), headers, maxRedirects: 0 });
    expect([answer.status(), answer.headers().location], contentType).toEqual([
      303,
      `/connect/${integration.slug}/continue`,
    ]);
    expect((await page.request.get(`/connect/${integration.slug}/continue`)).status()).toBe(200);
  }
});
