import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  activationRequests,
  candidates,
  grants,
  invitations,
  outboxMails,
  partnerApplications,
  partnerInvitations,
  requestConsents,
  requestNotes,
} from "@/db/schema";
import { sweep } from "@/lib/operations/sweep/sweep";
import { addNote } from "@/lib/partner/monitoring/add-note";
import { inviteMember } from "@/lib/partner/organization/invite-member";
import { inviteColleague } from "@/lib/people/membership/invite-colleague";
import { FORGOTTEN_RECIPIENT } from "@/lib/people/profile/retention";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { createIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { createRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";

const DAY_MS = 24 * 3600 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

let database: TestDatabase;
let context: WorkerContext;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
});
afterAll(() => database.close());

const mailsTo = (recipient: string) =>
  database.admin.orm.select().from(outboxMails).where(eq(outboxMails.recipient, recipient));

test("an invited stranger's address goes with the invitation, also from the mail", async () => {
  const viewer = await createViewer(database);
  await asCustomer(database, viewer, (tx) => inviteColleague(tx, viewer, { email: "stranger@example.com" }));
  expect(await mailsTo("stranger@example.com")).toHaveLength(1);
  await sweep(context, inDays(60));
  expect(await mailsTo("stranger@example.com")).toHaveLength(1);
  // It ended when the first of these sweeps found it too old.
  await sweep(context, inDays(160));
  expect(await mailsTo("stranger@example.com")).toEqual([]);
  expect(await database.admin.orm.select().from(invitations)).toEqual([]);
});

test("so does that of somebody who was invited into a partner", async () => {
  const { partner } = await createIntegration(database);
  const owner = await createMember(database, partner.id, "owner");
  const invited = { email: "candidate@example.com", role: "support" } as const;
  await asMember(database, owner, (tx) => inviteMember(tx, owner, invited));
  expect(await mailsTo(invited.email)).toHaveLength(1);
  await sweep(context, inDays(60));
  await sweep(context, inDays(160));
  expect(await mailsTo(invited.email)).toEqual([]);
  expect(await database.admin.orm.select().from(partnerInvitations)).toEqual([]);
});

test("a partner's notes end a year after the request and the note, applications a year after their decision", async () => {
  const viewer = await createViewer(database);
  const integration = await createIntegration(database);
  const member = await createMember(database, integration.partner.id, "support");
  const { orm } = database.admin;
  const { requestId } = await createRequest(database, viewer, integration);
  await orm
    .update(activationRequests)
    .set({ state: "settled", settledAt: inDays(-300) })
    .where(eq(activationRequests.id, requestId));
  await asMember(database, member, (tx) => addNote(tx, member, { requestId, body: "Called them." }));
  const asked = {
    userId: viewer.userId,
    name: "Uusi Ohjelmisto Oy",
    businessId: "1234567-8",
    websiteUrl: "https://uusi.example",
    message: "Orders of web shops become invoices.",
    locale: "en",
  };
  await orm.insert(partnerApplications).values([
    { ...asked, state: "refused", reason: "No.", decidedAt: new Date() },
    { ...asked, state: "open" },
  ]);
  const read = async () => ({
    notes: (await orm.select().from(requestNotes)).length,
    applications: (await orm.select().from(partnerApplications)).map(({ state }) => state).toSorted(),
  });
  await sweep(context, inDays(364));
  expect(await read()).toEqual({ notes: 1, applications: ["open", "refused"] });
  await sweep(context, inDays(366));
  expect(await read()).toEqual({ notes: 0, applications: ["open"] });
});

test("after 90 days a sent mail no longer says to whom, and is not queued again", async () => {
  const viewer = await createViewer(database);
  const integration = await createIntegration(database);
  const { requestId } = await createRequest(database, viewer, integration);
  const values = {
    kind: "request_settled",
    subjectId: requestId,
    locale: "en",
    messageId: "<one@portal.example>",
  };
  await database.admin.orm
    .insert(outboxMails)
    .values({ ...values, recipient: viewer.email, state: "sent", sentAt: new Date() });
  await sweep(context, inDays(89));
  expect(await mailsTo(viewer.email)).toHaveLength(1);
  await sweep(context, inDays(91));
  expect(await mailsTo(viewer.email)).toEqual([]);
  const kept = only(
    await database.admin.orm.select().from(outboxMails).where(eq(outboxMails.subjectId, requestId)),
  );
  expect(kept).toMatchObject({ state: "sent", recipient: FORGOTTEN_RECIPIENT });
});

test("what a consent offered and what a form asked for have an end", async () => {
  const viewer = await createViewer(database);
  const integration = await createIntegration(database);
  const { requestId } = await createRequest(database, viewer, integration);
  const { orm } = database.admin;
  await orm
    .update(activationRequests)
    .set({ state: "settled", settledAt: new Date(), formAnswers: { contact: "somebody@example.com" } })
    .where(eq(activationRequests.id, requestId));
  const read = async () => {
    const request = only(
      await orm.select().from(activationRequests).where(eq(activationRequests.id, requestId)),
    );
    const used = await orm.select().from(requestConsents).where(eq(requestConsents.requestId, requestId));
    const grant = only(
      await orm
        .select()
        .from(grants)
        .where(eq(grants.id, only(used).grantId)),
    );
    const offered = await orm.select().from(candidates).where(eq(candidates.grantId, grant.id));
    return {
      answers: request.formAnswers,
      names: offered.flatMap(({ name }) => (name === null ? [] : [name])),
    };
  };
  expect((await read()).names.length).toBeGreaterThan(0);
  await sweep(context, inDays(91));
  expect(await read()).toEqual({ answers: { contact: "somebody@example.com" }, names: [] });
  await sweep(context, inDays(366));
  expect(await read()).toEqual({ answers: null, names: [] });
});
