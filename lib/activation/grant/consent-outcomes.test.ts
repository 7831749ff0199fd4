import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { candidates, tasks, vendorCalls } from "@/db/schema";
import { addColleague, asCustomer, createViewer } from "@/testing/fixtures/account";
import {
  comeBack,
  consent,
  createCustomer,
  createGoWorld,
  depart,
  type GoWorld,
  parseCallback,
  readGrantRow,
  readKeyStates,
} from "@/testing/fixtures/go-world";
import { findDeparture, getVendorReturn } from "./queries";
import { readGrant } from "./read-grant";
import { requestAddress } from "./request-address";
import { returnFromVendor } from "./return-from-vendor";

let world: GoWorld;
beforeAll(async () => {
  world = await createGoWorld();
});
afterEach(() => world.sandbox.reset());
afterAll(() => world.close());

const look = (viewer: Parameters<typeof asCustomer>[1], grantId: string) =>
  asCustomer(world.database, viewer, (tx) => getVendorReturn(tx, viewer, grantId, "en"));

const listTasks = (subjectId: string) =>
  world.database.admin.orm.select().from(tasks).where(eq(tasks.subjectId, subjectId));

test.each([
  ["Canceled", "canceled", false],
  ["ClientNotFound", "client_not_found", true],
  ["NoClientAccess", "no_client_access", true],
  ["IntegrationBlocked", "integration_blocked", true],
  ["Postponed", "unknown_outcome", false],
])("a return with %s ends as %s, says so, and shows the way on", async (status, code, canColleagueHelp) => {
  const { viewer } = await createCustomer(world, 1);
  await world.sandbox.setFaults({ nextReturns: status });
  const grantId = await consent(world, { viewer, clientIds: [], clientNames: [] });
  expect(await look(viewer, grantId)).toMatchObject({
    state: "refused",
    code,
    connectorName: "PowerOffice Go",
    startAgainHref: `/a/${world.integration.linkToken}/environments`,
    handOverHref: canColleagueHelp ? `/a/${world.integration.linkToken}/hand-over` : null,
  });
  expect(world.sandbox.listActive()).toEqual([]);
});

test("a return that says Success without a token is not one", async () => {
  const { viewer } = await createCustomer(world, 1);
  await world.sandbox.setFaults({ loseNextToken: true });
  const grantId = await consent(world, { viewer, clientIds: [], clientNames: [] });
  expect(await look(viewer, grantId)).toMatchObject({ state: "refused", code: "token_missing" });
});

test("a good return opens the grant with the clients by their own ids, and keeps the token nowhere", async () => {
  const customer = await createCustomer(world, 3);
  const grantId = await consent(world, customer);
  expect(await readKeyStates(world, grantId)).toEqual(
    Object.fromEntries(customer.clientIds.map((id) => [id, "held"])),
  );
  expect(await readGrantRow(world, grantId)).toMatchObject({ state: "open", returnToken: null });
  expect(await look(customer.viewer, grantId)).toEqual({
    state: "done",
    linkToken: world.integration.linkToken,
  });
});

test("a repeated callback gives the same grant and trades nothing twice", async () => {
  const { viewer } = await createCustomer(world, 1);
  const { grantId, consentUrl } = await depart(world, viewer);
  const callback = await world.sandbox.consent(consentUrl, viewer.email);
  expect(await comeBack(world, viewer, callback)).toBe(grantId);
  expect(await comeBack(world, viewer, callback)).toBe(grantId);
  await readGrant(world.context, grantId);
  const { calls } = await world.sandbox.readStats();
  expect(calls.filter(({ path }) => path === "/Onboarding/Finalize")).toHaveLength(1);
});

test("a state in other hands, or one that nobody sent, is nobody's; its owner may still come back", async () => {
  const { viewer } = await createCustomer(world, 1);
  const { consentUrl } = await depart(world, viewer);
  const callback = await world.sandbox.consent(consentUrl, viewer.email);
  for (const thief of [await createViewer(world.database), await addColleague(world.database, viewer)])
    await expect(comeBack(world, thief, callback)).rejects.toMatchObject({ code: "not_found" });
  const forged = new URL(callback);
  forged.searchParams.set("state", "x".repeat(43));
  await expect(comeBack(world, viewer, forged)).rejects.toMatchObject({ code: "not_found" });
  expect(await look(viewer, await comeBack(world, viewer, callback))).toMatchObject({ state: "done" });
});

test("a return may come up to an hour after the vendor's address ran out", async () => {
  const { viewer } = await createCustomer(world, 1);
  const { grantId, consentUrl } = await depart(world, viewer);
  const callback = await world.sandbox.consent(consentUrl, viewer.email);
  const runOut = (minutes: number) => world.database.admin.sql`
    update grants set expires_at = now() - make_interval(mins => ${minutes}) where id = ${grantId}`;
  await runOut(61);
  await expect(comeBack(world, viewer, callback)).rejects.toMatchObject({ code: "gone" });
  await runOut(59);
  expect(await comeBack(world, viewer, callback)).toBe(grantId);
});

test("a callback without our state is not looked at", async () => {
  const callback = new URL(
    "https://portal.example/connect/esimerkki-go-invoices/return?status=Success&token=12345678",
  );
  expect(await parseCallback(world, callback)).toMatchObject({ kind: "ended", because: "not_understood" });
});

test("a state returns to its own integration alone", async () => {
  const { viewer } = await createCustomer(world, 1);
  const { consentUrl } = await depart(world, viewer);
  const returned = await parseCallback(world, await world.sandbox.consent(consentUrl, viewer.email));
  if (!returned) throw new Error("nothing returned");
  await expect(
    asCustomer(world.database, viewer, (tx) =>
      returnFromVendor(tx, viewer, { ...returned, slug: "another" }),
    ),
  ).rejects.toMatchObject({ code: "not_found" });
});

test("the address is shown to its customer until it runs out, and asking twice changes nothing", async () => {
  const { viewer } = await createCustomer(world, 1);
  const { grantId, consentUrl } = await depart(world, viewer);
  const { draftId } = await readGrantRow(world, grantId);
  const departure = () =>
    asCustomer(world.database, viewer, (tx) => findDeparture(tx, draftId ?? "", grantId));
  expect(await departure()).toEqual({ state: "ready", connectorName: "PowerOffice Go", url: consentUrl });
  await requestAddress(world.context, grantId);
  expect((await readGrantRow(world, grantId)).consentUrl).toBe(consentUrl);
  const thief = await createViewer(world.database);
  expect(
    await asCustomer(world.database, thief, (tx) => findDeparture(tx, draftId ?? "", grantId)),
  ).toBeNull();
});

test("a vendor that refuses to be asked leaves words, one that is away is asked again", async () => {
  const { viewer } = await createCustomer(world, 1);
  await world.sandbox.setFaults({ failNext: { path: "/Onboarding/Initiate", status: 503 } });
  await expect(depart(world, viewer)).rejects.toMatchObject({ kind: "unavailable" });
  await world.sandbox.setFaults({ failNext: { path: "/Onboarding/Initiate", status: 400 } });
  const { grantId } = await depart(world, viewer);
  const { draftId } = await readGrantRow(world, grantId);
  expect(
    await asCustomer(world.database, viewer, (tx) => findDeparture(tx, draftId ?? "", grantId)),
  ).toMatchObject({
    state: "refused",
    vendorAnswer: { operation: "POST /Onboarding/Initiate", status: 400, messages: ["Failed on purpose"] },
  });
});

test("the answer with the keys is lost: it is never asked for again, and a new consent brings them", async () => {
  const customer = await createCustomer(world, 2);
  await world.sandbox.setFaults({ loseAnswerNext: { path: "/Onboarding/Finalize" } });
  const lost = await consent(world, customer);
  expect(await look(customer.viewer, lost)).toMatchObject({ state: "refused", code: "answer_lost" });
  expect(await listTasks(lost)).toMatchObject([{ kind: "granted_keys_lost", resolvedAt: null }]);
  const again = await consent(world, customer);
  expect(Object.values(await readKeyStates(world, again))).toEqual(["held", "held"]);
});

test("a process that died while trading does not trade again", async () => {
  const { viewer } = await createCustomer(world, 1);
  const { grantId, consentUrl } = await depart(world, viewer);
  const journalled = { connector: "poweroffice-go", stage: "test", vendorRequest: grantId, verb: "redeem" };
  await world.database.admin.orm
    .insert(vendorCalls)
    .values({ ...journalled, bodyHash: "0", state: "sent", sentAt: new Date(Date.now() - 3600_000) });
  await comeBack(world, viewer, await world.sandbox.consent(consentUrl, viewer.email));
  expect(await look(viewer, grantId)).toMatchObject({ state: "refused", code: "answer_lost" });
  expect(world.sandbox.listActive()).toEqual([]);
});

test("trouble while the clients are read keeps the keys, and reading goes on where it was", async () => {
  const customer = await createCustomer(world, 2);
  const { grantId, consentUrl } = await depart(world, customer.viewer);
  const callback = await world.sandbox.consent(consentUrl, customer.viewer.email);
  await world.sandbox.setFaults({ failNext: { path: "/ClientIntegrationInformation", status: 503 } });
  await expect(comeBack(world, customer.viewer, callback)).rejects.toMatchObject({ kind: "unavailable" });
  expect(await look(customer.viewer, grantId)).toMatchObject({
    state: "reading",
    vendorAnswer: { operation: "GET /ClientIntegrationInformation", status: 503 },
  });
  await readGrant(world.context, grantId);
  expect((await readGrantRow(world, grantId)).vendorAnswer).toBeNull();
  expect(await readKeyStates(world, grantId)).toEqual(
    Object.fromEntries(customer.clientIds.map((id) => [id, "held"])),
  );
});

test("a company without a key that works is named, and is none to pick from", async () => {
  const customer = await createCustomer(world, 3);
  const [keyless = "", dead = "", fine = ""] = customer.clientIds;
  await world.sandbox.setFaults({ withholdNextKey: keyless });
  const { grantId, consentUrl } = await depart(world, customer.viewer);
  const callback = await world.sandbox.consent(consentUrl, customer.viewer.email);
  // Between the answer with the keys and their first use.
  await world.sandbox.setFaults({
    failNext: { path: "/ClientIntegrationInformation", status: 503, times: 3 },
  });
  await expect(comeBack(world, customer.viewer, callback)).rejects.toMatchObject({ kind: "unavailable" });
  await world.sandbox.setFaults({ clear: true, removeInGo: dead });
  await readGrant(world.context, grantId);
  expect(Object.keys(await readKeyStates(world, grantId))).toEqual([fine]);
  expect((await readGrantRow(world, grantId)).withoutKey).toEqual(customer.clientNames.slice(0, 2));
  // It may work at the vendor, and nobody has it.
  expect(await listTasks(grantId)).toMatchObject([{ kind: "granted_keys_lost", resolvedAt: null }]);
});

test("where no company came with a key, they are named, and it is not said that none was picked", async () => {
  const customer = await createCustomer(world, 1);
  await world.sandbox.setFaults({ withholdNextKey: customer.clientIds });
  const grantId = await consent(world, customer);
  expect(await look(customer.viewer, grantId)).toMatchObject({
    state: "refused",
    code: "not_read",
    withoutKey: customer.clientNames,
  });
});

test("a client without the module can be seen and not picked", async () => {
  const viewer = await createViewer(world.database, "accountant@example.com");
  const { consentUrl } = await depart(world, viewer);
  const grantId = await comeBack(world, viewer, await world.sandbox.consent(consentUrl, viewer.email));
  const rows = await asCustomer(world.database, viewer, (tx) => tx.select().from(candidates));
  expect(rows).toHaveLength(24);
  expect(rows.filter(({ productFit }) => productFit === "wrong").map(({ name }) => name)).toEqual([
    "Solvik Småbåt AS",
  ]);
  expect(rows.every((row) => row.grantId === grantId && row.businessId !== null)).toBe(true);
});
