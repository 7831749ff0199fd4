import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  accounts,
  activationRequests,
  activations,
  auditLog,
  grants,
  memberships,
  outboxMails,
  sessions,
  termsAcceptances,
  users,
} from "@/db/schema";
import { getAcceptanceView } from "@/lib/activation/request/acceptance-view";
import { randomToken } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { createUser } from "@/lib/people/auth/create-user";
import { askForErasure } from "@/lib/people/profile/ask-for-erasure";
import { exportData } from "@/lib/people/profile/export-data";
import { listErasureObstacles } from "@/lib/people/profile/queries";
import { pseudonymOf } from "@/lib/people/profile/rules";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createAccount, createViewer } from "@/testing/fixtures/account";
import { prepareDraft, readDraft } from "@/testing/fixtures/draft";
import { findEverywhere } from "@/testing/fixtures/find-everywhere";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { createRequest, readEvents, readRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { erasePerson } from "./erase-person";

let database: TestDatabase;
let context: WorkerContext;
let integration: TestIntegration;
let viewer: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  integration = await createIntegration(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  viewer = await createViewer(database);
});

const erase = (userId = viewer.userId) => erasePerson(context, userId);
const readUser = async (userId = viewer.userId) =>
  only(await database.admin.orm.select().from(users).where(eq(users.id, userId)));

/** Ends a request as if every environment of it had been rejected. */
async function settle(requestId: string): Promise<void> {
  await database.admin.orm
    .update(activations)
    .set({ state: "rejected", rejectionReason: "No.", isOccupying: false })
    .where(eq(activations.requestId, requestId));
  await database.admin.orm
    .update(activationRequests)
    .set({ state: "settled", settledAt: new Date(), formAnswers: { phone: "+358 40 000 0000" } })
    .where(eq(activationRequests.id, requestId));
}

describe("a person alone in an account", () => {
  test("leaves no address anywhere, and the evidence under a pseudonym", async () => {
    await database.admin.orm
      .update(accounts)
      .set({ name: viewer.email })
      .where(eq(accounts.id, viewer.accountId));
    const { requestId } = await createRequest(database, viewer, integration);
    await settle(requestId);
    const { draft, grantId } = await prepareDraft(database, viewer, integration);
    const vendorAnswer = { status: 403, messages: ["Kari Eksempel left."], operation: "GET /", at: "" };
    const said = { vendorAnswer, withoutKey: ["Kari Eksempel AS"] };
    await database.admin.orm.update(grants).set(said).where(eq(grants.id, grantId));
    await asCustomer(database, viewer, (tx) => askForErasure(tx, viewer));
    expect(await erase()).toBe("erased");
    expect(await findEverywhere(database, viewer.email)).toEqual([]);
    expect(await findEverywhere(database, "+358 40 000 0000")).toEqual([]);
    expect(await findEverywhere(database, "Kari Eksempel")).toEqual([]);
    const pseudonym = pseudonymOf(viewer.userId);
    const consent = only(
      await database.admin.orm
        .select()
        .from(termsAcceptances)
        .where(eq(termsAcceptances.requestId, requestId)),
    );
    expect(consent).toMatchObject({
      acceptedEmail: pseudonym,
      contentHash: integration.specification.contentHash,
    });
    expect(consent.environments).toHaveLength(1);
    expect(await readDraft(database, draft.id)).toMatchObject({ state: "discarded" });
    expect(await readEvents(database, grantId)).toContain("grant/release.wanted");
    const trail = await database.admin.orm.select().from(auditLog).where(eq(auditLog.actorId, viewer.userId));
    expect(trail.length).toBeGreaterThan(0);
    expect(await erase(), "once").toBe("nothing");
    const again = await createUser(database.web, { email: viewer.email, locale: "en" });
    expect(again.id, "the address is somebody new's").not.toBe(viewer.userId);
  });

  test("is not erased while a request is under way, and is told which account", async () => {
    await createRequest(database, viewer, integration);
    const obstacles = await listErasureObstacles(database.web, viewer);
    expect(obstacles).toMatchObject([{ liveConnections: 0, openRequests: 1 }]);
    expect(await erase()).toBe("blocked");
    expect((await readUser()).email).toBe(viewer.email);
    const refusals = await database.admin.orm
      .select()
      .from(auditLog)
      .where(eq(auditLog.subjectId, viewer.userId));
    expect(refusals).toMatchObject([{ action: "person.erase", outcome: "refused" }]);
  });

  test("is signed out everywhere as soon as they ask", async () => {
    const expiresAt = new Date(Date.now() + 3_600_000);
    await database.admin.orm
      .insert(sessions)
      .values({ tokenHash: randomToken(), userId: viewer.userId, expiresAt });
    await asCustomer(database, viewer, (tx) => askForErasure(tx, viewer));
    const left = await database.admin.orm.select().from(sessions).where(eq(sessions.userId, viewer.userId));
    expect(left).toEqual([]);
    expect(await readEvents(database, viewer.userId)).toEqual(["person/erasure.wanted"]);
  });
});

describe("a person with colleagues", () => {
  let colleague: Viewer;
  beforeEach(async () => {
    const name = randomToken(6).toLowerCase();
    const [first, second] = await createAccount(database, [`a-${name}@example.com`, `b-${name}@example.com`]);
    if (!first || !second) throw new Error("two members");
    [viewer, colleague] = [first, second];
  });

  test("goes alone: what the account has goes on, and a colleague is told of its end", async () => {
    await database.admin.orm
      .update(accounts)
      .set({ name: viewer.email })
      .where(eq(accounts.id, viewer.accountId));
    const { requestId } = await createRequest(database, viewer, integration);
    expect(await listErasureObstacles(database.web, viewer)).toEqual([]);
    expect(await erase()).toBe("erased");
    expect(await findEverywhere(database, viewer.email)).toEqual([]);
    expect(await readRequest(database, requestId)).toMatchObject({
      state: "processing",
      notifiedEmail: colleague.email,
    });
    const members = await database.admin.orm
      .select()
      .from(memberships)
      .where(eq(memberships.accountId, viewer.accountId));
    expect(members.map(({ userId }) => userId)).toEqual([colleague.userId]);
    const record = await asCustomer(database, colleague, (tx) => getAcceptanceView(tx, requestId));
    expect(record.acceptedBy).toBe(pseudonymOf(viewer.userId));
  });

  test("mails that were queued for them are not sent, sent ones keep no address", async () => {
    const mail = { kind: "request_settled", locale: "en", recipient: viewer.email, messageId: "<1@test>" };
    await database.admin.orm.insert(outboxMails).values([
      { ...mail, subjectId: crypto.randomUUID() },
      { ...mail, subjectId: crypto.randomUUID(), state: "sent", sentAt: new Date() },
    ]);
    await erase();
    const left = await database.admin.orm
      .select()
      .from(outboxMails)
      .where(eq(outboxMails.recipient, pseudonymOf(viewer.userId)));
    expect(left.map(({ state }) => state)).toEqual(["sent"]);
    expect(await findEverywhere(database, viewer.email)).not.toContain("outbox_mails");
  });
});

test("the export holds what the person's accounts see, nothing of others, and no secret", async () => {
  const { requestId } = await createRequest(database, viewer, integration);
  const stranger = await createViewer(database);
  const foreign = await createRequest(database, stranger, integration);
  const data = await exportData(database.web, viewer);
  expect(data.person).toMatchObject({ email: viewer.email });
  expect(data.accounts).toMatchObject([
    {
      id: viewer.accountId,
      members: [{ email: viewer.email }],
      vendorConsents: [
        { keysFrom: "decision", state: "used", environments: [{ pickedAt: expect.any(Date) }] },
      ],
      requests: [
        {
          id: requestId,
          integration: integration.specification.content.name,
          acceptance: { email: viewer.email, contentHash: integration.specification.contentHash },
        },
      ],
    },
  ]);
  const text = JSON.stringify(data);
  for (const hidden of [stranger.email, foreign.requestId, integration.linkToken, "tokenHash", "token_hash"])
    expect(text).not.toContain(hidden);
});
