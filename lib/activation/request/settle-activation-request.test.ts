import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { activations, invitations, outboxMails, users } from "@/db/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { removeMember } from "@/lib/people/membership/remove-member";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createAccount } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { createRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { getRequestView } from "./queries";
import { settleActivationRequest } from "./settle-activation-request";

let database: TestDatabase;
let context: WorkerContext;
let integration: TestIntegration;
let submitter: Viewer;
let longest: Viewer;
let newest: Viewer;
let requestId: string;
let draftId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  integration = await createIntegration(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  const name = crypto.randomUUID();
  const emails = ["submitter", "longest", "newest"].map((who) => `${who}-${name}@example.com`);
  const [first, second, third] = await createAccount(database, emails);
  if (!first || !second || !third) throw new Error("three members");
  [submitter, longest, newest] = [first, second, third];
  const created = await createRequest(database, submitter, integration);
  requestId = created.requestId;
  draftId = created.draft.id;
});

async function settle(): Promise<void> {
  await database.admin.orm
    .update(activations)
    .set({ state: "rejected", rejectionReason: "No.", isOccupying: false })
    .where(eq(activations.requestId, requestId));
  await settleActivationRequest(context, requestId);
}
const remove = (by: Viewer, who: Viewer) =>
  asCustomer(database, by, (tx) => removeMember(tx, by, who.userId));
const listMails = async () => {
  const rows = await database.admin.orm
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.subjectId, requestId))
    .orderBy(outboxMails.id);
  return rows.map(({ kind, recipient, locale }) => [kind, recipient, locale]);
};
const readView = (by: Viewer) => asCustomer(database, by, (tx) => getRequestView(tx, requestId, "en"));

test("whoever submitted is told, in the language that they submitted in", async () => {
  await database.admin.orm.update(users).set({ locale: "fi" }).where(eq(users.id, submitter.userId));
  await settle();
  expect(await listMails()).toEqual([["request_settled", submitter.email, "en"]]);
});

test("whoever was taken out of the account meanwhile is not told, the longest there is", async () => {
  await database.admin.orm.update(users).set({ locale: "fi" }).where(eq(users.id, longest.userId));
  await remove(newest, submitter);
  expect(await readView(newest), "while it runs").toMatchObject({
    notifiedEmail: longest.email,
    submittedBy: submitter.email,
  });
  await settle();
  expect(await listMails()).toEqual([["request_settled", longest.email, "fi"]]);
  await remove(newest, longest);
  expect(await readView(newest), "once it is out").toMatchObject({
    notifiedEmail: longest.email,
    submittedBy: submitter.email,
  });
});

test("whoever handed the request over and is told in place of who left gets no copy beside it", async () => {
  const sent = { accountId: submitter.accountId, email: submitter.email, draftId, expiresAt: new Date() };
  await database.admin.orm.insert(invitations).values({
    ...sent,
    state: "accepted",
    invitedBy: longest.userId,
    acceptedBy: submitter.userId,
    endedAt: new Date(),
  });
  await remove(newest, submitter);
  await settle();
  expect(await listMails()).toEqual([["request_settled", longest.email, "en"]]);
});

test("who changed their address as they submitted is told at the new one", async () => {
  const email = `new-${submitter.email}`;
  await database.admin.orm.update(users).set({ email }).where(eq(users.id, submitter.userId));
  await settle();
  expect(await listMails()).toEqual([["request_settled", email, "en"]]);
});
