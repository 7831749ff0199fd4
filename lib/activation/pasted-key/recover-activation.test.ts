import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connections, tasks } from "@/db/schema";
import { sendDecisionToVendor } from "@/lib/activation/request/send-decision-to-vendor";
import {
  listUnverifiedConnections,
  settleActivationRequest,
} from "@/lib/activation/request/settle-activation-request";
import { verifyConnection } from "@/lib/connection/lifecycle/verify-connection";
import type { Viewer } from "@/lib/people/account/schema";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { only } from "@/testing/fixtures/only";
import { beginDraft, pasteAndCheck } from "@/testing/fixtures/pasted-key";
import { readEvents, readRequest } from "@/testing/fixtures/request";
import { createVendorWorld, submitToVendor, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { getActivationToRecover } from "./queries";

const RIGHTS: Record<string, string> = {
  "sales.salesOrGroupInvoices": "ALL_RIGHTS",
  "sales.salesInvoiceSearch": "VIEWING_RIGHTS",
  "sales.customerRegister": "ALL_RIGHTS",
  "sales.productRegister": "ALL_RIGHTS",
};

let world: VendorWorld;
beforeAll(async () => {
  const rights = Object.entries(RIGHTS).map(([path, level]) => ({ path, level, reason: "It needs it." }));
  world = await createVendorWorld({ technicalUser: { username: "Esimerkki Orders API", rights } });
});
afterAll(() => world.close());

let nextCompany = 15524;
let companyId: number;
beforeEach(() => {
  companyId = nextCompany++;
});

type Lost = { viewer: Viewer; requestId: string; activationId: string };

/** Submitted and told to the vendor; gives the one activation. */
async function tell(): Promise<Lost> {
  const { requestId, viewer } = await submitToVendor(world, [companyId]);
  await sendDecisionToVendor(world.context, requestId);
  const { activations } = await readRequest(world.database, requestId);
  return { viewer, requestId, activationId: only(activations).id };
}

/** The vendor made the technical user, and its answer with the key was lost. */
async function loseAnswer(): Promise<Lost> {
  await world.sandbox.setFaults({ loseAnswerNext: true });
  const lost = await tell();
  await settleActivationRequest(world.context, lost.requestId);
  return lost;
}

/** Active, until its key was revoked and a check found that. */
async function loseKey(): Promise<Lost & { connectionId: string }> {
  const told = await tell();
  const connectionId = only(await listUnverifiedConnections(world.context, told.requestId));
  await verifyConnection(world.context, connectionId);
  await world.sandbox.setFaults({ revokeKey: { companyId } });
  await verifyConnection(world.context, connectionId);
  return { ...told, connectionId };
}

const keyAtVendor = (): string =>
  only(world.sandbox.getState().technicalUsers.filter((user) => user.companyId === companyId)).apiKey;
const readConnection = async (activationId: string) =>
  only(
    await world.database.admin.orm
      .select()
      .from(connections)
      .where(eq(connections.activationId, activationId)),
  );
const readActivation = async (requestId: string) =>
  only((await readRequest(world.database, requestId)).activations);
const readRecovery = async ({ viewer, activationId }: Lost) => {
  const { isWanted, isChecking } = await asCustomer(world.database, viewer, (tx) =>
    getActivationToRecover(tx, activationId, "en"),
  );
  return { isWanted, isChecking };
};

test("an activation whose answer was lost becomes active with the key that the vendor made, and its task is closed", async () => {
  const lost = await loseAnswer();
  const { viewer, requestId, activationId } = lost;
  expect(await readActivation(requestId)).toMatchObject({ state: "failed", failureReason: "needs_recovery" });
  expect(await readRecovery(lost)).toEqual({ isWanted: true, isChecking: false });
  expect(await pasteAndCheck(world, viewer, { activationId }, keyAtVendor())).toMatchObject({
    state: "accepted",
    sealedKey: null,
  });
  expect(await readActivation(requestId)).toMatchObject({
    state: "active",
    failureReason: null,
    isOccupying: true,
  });
  const connection = await readConnection(activationId);
  expect(connection).toMatchObject({ attention: "verification_pending", keySource: "pasted" });
  expect(await readEvents(world.database, connection.id)).toEqual(["connection/check.wanted"]);
  expect(await readRecovery(lost)).toEqual({ isWanted: false, isChecking: true });
  await verifyConnection(world.context, connection.id);
  expect(await readConnection(activationId)).toMatchObject({ state: "active", attention: null });
  const [task] = await world.database.admin.orm.select().from(tasks).where(eq(tasks.subjectId, activationId));
  expect(task).toMatchObject({ kind: "answer_lost", resolvedAt: expect.any(Date), resolvedBy: null });
  expect(await readRecovery(lost)).toEqual({ isWanted: false, isChecking: false });
});

test("a connection whose key was revoked takes a new one, and is checked with it", async () => {
  const lost = await loseKey();
  const { viewer, activationId, connectionId } = lost;
  expect(await readConnection(activationId)).toMatchObject({ attention: "credential_refused" });
  const key = await world.sandbox.addKey({ companyId });
  expect(await pasteAndCheck(world, viewer, { activationId }, key)).toMatchObject({ state: "accepted" });
  expect(await readRecovery(lost)).toEqual({ isWanted: false, isChecking: true });
  await verifyConnection(world.context, connectionId);
  expect(await readConnection(activationId)).toMatchObject({
    id: connectionId,
    state: "active",
    keySource: "pasted",
  });
});

test("the key of another company is refused and named; the dead one is refused too; nothing changes", async () => {
  const { viewer, activationId } = await loseKey();
  const dead = keyAtVendor();
  const other = await world.sandbox.addKey({ companyId: nextCompany++ });
  expect(await pasteAndCheck(world, viewer, { activationId }, other)).toMatchObject({
    refusedBecause: "other_company",
    finding: { environmentName: expect.stringMatching(/\S/) },
  });
  expect(await pasteAndCheck(world, viewer, { activationId }, dead)).toMatchObject({
    refusedBecause: "not_accepted",
  });
  expect(await readConnection(activationId)).toMatchObject({ attention: "credential_refused" });
});

test("what works, or what somebody has activated anew, takes no key", async () => {
  const told = await tell();
  const connectionId = only(await listUnverifiedConnections(world.context, told.requestId));
  await verifyConnection(world.context, connectionId);
  const { viewer, activationId } = told;
  expect(await pasteAndCheck(world, viewer, { activationId }, keyAtVendor())).toMatchObject({
    refusedBecause: "not_wanted",
  });

  companyId = nextCompany++;
  const lost = await loseAnswer();
  const key = keyAtVendor();
  const draftId = await beginDraft(world, lost.viewer);
  expect(await pasteAndCheck(world, lost.viewer, { draftId }, key)).toMatchObject({ state: "accepted" });
});

test("nobody pastes a key for an activation of somebody else", async () => {
  const { activationId } = await loseAnswer();
  const stranger = await createViewer(world.database);
  const target = { activationId };
  await expect(pasteAndCheck(world, stranger, target, keyAtVendor())).rejects.toMatchObject({
    cause: { code: "42501" },
  });
  await expect(
    asCustomer(world.database, stranger, (tx) => getActivationToRecover(tx, activationId, "en")),
  ).rejects.toMatchObject({ code: "not_found" });
});
