import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog, connections, sealedSecrets } from "@/db/schema";
import { releaseGrant } from "@/lib/activation/grant/release-grant";
import {
  listUnverifiedConnections,
  settleActivationRequest,
} from "@/lib/activation/request/settle-activation-request";
import { reviveRequests } from "@/lib/activation/request/sweep-requests";
import type { Viewer } from "@/lib/people/account/schema";
import { asSystem } from "@/lib/platform/worker-context";
import { createViewer } from "@/testing/fixtures/account";
import { createCustomer, createGoWorld, type GoWorld } from "@/testing/fixtures/go-world";
import { only } from "@/testing/fixtures/only";
import {
  activate,
  beginDraft,
  confirmAndSubmit,
  type PasteWorld,
  paste,
  pasteAndCheck,
  readPastedGrant,
  readPastedKey,
} from "@/testing/fixtures/pasted-key";
import { readStates } from "@/testing/fixtures/request";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { checkPastedKey, giveUpCheck } from "./check-pasted-key";
import { forgetPastedKeys } from "./forget-pasted-keys";

const RIGHTS: Record<string, string> = {
  "sales.salesOrGroupInvoices": "ALL_RIGHTS",
  "sales.salesInvoiceSearch": "VIEWING_RIGHTS",
  "sales.customerRegister": "ALL_RIGHTS",
  "sales.productRegister": "ALL_RIGHTS",
};
const OTHER_PRODUCT = 15519;

let procountor: VendorWorld;
let go: GoWorld;
let viewer: Viewer;
let draftId: string;
beforeAll(async () => {
  const rights = Object.entries(RIGHTS).map(([path, level]) => ({ path, level, reason: "It needs it." }));
  const technicalUser = { username: "Esimerkki Orders API", rights };
  [procountor, go] = await Promise.all([createVendorWorld({ technicalUser }), createGoWorld()]);
});
afterAll(async () => {
  await procountor.close();
  await go.close();
});
beforeEach(async () => {
  viewer = await createViewer(procountor.database);
  draftId = await beginDraft(procountor, viewer);
});

let nextCompany = 15524;
const takeCompany = () => nextCompany++;
const tryKey = (key: string) => pasteAndCheck(procountor, viewer, { draftId }, key);
const listConnections = (world: PasteWorld, requestId: string) => () =>
  listUnverifiedConnections(world.context, requestId);

describe("Procountor", () => {
  test("a key of a user made by hand leads to its company, and is activated without a word to the vendor", async () => {
    const companyId = takeCompany();
    const key = await procountor.sandbox.addKey({ companyId });
    expect(await tryKey(key)).toMatchObject({ state: "accepted", sealedKey: null });
    const { grant, candidate } = await readPastedGrant(procountor, draftId);
    expect(grant).toMatchObject({ keysFrom: "customer", state: "open", accountId: viewer.accountId });
    expect(candidate).toMatchObject({ externalId: String(companyId), keyState: "held", existing: "manual" });

    const requestId = await confirmAndSubmit(procountor, viewer);
    await activate(procountor, requestId, listConnections(procountor, requestId));
    expect(await readStates(procountor.database, requestId)).toEqual({ [companyId]: "active" });
    const [connection] = await procountor.database.admin.orm
      .select()
      .from(connections)
      .where(eq(connections.accountId, viewer.accountId));
    expect(connection).toMatchObject({ state: "active", keySource: "pasted", attention: null });
    // No request of the vendor's waits for an answer: nothing is left to tell it.
    await settleActivationRequest(procountor.context, requestId);
    const revived = await asSystem(procountor.context, "test", (tx) =>
      reviveRequests(tx, new Date(Date.now() + 3600_000)),
    );
    expect(revived).toBe(0);
    const puts = (await procountor.sandbox.listCalls()).filter(({ method }) => method === "PUT");
    expect(puts).toEqual([]);
  });

  test("a wrong key, a revoked one and one made for another integration are refused alike", async () => {
    const companyId = takeCompany();
    const revoked = await procountor.sandbox.addKey({ companyId });
    await procountor.sandbox.setFaults({ revokeKey: { companyId } });
    const ofOther = await procountor.sandbox.addKey({
      companyId: takeCompany(),
      vendorIntegrationId: "esimerkki-reports",
    });
    for (const key of ["nobody-has-this-key-0001", revoked, ofOther])
      expect(await tryKey(key)).toEqual({
        state: "refused",
        refusedBecause: "not_accepted",
        finding: {},
        sealedKey: null,
      });
  });

  test("what the user may not do is named, and the same key passes once it may", async () => {
    const companyId = takeCompany();
    const { "sales.customerRegister": _, ...rights } = RIGHTS;
    const key = await procountor.sandbox.addKey({ companyId, rights });
    await procountor.sandbox.setFaults({ technicalUserRights: { [companyId]: rights } });
    expect(await tryKey(key)).toMatchObject({
      refusedBecause: "rights_missing",
      finding: { rights: [{ path: "sales.customerRegister", level: "ALL_RIGHTS" }] },
    });
    await procountor.sandbox.setFaults({ technicalUserRights: { [companyId]: null } });
    const user = procountor.sandbox.getState().technicalUsers.find(({ apiKey }) => apiKey === key);
    Object.assign(user ?? {}, { rights: RIGHTS });
    expect(await tryKey(key)).toMatchObject({ state: "accepted" });
  });

  test("a person's key and a company with another product are refused", async () => {
    const rights = { ...RIGHTS, "user.blockSoloLoginToProcountor": "false" };
    const person = await procountor.sandbox.addKey({ companyId: takeCompany(), role: "Customised", rights });
    expect(await tryKey(person)).toMatchObject({ refusedBecause: "natural_person" });
    const other = await procountor.sandbox.addKey({ companyId: OTHER_PRODUCT });
    expect(await tryKey(other)).toMatchObject({ refusedBecause: "wrong_product" });
  });

  test("a company that is in use is told to its own account, and not whose it is to another", async () => {
    const key = await procountor.sandbox.addKey({ companyId: takeCompany() });
    await tryKey(key);
    const requestId = await confirmAndSubmit(procountor, viewer);
    const again = { draftId: await beginDraft(procountor, viewer) };
    expect(await pasteAndCheck(procountor, viewer, again, key)).toMatchObject({
      refusedBecause: "in_progress_here",
      finding: { requestId },
    });
    await activate(procountor, requestId, listConnections(procountor, requestId));
    expect(await pasteAndCheck(procountor, viewer, again, key)).toMatchObject({
      refusedBecause: "in_use_here",
      finding: { requestId },
    });
    const stranger = await createViewer(procountor.database);
    const theirs = { draftId: await beginDraft(procountor, stranger) };
    expect(await pasteAndCheck(procountor, stranger, theirs, key)).toMatchObject({
      refusedBecause: "in_use_elsewhere",
      finding: {},
    });
  });

  test("one key is looked at at a time, and one that was looked at is not again", async () => {
    const key = await procountor.sandbox.addKey({ companyId: takeCompany() });
    const id = await paste(procountor, viewer, { draftId }, key);
    await expect(paste(procountor, viewer, { draftId }, key)).rejects.toMatchObject({ code: "conflict" });
    await checkPastedKey(procountor.context, id);
    await checkPastedKey(procountor.context, id);
    expect(await readPastedGrant(procountor, draftId)).toMatchObject({ grant: { state: "open" } });
  });

  test("a vendor that does not answer is asked again by the job; what is given up or forgotten keeps no key", async () => {
    const key = await procountor.sandbox.addKey({ companyId: takeCompany() });
    await procountor.sandbox.setFaults({ failNext: { path: "/company", status: 503 } });
    const id = await paste(procountor, viewer, { draftId }, key);
    await expect(checkPastedKey(procountor.context, id)).rejects.toMatchObject({ kind: "unavailable" });
    await giveUpCheck(procountor.context, id, "it did not answer");
    expect(await readPastedKey(procountor, id)).toMatchObject({
      refusedBecause: "vendor_unavailable",
      sealedKey: null,
    });
    const left = await paste(procountor, viewer, { draftId }, key);
    const sweepAt = (now: Date) => asSystem(procountor.context, "test", (tx) => forgetPastedKeys(tx, now));
    expect(await sweepAt(new Date())).toBe(0);
    expect(await sweepAt(new Date(Date.now() + 2 * 3600_000))).toBe(1);
    expect(await readPastedKey(procountor, left)).toMatchObject({ refusedBecause: "not_checked" });
  });

  test("a grant that is given up forgets the key and leaves it alive at the vendor", async () => {
    const key = await procountor.sandbox.addKey({ companyId: takeCompany() });
    await tryKey(key);
    const { grant, candidate } = await readPastedGrant(procountor, draftId);
    const calls = (await procountor.sandbox.listCalls()).length;
    await releaseGrant(procountor.context, grant.id);
    expect((await procountor.sandbox.listCalls()).length).toBe(calls);
    expect(await readPastedGrant(procountor, draftId)).toMatchObject({
      grant: { state: "released" },
      candidate: { id: candidate.id, keyState: "released" },
    });
    const { orm } = procountor.database.admin;
    expect(await orm.select().from(sealedSecrets).where(eq(sealedSecrets.ownerId, grant.id))).toEqual([]);
    expect(await tryKey(key)).toMatchObject({ state: "accepted" });
  });

  test("the audit says who pasted and how it ended, never what", async () => {
    const key = await procountor.sandbox.addKey({ companyId: takeCompany() });
    await tryKey(key);
    const { orm } = procountor.database.admin;
    const rows = await orm.select().from(auditLog).where(eq(auditLog.accountId, viewer.accountId));
    const own = rows.filter(({ action }) => action.startsWith("key."));
    expect(own.map(({ action, outcome }) => `${action} ${outcome}`).sort()).toEqual([
      "key.check done",
      "key.paste done",
    ]);
    expect(JSON.stringify(rows)).not.toContain(key);
  });
});

describe("PowerOffice Go", () => {
  test("the client key of an extension added by hand is activated; given up, the extension stays", async () => {
    const { viewer: owner, clientIds } = await createCustomer(go, 2);
    const [clientId = "", other = ""] = clientIds;
    const target = { draftId: await beginDraft(go, owner) };
    const abandoned = await pasteAndCheck(go, owner, target, await go.sandbox.addKey(other));
    expect(abandoned).toMatchObject({ state: "accepted" });
    const first = await readPastedGrant(go, target.draftId);

    const key = await go.sandbox.addKey(clientId);
    expect(await pasteAndCheck(go, owner, target, key)).toMatchObject({ state: "accepted" });
    await releaseGrant(go.context, first.grant.id);
    expect(go.sandbox.listActive()).toContain(other);
    const requestId = await confirmAndSubmit(go, owner);
    await activate(go, requestId, listConnections(go, requestId));
    expect(await readStates(go.database, requestId)).toEqual({ [clientId]: "active" });
    expect(only(await go.database.admin.orm.select().from(connections))).toMatchObject({
      keySource: "pasted",
      state: "active",
    });
  });

  test("a wrong key and an inactive one are refused with the vendor's words", async () => {
    const { viewer: owner, clientIds } = await createCustomer(go, 1);
    const [clientId = ""] = clientIds;
    const target = { draftId: await beginDraft(go, owner) };
    const inactive = await go.sandbox.addKey(clientId);
    await go.sandbox.setFaults({ removeInGo: clientId });
    for (const key of ["00000000-0000-4000-8000-000000000000", inactive])
      expect(await pasteAndCheck(go, owner, target, key)).toMatchObject({ refusedBecause: "not_accepted" });
  });

  test("privileges that the integration lacks are named", async () => {
    const { viewer: owner, clientIds } = await createCustomer(go, 1);
    const [clientId = ""] = clientIds;
    const target = { draftId: await beginDraft(go, owner) };
    await go.sandbox.setFaults({ withheldPrivileges: ["Product_Full"] });
    const refused = await pasteAndCheck(go, owner, target, await go.sandbox.addKey(clientId));
    await go.sandbox.setFaults({ withheldPrivileges: [] });
    expect(refused).toMatchObject({
      refusedBecause: "rights_missing",
      finding: { rights: [{ path: "Product", level: "Full" }] },
    });
  });
});
