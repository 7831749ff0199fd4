import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { auditLog, pastedKeys, vendorApplications } from "@/db/schema";
import { withScope } from "@/db/scope";
import { parseVendorReturn } from "@/lib/activation/grant/parse-vendor-return";
import { openReturn, sealReturn } from "@/lib/activation/grant/seal-return";
import type { Viewer } from "@/lib/people/account/schema";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { beginDraft, readPastedGrant, readPastedKey } from "@/testing/fixtures/pasted-key";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { beginKeyLogin } from "./begin-key-login";
import { checkPastedKey, giveUpCheck } from "./check-pasted-key";
import { ensureIntakeKey } from "./ensure-intake-key";
import { finishKeyLogin } from "./finish-key-login";
import { type KeyLoginState, openKeyLogin } from "./key-login-state";
import type { PasteTarget } from "./paste-key";
import { canLogInForKey } from "./rules";

const SECRET = "a-secret-of-the-web-process-0001";
const RIGHTS = [
  { path: "sales.salesOrGroupInvoices", level: "ALL_RIGHTS", reason: "It makes invoices." },
  { path: "sales.customerRegister", level: "ALL_RIGHTS", reason: "It adds customers." },
];

let world: VendorWorld;
let viewer: Viewer;
let draftId: string;
let target: PasteTarget;
beforeAll(async () => {
  world = await createVendorWorld({ technicalUser: { username: "Esimerkki Orders API", rights: RIGHTS } });
  await ensureIntakeKey(world.context);
});
afterAll(() => world.close());
beforeEach(async () => {
  viewer = await createViewer(world.database);
  draftId = await beginDraft(world, viewer);
  target = { draftId };
});

let nextCompany = 15501;

async function begin(who = viewer, wanted = target): Promise<URL> {
  const { integrationId } = world.integration;
  return asCustomer(world.database, who, (tx) =>
    beginKeyLogin(tx, who, { integrationId, target: wanted }, SECRET),
  );
}

/** Logs in at the vendor and comes back, through the cookie: what the return means. */
async function comeBack(address: URL, user?: "person"): Promise<{ state: KeyLoginState; code: string }> {
  const back = await world.sandbox.logInForKey(address, { companyId: nextCompany++, user });
  const { slug } = world.integration;
  const returned = await withScope(world.database.web, { kind: "public" }, (tx) =>
    parseVendorReturn(tx, slug, back.searchParams),
  );
  const opened = returned && openReturn(SECRET, sealReturn(SECRET, returned));
  if (opened?.kind !== "key_login" || opened.code === null) throw new Error("no login came back");
  const state = openKeyLogin(SECRET, opened.state);
  if (!state) throw new Error("not our state");
  return { state, code: opened.code };
}

const finish = (who: Viewer, { state, code }: { state: KeyLoginState; code: string }) =>
  asCustomer(world.database, who, (tx) => finishKeyLogin(tx, who, state, code));

test("a login leads to its company like a pasted key, and coming back twice to the same one", async () => {
  const login = await comeBack(await begin());
  const path = await finish(viewer, login);
  const { pastedKeyId } = login.state;
  expect(path).toBe(`/a/${world.integration.linkToken}/key/${pastedKeyId}`);
  expect(await finish(viewer, login)).toBe(path);
  await checkPastedKey(world.context, pastedKeyId);
  expect(await readPastedKey(world, pastedKeyId)).toMatchObject({ state: "accepted", sealedKey: null });
  const { grant, candidate } = await readPastedGrant(world, draftId);
  expect(grant).toMatchObject({ keysFrom: "customer", state: "open", accountId: viewer.accountId });
  expect(candidate).toMatchObject({ keyState: "held", existing: "manual" });
  const audit = await world.database.admin.orm
    .select()
    .from(auditLog)
    .where(eq(auditLog.accountId, viewer.accountId));
  expect(JSON.stringify(audit)).not.toContain(login.code);
});

test("somebody else's login is nobody's, and one for a draft that is gone leads nowhere", async () => {
  const login = await comeBack(await begin());
  const stranger = await createViewer(world.database);
  await expect(finish(stranger, login)).rejects.toMatchObject({ code: "not_found" });
  const foreign = { ...login, state: { ...login.state, userId: stranger.userId } };
  await expect(finish(stranger, foreign)).rejects.toMatchObject({ code: "not_found" });
});

test("a person's key is refused, and so is a code that was traded already", async () => {
  const person = await comeBack(await begin(), "person");
  await finish(viewer, person);
  await checkPastedKey(world.context, person.state.pastedKeyId);
  expect(await readPastedKey(world, person.state.pastedKeyId)).toMatchObject({
    refusedBecause: "natural_person",
  });

  const address = await begin();
  const again = { ...(await comeBack(address)), code: person.code };
  await finish(viewer, again);
  await checkPastedKey(world.context, again.state.pastedKeyId);
  expect(await readPastedKey(world, again.state.pastedKeyId)).toMatchObject({
    state: "refused",
    refusedBecause: "login_failed",
    sealedKey: null,
  });
});

test("an answer that is lost after the code was taken is not asked for again", async () => {
  const login = await comeBack(await begin());
  await finish(viewer, login);
  await world.sandbox.setFaults({ loseAnswerNext: { method: "POST", path: "/oauth/key" } });
  await checkPastedKey(world.context, login.state.pastedKeyId);
  expect(await readPastedKey(world, login.state.pastedKeyId)).toMatchObject({
    refusedBecause: "login_failed",
  });
  const trades = (await world.sandbox.listCalls()).filter(({ path }) => path === "/oauth/key");
  expect(trades.at(-1)).toMatchObject({ status: null });
});

test("while the vendor fails the key of the login is kept, encrypted, and is not traded for twice", async () => {
  const login = await comeBack(await begin());
  await finish(viewer, login);
  const { pastedKeyId } = login.state;
  const before = await readPastedKey(world, pastedKeyId);
  await world.sandbox.setFaults({ failNext: { method: "GET", path: "/company", status: 503, times: 1 } });
  await expect(checkPastedKey(world.context, pastedKeyId)).rejects.toMatchObject({ kind: "unavailable" });
  const between = await readPastedKey(world, pastedKeyId);
  expect(between.state).toBe("checking");
  expect(between.sealedKey).not.toBe(before.sealedKey);
  await checkPastedKey(world.context, pastedKeyId);
  expect(await readPastedKey(world, pastedKeyId)).toMatchObject({ state: "accepted" });
  await giveUpCheck(world.context, pastedKeyId, "too late");
  expect(await readPastedKey(world, pastedKeyId)).toMatchObject({ state: "accepted" });
});

test("a state that was changed, is another installation's or an hour old is none", async () => {
  const sealed = (await begin()).searchParams.get("state") ?? "";
  expect(openKeyLogin(SECRET, sealed)).toMatchObject({ userId: viewer.userId, target });
  expect(openKeyLogin(SECRET, `${sealed.slice(0, -2)}AA`)).toBeNull();
  expect(openKeyLogin("another-secret", sealed)).toBeNull();
  expect(openKeyLogin(SECRET, sealed, Date.now() + 61 * 60_000)).toBeNull();
});

test("a login is offered where the registered return address is the integration's own here", async () => {
  const { slug, vendorApplicationId } = world.integration;
  expect(canLogInForKey({ redirectUri: `https://portal.example/connect/${slug}/return` }, slug)).toBe(true);
  for (const redirectUri of [undefined, "", "no address", "https://app.example/oauth/callback"])
    expect(canLogInForKey({ redirectUri }, slug), redirectUri).toBe(false);
  const { orm } = world.database.admin;
  const isOfWorld = eq(vendorApplications.id, vendorApplicationId);
  const [{ settings } = { settings: {} }] = await orm.select().from(vendorApplications).where(isOfWorld);
  await orm
    .update(vendorApplications)
    .set({ settings: { ...settings, redirectUri: "https://app.example/oauth/callback" } })
    .where(isOfWorld);
  await expect(begin()).rejects.toMatchObject({ code: "not_found" });
  await orm.update(vendorApplications).set({ settings }).where(isOfWorld);
  expect(await orm.select().from(pastedKeys).where(eq(pastedKeys.accountId, viewer.accountId))).toEqual([]);
});
