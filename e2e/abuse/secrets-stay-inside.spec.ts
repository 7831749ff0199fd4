import { randomUUID } from "node:crypto";
import { demo } from "../support/demo";
import { continueWithTicked, startSignedOut, submit } from "../support/flow";
import { type GoClient, goSandbox } from "../support/go-sandbox";
import { seeded } from "../support/integration";
import { findPortalLinks, listMail } from "../support/mail";
import { confirmCompany, pasteKey } from "../support/pasted-key";
import { makeAddress, makePerson } from "../support/person";
import { type Company, sandbox } from "../support/sandbox";
import { submitAll } from "../support/submit-all";
import {
  type Canaries,
  collectCanaries,
  collectMailedTokens,
  findIn,
  findInDatabase,
  findInLogs,
  findInMails,
  findInOtherMails,
} from "./support/canary";
import { expect, test } from "./support/test";

test("no secret of the run is in a page, a log, an e-mail or a row", async ({ page, sql }) => {
  const person = await makePerson("customer", 1);
  const { requestId } = await submitAll(page, seeded("automatic"), { person });
  await expect(page.getByRole("heading", { name: "Esimerkki Orders is active" })).toBeVisible();
  const canaries = await collectCanaries();
  expect(Object.keys(canaries)).toContain("issued key 0");
  expect(Object.keys(canaries)).toContain("access token 0");
  // Of the journeys that went before, with the other vendors.
  expect(Object.keys(canaries)).toContain("client key 0");
  expect(Object.keys(canaries)).toContain("client's access token 0");
  expect(Object.keys(canaries)).toContain("returned token 0");
  for (const name of ["system token 0", "sign-in code 0", "ticket 0"])
    expect(Object.keys(canaries)).toContain(name);

  await test.step("pages", async () => {
    const found: string[] = [];
    const paths = ["/", "/home", `/requests/${requestId}`, `/api/requests/${requestId}`, "/no-such-page"];
    for (const path of [...paths, "/api/v1/activation-requests/none", `/connect/esimerkki-orders/return`]) {
      for (const headers of [undefined, { RSC: "1" }]) {
        const response = await page.request.get(path, { headers });
        found.push(...findIn(await response.text(), canaries).map((name) => `${path}: ${name}`));
      }
    }
    expect(found).toEqual([]);
  });
  await test.step("logs", async () => expect(await findInLogs(canaries)).toEqual([]));
  await test.step("mails", async () => expect(await findInMails(canaries)).toEqual([]));
  await test.step("rows", async () => expect(await findInDatabase(sql, canaries)).toEqual([]));
});

type Paster = { email: string; company: { name: string }; used: string; revoked: string };

async function makeProcountorPaster(): Promise<Paster> {
  const { vendorIntegrationId } = seeded("automatic");
  const { email, companies } = await makePerson("paster", 2);
  const [company, other] = companies as [Company, Company];
  const used = await sandbox.addKey(vendorIntegrationId, company.id);
  const revoked = await sandbox.addKey(vendorIntegrationId, other.id);
  await sandbox.fault({ revokeKey: { companyId: other.id } });
  return { email, company, used, revoked };
}

async function makeGoPaster(): Promise<Paster> {
  const { email, clients } = await goSandbox.addUser(makeAddress("paster"), 2);
  const [company, other] = clients as [GoClient, GoClient];
  const used = await goSandbox.addKey(company);
  const revoked = await goSandbox.addKey(other);
  await goSandbox.removeInGo(other);
  return { email, company, used, revoked };
}

const PASTED = [
  { vendor: "Procountor", integration: seeded("automatic"), makePaster: makeProcountorPaster },
  { vendor: "PowerOffice Go", integration: seeded("go"), makePaster: makeGoPaster },
];

for (const { vendor, integration, makePaster } of PASTED)
  test(`a key of ${vendor} that is pasted is nowhere in the clear, used or refused`, async ({
    page,
    sql,
  }) => {
    const { email, company, used, revoked } = await makePaster();
    const canaries: Canaries = { used, revoked, wrong: randomUUID() };
    const seen: string[] = [];
    page.on("response", async (response) => {
      const text = await response.text().catch(() => "");
      seen.push(...findIn(`${response.url()} ${text}`, canaries));
    });
    await startSignedOut(page, integration, email);
    for (const key of [canaries.wrong ?? "", revoked]) {
      await pasteKey(page, key);
      await expect(page.getByText(`${vendor} does not accept this key`)).toBeVisible();
      expect(findIn(await page.content(), canaries)).toEqual([]);
    }
    await pasteKey(page, used);
    await confirmCompany(page, company);
    if (page.url().endsWith("/settings")) await continueWithTicked(page);
    await submit(page);
    await expect(page.getByRole("heading", { name: `${integration.name} is active` })).toBeVisible();
    expect(seen).toEqual([]);
    expect(await findInLogs(canaries)).toEqual([]);
    expect(await findInMails(canaries)).toEqual([]);
    expect(await findInDatabase(sql, canaries)).toEqual([]);
  });

test("what lets somebody in is in no log and no row, as it is", async ({ page, sql }) => {
  const person = await makePerson("customer", 1);
  await startSignedOut(page, seeded("form"), person.email);
  const [mail] = await listMail(person.email);
  const link = mail && findPortalLinks(mail).find((url) => url.searchParams.has("token"));
  const session = (await page.context().cookies()).find(({ name }) => name === "kytkin_session");
  const canaries: Canaries = {
    "sign-in link": link?.searchParams.get("token") ?? "",
    session: session?.value ?? "",
  };
  for (const value of Object.values(canaries)) expect(value.length).toBeGreaterThan(20);
  expect(await findInLogs(canaries)).toEqual([]);
  expect(await findInDatabase(sql, canaries)).toEqual([]);
});

test("links in the e-mails of all journeys are in no log, no row and no other e-mail", async ({ sql }) => {
  const tokens = await collectMailedTokens();
  expect(Object.keys(tokens).length).toBeGreaterThan(0);
  expect(await findInLogs(tokens)).toEqual([]);
  expect(await findInDatabase(sql, tokens)).toEqual([]);
  expect(await findInOtherMails(tokens)).toEqual([]);
});

test("the search finds what is there", async ({ sql, victim }) => {
  const known = { address: victim.person.email };
  expect(await findInDatabase(sql, known)).toContain("public.users: address");
  expect(await findInMails(known)).toEqual(["mail: address"]);
  expect(await findInLogs({ words: "worker started" })).toEqual(["worker.log: words"]);
  const body = await (await victim.page.request.get("/home")).text();
  expect(findIn(body, known)).toEqual(["address"]);
  expect(findIn(body, { other: demo().partnerApiKeys.demo })).toEqual([]);
  const basic = Buffer.from(`the-application:${known.address}:more`).toString("base64");
  expect(findIn(`authorization: Basic ${basic}`, known)).toEqual(["address"]);
});
