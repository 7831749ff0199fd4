import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  activationRequests,
  activations,
  connections,
  grants,
  partnerMembers,
  partnerViews,
} from "@/db/schema";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { acceptedWith } from "@/testing/fixtures/accepted-with";
import { createViewer } from "@/testing/fixtures/account";
import {
  createIntegration,
  publishSpecification,
  type TestIntegration,
} from "@/testing/fixtures/integration";
import { fillRequests } from "@/testing/fixtures/many-requests";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { createRequest, passDeadline, readRequest, readStates } from "@/testing/fixtures/request";
import { makeSpecificationContent } from "@/testing/fixtures/specification";
import { decideWholeRequest, extendDeadline } from "./act-on-request";
import { getRequestDetails } from "./get-request";
import { listDecidable, listPartnerConnections, listRequests } from "./queries";
import { cleanQuery, listViews, removeView, saveView } from "./saved-views";
import type { PartnerConnectionFilter, RequestFilter } from "./schema";
import { activationsFound, requestsFound } from "./search";
import { writeRequests } from "./write-requests";

const PAGE_STEPS = {
  partnerSteps: { kind: "page", title: "T", intro: "I", url: "https://partner.example/start" },
} as const;

let database: TestDatabase;
let integration: TestIntegration;
let support: PartnerMember;
let auditor: PartnerMember;
beforeAll(async () => {
  database = await createTestDatabase();
  integration = await createIntegration(database, { content: PAGE_STEPS });
  support = await createMember(database, integration.partner.id, "support");
  auditor = await createMember(database, integration.partner.id, "auditor");
});
afterAll(() => database.close());

async function request(of = integration, customer?: Viewer) {
  const viewer = customer ?? (await createViewer(database));
  return { viewer, ...(await createRequest(database, viewer, of)) };
}
const requestIds = async (filter: RequestFilter, member = support) =>
  (await asMember(database, member, (tx) => listRequests(tx, filter))).requests.map(({ id }) => id);
const connectionIds = async (filter: PartnerConnectionFilter, member = support) =>
  (await asMember(database, member, (tx) => listPartnerConnections(tx, filter))).connections.map(
    ({ id }) => id,
  );

async function connect(requestId: string): Promise<{ id: string; activationId: string }> {
  const [row] = await database.admin.orm
    .update(activations)
    .set({ state: "active" })
    .where(eq(activations.requestId, requestId))
    .returning();
  if (!row) throw new Error("no activation");
  const { id: activationId, partnerId, accountId, integrationId, environmentId } = row;
  const [connection] = await database.admin.orm
    .insert(connections)
    .values({
      activationId,
      partnerId,
      accountId,
      integrationId,
      environmentId,
      specificationId: acceptedWith(activationId),
      state: "active",
    })
    .returning();
  return { id: String(connection?.id), activationId };
}

describe("what is looked for", () => {
  test("is found by every id, by the address, by the vendor's and the partner's own number", async () => {
    const { requestId, viewer } = await request();
    await request();
    const { id, activationId } = await connect(requestId);
    await database.admin.orm
      .update(activationRequests)
      .set({ customerRef: "CRM-77" })
      .where(eq(activationRequests.id, requestId));
    const { activations: rows } = await readRequest(database, requestId);
    const externalId = String(rows[0]?.externalId);
    const searches = [requestId, activationId, id, viewer.email.slice(0, -4), "CRM-77"];
    for (const q of searches) {
      expect(await requestIds({ q }), q).toEqual([requestId]);
      expect(await connectionIds({ q }), q).toEqual([id]);
    }
    expect(await requestIds({ q: externalId })).toContain(requestId);
    expect(await connectionIds({ q: externalId })).toContain(id);
    expect(await requestIds({ q: "CRM-7" }), "an id in full only").toEqual([]);
  });

  test("is not found by its address for a role that sees addresses masked", async () => {
    const { requestId, viewer } = await request();
    const { id } = await connect(requestId);
    expect(await requestIds({ q: viewer.email }, auditor)).toEqual([]);
    expect(await connectionIds({ q: viewer.email }, auditor)).toEqual([]);
    expect(await connectionIds({ q: id }, auditor)).toEqual([id]);
  });

  test("is another partner's to nobody, by whatever is typed", async () => {
    const { requestId, viewer } = await request();
    const { id, activationId } = await connect(requestId);
    const stranger = await createMember(database, (await createIntegration(database)).partner.id, "owner");
    for (const q of [requestId, id, activationId, viewer.email]) {
      expect(await requestIds({ q }, stranger), q).toEqual([]);
      expect(await connectionIds({ q }, stranger), q).toEqual([]);
    }
  });
});

test("the lists narrow by version, vendor system and day", async () => {
  const own = await createIntegration(database, { content: PAGE_STEPS });
  const member = await createMember(database, own.partner.id, "auditor");
  const first = await request(own);
  const firstConnection = await connect(first.requestId);
  const specification = await publishSpecification(
    database,
    { id: own.integrationId, partnerId: own.partner.id, slug: own.slug },
    makeSpecificationContent({ ...PAGE_STEPS, name: "Second" }),
  );
  const second = await request({ ...own, specification });
  const secondConnection = await connect(second.requestId);
  const by = async (filter: RequestFilter & PartnerConnectionFilter) => [
    await requestIds(filter, member),
    await connectionIds(filter, member),
  ];
  expect(await by({ version: own.specification.id })).toEqual([[first.requestId], [firstConnection.id]]);
  expect(await by({ version: specification.id })).toEqual([[second.requestId], [secondConnection.id]]);
  expect((await by({ connector: "procountor" }))[0]).toHaveLength(2);
  expect(await by({ connector: "superoffice" })).toEqual([[], []]);
  const today = new Date().toISOString().slice(0, 10);
  expect((await by({ from: today, to: today }))[1]).toHaveLength(2);
  expect(await by({ to: "2020-01-01" })).toEqual([[], []]);
  const { choices } = await asMember(database, member, (tx) => listRequests(tx, {}));
  expect(choices.versions.map(({ version }) => version)).toEqual([2, 1]);
});

describe("over 20,000 rows, as a member", () => {
  beforeAll(async () => {
    const { requestId } = await request();
    await fillRequests(database.admin.sql, { requestId, count: 20_000, days: 90 });
  }, 240_000);

  const explain = async (query: ReturnType<typeof sql>): Promise<string> => {
    const rows = await asMember(database, support, (tx) =>
      tx.execute<{ "QUERY PLAN": string }>(sql`explain ${query}`),
    );
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  };
  const SEQUENTIAL = /Seq Scan on (activation_requests|activations|connections)\b/;

  test.each([
    ["name", "bulk abc"],
    ["number", "12345"],
    ["address", "person123@"],
    ["the partner's own number", "ref-123"],
    ["id", "0190b1f0-0000-7000-8000-000000000001"],
  ])("no search by %s reads a whole table", async (_, q) => {
    const requests = sql`select id from activation_requests where id in ${requestsFound(q)} order by id desc limit 26`;
    const live = sql`select id from connections where activation_id in ${activationsFound(q)} order by id desc limit 26`;
    expect(await explain(requests)).not.toMatch(SEQUENTIAL);
    expect(await explain(live)).not.toMatch(SEQUENTIAL);
  });

  test("no page, however deep, reads a whole table", async () => {
    const deep = sql`select id from activation_requests where id < '10000000-0000-0000-0000-000000000000' order by id desc limit 26`;
    const version = sql`select id from activation_requests where specification_id = ${integration.specification.id} order by id desc limit 26`;
    const state = sql`select id from connections where state = 'needs_attention' order by id desc limit 26`;
    for (const query of [deep, version, state]) expect(await explain(query)).not.toMatch(SEQUENTIAL);
  });

  test("a file ends at its limit and says so", async () => {
    const stream = writeRequests(support, (work) => asMember(database, support, work), {}, 1200);
    const lines = (await new Response(stream).text()).trimEnd().split("\r\n");
    expect(lines).toHaveLength(1 + 1200 + 1);
    expect(lines.at(-1)).toContain("Cut off after 1200 requests");
  });
});

describe("the file of requests", () => {
  const lines = async (member: PartnerMember, filter: RequestFilter) => {
    const stream = writeRequests(member, (work) => asMember(database, member, work), filter);
    return (await new Response(stream).text()).trimEnd().split("\r\n");
  };
  test("has the filter's companies, no formula, and addresses as the role sees them", async () => {
    const own = await createIntegration(database, { content: PAGE_STEPS });
    const [admin, reader] = [
      await createMember(database, own.partner.id, "admin"),
      await createMember(database, own.partner.id, "auditor"),
    ];
    const { requestId, viewer } = await request(own);
    await request(own);
    await database.admin.orm
      .update(activations)
      .set({ environmentName: "=HYPERLINK(1)", businessId: "1234567-8" })
      .where(eq(activations.requestId, requestId));
    const [head, line, ...rest] = await lines(admin, { q: requestId });
    expect(head).toContain("request_id,submitted_at");
    expect(line).toContain(`'=HYPERLINK(1),1234567-8`);
    expect(line).toContain(viewer.email);
    expect(line).toMatch(/,\d{4}-\d\d-\d\dT/);
    expect(rest).toEqual([]);
    expect(await lines(admin, {})).toHaveLength(3);
    const masked = await lines(reader, { q: requestId });
    expect(masked.join()).not.toContain(viewer.email);
    expect(masked.join()).toContain("***");
  });
  test("breaks off when the membership ends while it is written", async () => {
    const own = await createIntegration(database, { content: PAGE_STEPS });
    const member = await createMember(database, own.partner.id, "admin");
    await request(own);
    await database.admin.orm.delete(partnerMembers).where(eq(partnerMembers.userId, member.userId));
    await expect(lines(member, {})).rejects.toThrow();
  });
});

describe("many requests at once", () => {
  test("are decided each by itself, and what is decided already says so", async () => {
    const [one, other] = [await request(), await request()];
    const decide = (requestId: string, decision: Parameters<typeof decideWholeRequest>[3]) =>
      asMember(database, support, (tx) => decideWholeRequest(tx, support, requestId, decision));
    await decide(one.requestId, { choice: "reject", reason: "No contract." });
    expect(Object.values(await readStates(database, one.requestId))).toEqual(["rejected"]);
    await expect(decide(one.requestId, { choice: "approve" })).rejects.toMatchObject({ code: "conflict" });
    await decide(other.requestId, { choice: "approve" });
    expect(Object.values(await readStates(database, other.requestId))).toEqual(["approved"]);
    const shown = await asMember(database, support, (tx) =>
      listDecidable(tx, [one.requestId, other.requestId]),
    );
    expect(shown.map(({ state }) => state)).toEqual(["processing", "processing"]);
    const stranger = await createMember(database, (await createIntegration(database)).partner.id, "owner");
    expect(await asMember(database, stranger, (tx) => listDecidable(tx, [one.requestId]))).toEqual([]);
  });
  test("are not the auditor's to decide", async () => {
    const { requestId } = await request();
    await expect(
      asMember(database, auditor, (tx) => decideWholeRequest(tx, auditor, requestId, { choice: "approve" })),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("more time", () => {
  const extend = (requestId: string, to: string, member = support) =>
    asMember(database, member, (tx) => extendDeadline(tx, member, { requestId, to }));
  const consentEnds = (grantId: string, expiresAt: Date) =>
    database.admin.orm.update(grants).set({ expiresAt }).where(eq(grants.id, grantId));

  test("is given up to the end of the consent, and no further", async () => {
    const { requestId } = await request();
    const { activations, deadlineAt } = await readRequest(database, requestId);
    const grantId = activations[0]?.grantId ?? "";
    const end = new Date(deadlineAt.getTime() + 2 * 24 * 3600 * 1000);
    await consentEnds(grantId, end);
    const { extensions } = await asMember(database, support, (tx) =>
      getRequestDetails(tx, support, requestId),
    );
    expect(extensions.map(({ to }) => to)).toEqual(["1", "latest"]);
    await expect(extend(requestId, "3")).rejects.toMatchObject({ code: "invalid_input" });
    await extend(requestId, "1");
    await extend(requestId, "latest");
    const after = await readRequest(database, requestId);
    expect(after.deadlineAt.getTime()).toBe(end.getTime() - 10 * 60 * 1000);
    await expect(extend(requestId, "latest")).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("is refused past the deadline, after the decision, to an auditor and to another partner", async () => {
    const { requestId } = await request();
    await expect(extend(requestId, "1", auditor)).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await createMember(database, (await createIntegration(database)).partner.id, "owner");
    await expect(extend(requestId, "1", stranger)).rejects.toMatchObject({ code: "not_found" });
    await passDeadline(database, requestId);
    await expect(extend(requestId, "1")).rejects.toMatchObject({ code: "gone" });
    const decided = await request();
    await asMember(database, support, (tx) =>
      decideWholeRequest(tx, support, decided.requestId, { choice: "approve" }),
    );
    await expect(extend(decided.requestId, "1")).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a member's views", () => {
  const views = (member: PartnerMember) => asMember(database, member, (tx) => listViews(tx, "requests"));
  const save = (member: PartnerMember, name: string, query: string) =>
    asMember(database, member, (tx) => saveView(tx, member, { list: "requests", name, query }));

  test("are kept by name without their page and what the filter does not know", async () => {
    await save(support, "Waiting", "state=awaiting_partner&before=0190b1f0-0000-7000-8000-000000000001&x=1");
    await save(support, "Waiting", "state=awaiting_partner&q=oy");
    expect(await views(support)).toMatchObject([{ name: "Waiting", query: "state=awaiting_partner&q=oy" }]);
    expect(cleanQuery("connections", "state=awaiting_partner&q=a%26b")).toBe("q=a%26b");
    await expect(save(support, "All", "before=x&state=nothing")).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  test("are the member's own, twenty at most, and go with the membership", async () => {
    const member = await createMember(database, integration.partner.id, "auditor");
    for (let count = 1; count <= 20; count++) await save(member, `View ${count}`, `q=${count}`);
    await expect(save(member, "One more", "q=x")).rejects.toMatchObject({ code: "cap_exceeded" });
    const [view] = await views(member);
    const viewId = String(view?.id);
    expect((await views(support)).map(({ id }) => id)).not.toContain(viewId);
    await expect(asMember(database, support, (tx) => removeView(tx, viewId))).rejects.toMatchObject({
      code: "not_found",
    });
    await asMember(database, member, (tx) => removeView(tx, viewId));
    expect(await views(member)).toHaveLength(19);
    await asMember(database, member, (tx) =>
      tx.delete(partnerMembers).where(eq(partnerMembers.userId, member.userId)),
    );
    const left = await database.admin.orm
      .select()
      .from(partnerViews)
      .where(eq(partnerViews.userId, member.userId));
    expect(left).toEqual([]);
  });
});
