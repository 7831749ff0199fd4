import { demo } from "../support/demo";
import { start, submitAll } from "../support/flow";
import { seeded } from "../support/integration";
import { findPortalLinks, listMail } from "../support/mail";
import { makePerson } from "../support/person";
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
  // Of the journeys that went before, with both vendors.
  expect(Object.keys(canaries)).toContain("client key 0");
  expect(Object.keys(canaries)).toContain("client's access token 0");
  expect(Object.keys(canaries)).toContain("returned token 0");

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

test("what lets somebody in is in no log and no row, as it is", async ({ page, sql }) => {
  const person = await makePerson("customer", 1);
  await start(page, seeded("form"), person.email);
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
});
