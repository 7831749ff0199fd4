import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { activationRequests, activations, connections, outboxMails } from "@/db/schema";
import { readTimeline } from "@/lib/activation/timeline/read-timeline";
import { randomToken } from "@/lib/core/hash";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import { queueRetryAsked } from "@/lib/operations/mail/queue-retry-asked";
import type { PartnerRole } from "@/lib/partner/organization/roles";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { getIntegrationPage } from "@/lib/partner/specification/queries";
import type { Viewer } from "@/lib/people/account/schema";
import { asSystem } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { acceptedWith } from "@/testing/fixtures/accepted-with";
import { createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { createRequest, readEvents, readRequest, readStates } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { askForRetry, cancelInConsole, decideInConsole, resendRequestMail } from "./act-on-request";
import { addNote } from "./add-note";
import { getRequestDetails } from "./get-request";
import { countWaiting, listPartnerConnections, listRequests } from "./queries";
import type { RequestFilter } from "./schema";

let database: TestDatabase;
let integration: TestIntegration;
let customer: Viewer;
const members: Partial<Record<PartnerRole, PartnerMember>> = {};
const PAGE_STEPS = {
  partnerSteps: { kind: "page", title: "T", intro: "I", url: "https://partner.example/start" },
} as const;
beforeAll(async () => {
  database = await createTestDatabase();
  integration = await createIntegration(database, { content: PAGE_STEPS });
  customer = await createViewer(database);
  for (const role of ["owner", "support", "auditor"] as const)
    members[role] = await createMember(database, integration.partner.id, role);
});
afterAll(() => database.close());

function memberAs(role: PartnerRole): PartnerMember {
  const member = members[role];
  if (!member) throw new Error(role);
  return member;
}
const request = (of = integration) => createRequest(database, customer, of);
const list = (filter: RequestFilter = {}, member = memberAs("auditor")) =>
  asMember(database, member, (tx) => listRequests(tx, filter));
const details = (id: string, role: PartnerRole = "support", member = memberAs(role)) =>
  asMember(database, member, (tx) => getRequestDetails(tx, member, id));

const happened = async (requestId: string, member: PartnerMember) =>
  (await asMember(database, member, (tx) => readTimeline(tx, "partner", { requestId }))).entries;

async function rename(requestId: string, name: string, businessId: string | null): Promise<void> {
  await database.admin.orm
    .update(activations)
    .set({ environmentName: name, businessId })
    .where(sql`${activations.requestId} = ${requestId}`);
}
const idsOf = async (filter: RequestFilter) => (await list(filter)).requests.map(({ id }) => id);

describe("the list of requests", () => {
  test("finds by the beginning of a name or number and by a whole id, whatever case and signs", async () => {
    const [first, second] = [await request(), await request()];
    await rename(first.requestId, "Äyräs  Kauppa Oy", "2233445-6");
    await rename(second.requestId, "Ärjänsaari 50% _Oy", null);
    expect(await idsOf({ q: "äyräs kauppa" })).toEqual([first.requestId]);
    expect(await idsOf({ q: "ÄYR" })).toEqual([first.requestId]);
    expect(await idsOf({ q: "22334" })).toEqual([first.requestId]);
    expect(await idsOf({ q: "2233445-6" })).toEqual([first.requestId]);
    expect(await idsOf({ q: second.requestId.toUpperCase() })).toEqual([second.requestId]);
    expect(await idsOf({ q: "kauppa" })).toEqual([]);
    expect(await idsOf({ q: "%" })).toEqual([]);
    expect(await idsOf({ q: "ärjänsaari 50%" })).toEqual([second.requestId]);
  });

  test("narrows by state, integration and day, and goes on by pages without gap or repetition", async () => {
    const own = await createIntegration(database, { content: PAGE_STEPS });
    const member = await createMember(database, own.partner.id, "support");
    const made: string[] = [];
    for (let count = 0; count < 27; count++)
      made.push((await createRequest(database, await createViewer(database), own)).requestId);
    const first = await list({}, member);
    expect(first.requests).toHaveLength(25);
    const second = await list({ before: String(first.nextCursor) }, member);
    expect(second.nextCursor).toBeNull();
    expect([...first.requests, ...second.requests].map(({ id }) => id)).toEqual(made.toReversed());
    const today = new Date().toISOString().slice(0, 10);
    expect((await list({ from: today, to: today }, member)).requests).toHaveLength(25);
    expect((await list({ to: "2020-01-01" }, member)).requests).toEqual([]);
    expect((await list({ from: "2999-01-01" }, member)).requests).toEqual([]);
    expect((await list({ state: "settled" }, member)).requests).toEqual([]);
    expect((await list({ integration: integration.integrationId }, member)).requests).toEqual([]);
    expect(await asMember(database, member, countWaiting)).toBe(27);
    expect((await list({ q: made[0] })).requests, "another partner's").toEqual([]);
  });

  test("compares by operators that row-level security lets pass, on their index, as a member", async () => {
    const leakproof = await database.admin.sql<{ name: string }[]>`
      select proname as name from pg_proc where proname in ('text_pattern_ge', 'text_pattern_lt') and proleakproof`;
    expect(leakproof).toHaveLength(2);
    await database.admin.sql`
      insert into environments (id, connector, stage, external_id)
      select gen_random_uuid(), 'procountor', 'test', 'bulk-' || n from generate_series(1, 4000) n`;
    await database.admin.sql`
      insert into activations (id, request_id, grant_id, partner_id, account_id, integration_id, environment_id, external_id,
        environment_name, business_id, state, is_occupying)
      select gen_random_uuid(), a.request_id, a.grant_id, a.partner_id, a.account_id, a.integration_id, e.id, e.external_id,
        'Company ' || md5(e.external_id), substr(e.external_id, 6), 'cancelled', false
      from (select * from activations limit 1) a, environments e where e.external_id like 'bulk-%'`;
    await database.admin.sql`analyze activations`;
    const plan = await asMember(database, memberAs("auditor"), (tx) =>
      tx.execute<{ "QUERY PLAN": string }>(
        sql`explain select a.request_id from activations a where a.partner_id = (select kytkin.partner_id())
          and (a.search_name operator(pg_catalog.~>=~) 'company abc' and a.search_name operator(pg_catalog.~<~) ${"company abc\u{10FFFF}"})`,
      ),
    );
    const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
    expect(text).toContain("activations_search_name");
    expect(text).toMatch(/Index Cond: .*search_name/);
  });
});

describe("one request", () => {
  test("is another partner's to nobody", async () => {
    const { requestId } = await request();
    const stranger = await createMember(database, (await createIntegration(database)).partner.id, "owner");
    await expect(details(requestId, "owner", stranger)).rejects.toMatchObject({ code: "not_found" });
    await expect(
      asMember(database, stranger, (tx) => cancelInConsole(tx, stranger, requestId)),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      asMember(database, stranger, (tx) => addNote(tx, stranger, { requestId, body: "x" })),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      asMember(database, stranger, (tx) =>
        decideInConsole(tx, stranger, requestId, { approve: [], reject: [] }),
      ),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  test("shows the customer's address to support, and an auditor a masked one", async () => {
    const { requestId } = await request();
    expect((await details(requestId)).submittedBy).toBe(customer.email);
    const masked = (await details(requestId, "auditor")).submittedBy;
    expect(masked).toContain("***");
    expect(JSON.stringify(await details(requestId, "auditor"))).not.toContain(customer.email);
  });

  test("is decided as by the API, by name, and the same decision again changes nothing", async () => {
    const { requestId } = await request();
    const member = memberAs("support");
    const row = await readRequest(database, requestId);
    const reject = row.activations.map(({ environmentId }) => ({ environmentId, reason: "No contract." }));
    const decide = () =>
      asMember(database, member, (tx) => decideInConsole(tx, member, requestId, { approve: [], reject }));
    await decide();
    await decide();
    expect(Object.values(await readStates(database, requestId))).toEqual(["rejected"]);
    expect((await details(requestId)).state).toBe("processing");
    const timeline = await happened(requestId, member);
    expect(timeline.find(({ kind }) => kind === "decided")).toMatchObject({
      actor: member.email,
      what: "user",
    });
    expect(timeline.find(({ kind }) => kind === "environment")).toMatchObject({
      what: "rejected",
      text: "No contract.",
    });
    await expect(
      asMember(database, member, (tx) => cancelInConsole(tx, member, requestId)),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  test("is not the auditor's to decide, cancel or write about", async () => {
    const { requestId } = await request();
    const member = memberAs("auditor");
    const tries = [
      asMember(database, member, (tx) => decideInConsole(tx, member, requestId, { approve: [], reject: [] })),
      asMember(database, member, (tx) => cancelInConsole(tx, member, requestId)),
      asMember(database, member, (tx) => addNote(tx, member, { requestId, body: "x" })),
      asMember(database, member, (tx) => resendRequestMail(tx, member, { requestId, mailId: requestId })),
    ];
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes).toMatchObject(tries.map(() => ({ status: "rejected", reason: { code: "forbidden" } })));
  });

  test("has its customer asked once to try again what did not become active", async () => {
    const { requestId } = await request();
    const member = memberAs("support");
    const ask = (by = member) => asMember(database, by, (tx) => askForRetry(tx, by, requestId));
    await expect(ask(), "it is under way").rejects.toMatchObject({ code: "conflict" });
    const { orm } = database.admin;
    await orm
      .update(activations)
      .set({ state: "failed", failureReason: "vendor_refused", isOccupying: false })
      .where(eq(activations.requestId, requestId));
    await orm
      .update(activationRequests)
      .set({ state: "settled", settledAt: new Date() })
      .where(eq(activationRequests.id, requestId));
    expect(await details(requestId)).toMatchObject({ retryableCount: 1 });
    await expect(ask(memberAs("auditor"))).rejects.toMatchObject({ code: "forbidden" });
    await ask();
    expect(await details(requestId)).toMatchObject({ retryableCount: 0 });
    await expect(ask(), "it was asked").rejects.toMatchObject({ code: "conflict" });
    expect(await readEvents(database, requestId)).toContain("request/retry.asked");
    const context = makeWorkerContext(database);
    for (const _ of [1, 2]) await asSystem(context, "test", (tx) => queueRetryAsked(tx, requestId));
    const mail = only(
      await orm
        .select()
        .from(outboxMails)
        .where(and(eq(outboxMails.subjectId, requestId), eq(outboxMails.kind, "retry_asked"))),
    );
    expect(mail).toMatchObject({ recipient: customer.email, partnerId: integration.partner.id });
    const composed = await composeMail(context, mail);
    expect(composed?.subject).toContain("would you try again?");
    expect(composed?.text).toContain(`/requests/${requestId}`);
    const later = await request();
    await orm
      .update(activationRequests)
      .set({ retryOf: requestId })
      .where(eq(activationRequests.id, later.requestId));
    expect(await composeMail(context, mail), "the customer was quicker").toBeNull();
  });

  test("is cancelled by the partner, keeps notes, and has a failed mail sent again once", async () => {
    const { requestId } = await request();
    const member = memberAs("support");
    await asMember(database, member, (tx) => addNote(tx, member, { requestId, body: "Called them." }));
    await asMember(database, member, (tx) => cancelInConsole(tx, member, requestId));
    expect(Object.values(await readStates(database, requestId))).toEqual(["cancelled"]);
    const mail = {
      kind: "request_settled",
      subjectId: requestId,
      partnerId: integration.partner.id,
      recipient: customer.email,
      locale: "en",
      messageId: randomToken(),
      state: "failed",
    } as const;
    const [row] = await database.admin.orm.insert(outboxMails).values(mail).returning({ id: outboxMails.id });
    const mailId = String(row?.id);
    const resend = () =>
      asMember(database, member, (tx) => resendRequestMail(tx, member, { requestId, mailId }));
    await resend();
    await expect(resend()).rejects.toMatchObject({ code: "conflict" });
    const view = await details(requestId);
    expect(view.mails).toMatchObject([{ id: mailId, state: "queued" }]);
    const timeline = await happened(requestId, member);
    expect(timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["note", "cancelled", "submitted", "mail"]),
    );
    expect(timeline.find(({ kind }) => kind === "note")).toMatchObject({
      actor: member.email,
      text: "Called them.",
    });
  });
});

test("a partner without connections has an empty list of them", async () => {
  const view = await asMember(database, memberAs("owner"), (tx) => listPartnerConnections(tx, { q: "x1" }));
  expect(view).toMatchObject({ connections: [], nextCursor: null });
  expect(view.choices).toMatchObject({ connectors: [{ id: "procountor" }], versions: [{ version: 1 }] });
  expect(view.choices.integrations).toHaveLength(1);
});

test("a connection that needs attention names its company, integration and vendor system", async () => {
  const own = await createIntegration(database, { content: PAGE_STEPS });
  const member = await createMember(database, own.partner.id, "auditor");
  const { requestId } = await request(own);
  const [activation] = await database.admin.orm
    .update(activations)
    .set({ state: "active" })
    .where(sql`${activations.requestId} = ${requestId}`)
    .returning();
  if (!activation) throw new Error("no activation");
  const { id: activationId, partnerId, accountId, integrationId, environmentId } = activation;
  await database.admin.orm.insert(connections).values({
    activationId,
    partnerId,
    accountId,
    integrationId,
    environmentId,
    specificationId: acceptedWith(activationId),
    state: "needs_attention",
    attention: "rights_missing",
  });
  const view = await asMember(database, member, (tx) => listPartnerConnections(tx, {}));
  expect(view.connections).toMatchObject([
    {
      requestId,
      state: "needs_attention",
      attention: "rights_missing",
      company: activation.environmentName,
      connectorName: "Procountor",
      integrationName: expect.stringMatching(/./),
      stage: "test",
    },
  ]);
  const byVersion = async () => {
    const { versions } = await asMember(database, member, (tx) => getIntegrationPage(tx, member, own.slug));
    return versions.map(({ version, connections: inUse }) => ({ version, inUse }));
  };
  expect(await byVersion(), "on the version that was accepted").toEqual([{ version: 1, inUse: 1 }]);
  const [connection] = view.connections;
  const [version] = view.choices.versions;
  const ofVersion = await asMember(database, member, (tx) =>
    listPartnerConnections(tx, { version: version?.id }),
  );
  expect(ofVersion.connections, "the list that the count leads to").toEqual([connection]);
  await database.admin.orm
    .update(connections)
    .set({ state: "removed", attention: null })
    .where(sql`${connections.activationId} = ${activationId}`);
  expect(await byVersion(), "what has ended is on no version").toEqual([{ version: 1, inUse: 0 }]);
});
