import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { activations, connections, outboxMails } from "@/db/schema";
import { cancelActivationRequest } from "@/lib/activation/request/cancel-activation-request";
import { placeHold } from "@/lib/connection/hold/place-hold";
import { askForCheck } from "@/lib/connection/lifecycle/ask-for-check";
import { createConnection } from "@/lib/connection/lifecycle/create-connection";
import { deactivateConnections } from "@/lib/connection/offboarding/deactivate-connections";
import { decideInConsole } from "@/lib/partner/monitoring/act-on-request";
import { addNote } from "@/lib/partner/monitoring/add-note";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { asOperator, createOperator } from "@/testing/fixtures/operator";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { createRequest, readRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { readTimeline, TIMELINE_PAGE } from "./read-timeline";
import { type TimelineEntry, type TimelineSide, timelineCursor } from "./schema";

const COMPANY = "Lumikello Oy";
const WORDS = "the vendor said Lumikello is unknown";

let database: TestDatabase;
let context: WorkerContext;
let integration: TestIntegration;
let customer: Viewer;
let stranger: Viewer;
let operator: Viewer;
let member: PartnerMember;
let other: PartnerMember;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  integration = await createIntegration(database, {
    content: { partnerSteps: { kind: "page", title: "T", intro: "I", url: "https://partner.example/start" } },
  });
  customer = await createViewer(database);
  stranger = await createViewer(database);
  operator = await createOperator(database);
  member = await createMember(database, integration.partner.id, "admin");
  other = await createMember(database, (await createIntegration(database)).partner.id, "owner");
});
afterAll(() => database.close());
const orm = () => database.admin.orm;

type Subject = Parameters<typeof readTimeline>[2];
const readAs = {
  customer: (subject: Subject, before?: string, viewer = customer) =>
    asCustomer(database, viewer, (tx) => readTimeline(tx, "customer", subject, before)),
  partner: (subject: Subject, before?: string, reader = member) =>
    asMember(database, reader, (tx) => readTimeline(tx, "partner", subject, before)),
  operator: (subject: Subject, before?: string, viewer = operator) =>
    asOperator(database, viewer, (tx) => readTimeline(tx, "operator", subject, before)),
};
const SIDES = ["customer", "partner", "operator"] as const satisfies TimelineSide[];
const find = (entries: TimelineEntry[], kind: TimelineEntry["kind"], what?: string) =>
  entries.find((entry) => entry.kind === kind && (what === undefined || entry.what === what));

/** A request that a colleague of the partner approved, whose only company is connected and in trouble. */
async function connect(): Promise<{ requestId: string; connectionId: string }> {
  const { requestId } = await createRequest(database, customer, integration);
  const activation = only((await readRequest(database, requestId)).activations);
  await asMember(database, member, async (tx) => {
    await decideInConsole(tx, member, requestId, { approve: [activation.environmentId], reject: [] });
    await addNote(tx, member, { requestId, body: "Called them about Lumikello." });
  });
  const answer = { status: 409, messages: [WORDS], operation: "PUT /x", at: new Date().toISOString() };
  await orm()
    .update(activations)
    .set({ state: "active", environmentName: COMPANY, vendorAnswer: answer })
    .where(eq(activations.id, activation.id));
  const connectionId = await asSystem(context, "test", (tx) =>
    createConnection(tx, context, activation, "key"),
  );
  const set = (values: Partial<typeof connections.$inferInsert>) =>
    orm().update(connections).set(values).where(eq(connections.id, connectionId));
  await set({ state: "active", attention: null, verifiedAt: new Date() });
  await set({ state: "needs_attention", attention: "rights_missing" });
  await set({ state: "active", attention: null });
  return { requestId, connectionId };
}

describe("the timeline of a request", () => {
  test("tells every side the same, by one query", async () => {
    const { requestId, connectionId } = await connect();
    const told = await Promise.all(SIDES.map(async (side) => (await readAs[side]({ requestId })).entries));
    for (const entries of told) {
      expect(entries.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining([
          "submitted",
          "decided",
          "environment",
          "vendor_answer",
          "connection_made",
          "checked",
        ]),
      );
      expect(find(entries, "connection_state", "needs_attention.rights_missing")).toBeDefined();
      expect(find(entries, "connection_state", "active")).toBeDefined();
      const times = entries.map(({ at }) => at);
      expect(times).toEqual(times.toSorted().toReversed());
    }
    const [ofCustomer = [], ofPartner = []] = told;
    const keys = (entries: TimelineEntry[]) =>
      entries.filter(({ kind }) => kind !== "note").map(({ key }) => key);
    expect(keys(ofPartner)).toEqual(keys(ofCustomer));
    const ofConnection = await readAs.customer({ connectionId });
    expect(ofConnection.entries.map(({ key }) => key)).toEqual(keys(ofCustomer));
  });

  test("names a person to their own side alone, and shows notes to the partner alone", async () => {
    const { requestId } = await connect();
    const [ofCustomer, ofPartner, ofOperator] = await Promise.all(
      SIDES.map(async (side) => (await readAs[side]({ requestId })).entries),
    );
    expect(find(ofCustomer ?? [], "submitted")?.actor).toBe(customer.email);
    expect(find(ofPartner ?? [], "submitted")?.actor).toBeNull();
    expect(find(ofCustomer ?? [], "decided")).toMatchObject({ side: "partner", actor: null });
    expect(find(ofPartner ?? [], "decided")).toMatchObject({ side: "partner", actor: member.email });
    expect(find(ofPartner ?? [], "note")).toMatchObject({
      actor: member.email,
      text: "Called them about Lumikello.",
    });
    expect(find(ofCustomer ?? [], "note")).toBeUndefined();
    expect(JSON.stringify(ofCustomer)).not.toContain(member.email);
    expect(find(ofCustomer ?? [], "vendor_answer")?.vendorAnswer?.messages).toEqual([WORDS]);
    const metadata = JSON.stringify(ofOperator);
    for (const secret of ["Lumikello", WORDS, member.email, customer.email])
      expect(metadata).not.toContain(secret);
    expect(find(ofOperator ?? [], "vendor_answer")?.vendorAnswer).toMatchObject({
      status: 409,
      messages: [],
    });
  });

  test("is nobody else's: another account, another partner, somebody who is no operator", async () => {
    const { requestId, connectionId } = await connect();
    for (const subject of [{ requestId }, { connectionId }]) {
      expect((await readAs.customer(subject, undefined, stranger)).entries).toEqual([]);
      expect((await readAs.partner(subject, undefined, other)).entries).toEqual([]);
      expect((await readAs.operator(subject, undefined, customer)).entries).toEqual([]);
    }
    // An operator who reads as a customer has a customer's rights.
    await expect(
      asCustomer(database, operator, (tx) =>
        tx.execute(sql`select kytkin.operator_timeline(${requestId}::uuid, null, null, null, 9)`),
      ),
    ).rejects.toMatchObject({ cause: { code: "42501" } });
  });

  test("says who cancelled, and hides from the customer to whom the partner's mail went", async () => {
    const { requestId } = await createRequest(database, customer, integration);
    const { accountId, partnerId } = await readRequest(database, requestId);
    await orm()
      .insert(outboxMails)
      .values({
        kind: "request_awaits_partner",
        subjectId: requestId,
        accountId,
        partnerId,
        recipient: "desk@partner.example",
        locale: "en",
        messageId: `<${requestId}@test>`,
        state: "failed",
      });
    await asCustomer(database, customer, (tx) => cancelActivationRequest(tx, customer, requestId));
    const [ofCustomer, ofPartner] = await Promise.all([
      readAs.customer({ requestId }),
      readAs.partner({ requestId }),
    ]);
    expect(find(ofCustomer.entries, "cancelled")).toMatchObject({ side: "customer", actor: customer.email });
    expect(find(ofPartner.entries, "cancelled")).toMatchObject({ side: "customer", actor: null });
    expect(find(ofCustomer.entries, "mail", "request_awaits_partner.failed")?.text).toBeNull();
    expect(find(ofPartner.entries, "mail", "request_awaits_partner.failed")?.text).toBe(
      "d***@partner.example",
    );
  });
});

describe("the timeline of a connection", () => {
  test("has what was asked, held and ended, each with its side", async () => {
    const { connectionId } = await connect();
    const sent = { connectionId, reason: "Moving house." };
    await asCustomer(database, customer, (tx) => askForCheck(tx, customer, connectionId));
    await asMember(database, member, (tx) =>
      placeHold(
        tx,
        { by: "partner", userId: member.userId },
        { ...sent, kind: "pause", since: new Date(), until: null },
      ),
    );
    await asCustomer(database, customer, (tx) =>
      deactivateConnections(tx, customer, { connectionIds: [connectionId], reason: "We changed systems." }),
    );
    const { entries } = await readAs.customer({ connectionId });
    expect(find(entries, "done", "connection.check")).toMatchObject({
      side: "customer",
      actor: customer.email,
    });
    expect(find(entries, "hold_set")).toMatchObject({ side: "partner", actor: null, text: "Moving house." });
    expect(find(entries, "offboarding", "asked")).toMatchObject({
      side: "customer",
      text: "We changed systems.",
    });
    const ofOperator = (await readAs.operator({ connectionId })).entries;
    expect(find(ofOperator, "hold_set")).toMatchObject({ side: "partner", text: null, company: null });
  });

  test("goes on by pages without gap or repetition, also where many things happened in one moment", async () => {
    const { requestId } = await connect();
    const { accountId, partnerId } = await readRequest(database, requestId);
    const at = new Date();
    await database.admin
      .sql`insert into request_notes (id, request_id, partner_id, account_id, author_id, body, created_at)
      select gen_random_uuid(), ${requestId}, ${partnerId}, ${accountId}, ${member.userId}, n::text, ${at.toISOString()}::timestamptz
      from generate_series(1, 60) n`;
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await readAs.partner({ requestId }, before);
      expect(page.entries.length).toBeLessThanOrEqual(TIMELINE_PAGE);
      seen.push(...page.entries.map(({ key }) => key));
      before = page.nextCursor ?? undefined;
      if (before) expect(timelineCursor.parse(before)).toBe(before);
    } while (before);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((key) => key.startsWith("note."))).toHaveLength(61);
    expect(seen.at(-1)).toBe(`submitted.${requestId}`);
    expect(timelineCursor.parse("yesterday")).toBeUndefined();
  });
});
