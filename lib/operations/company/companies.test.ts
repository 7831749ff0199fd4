import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  activations,
  companies,
  connections,
  offboardings,
  specifications,
  specificationUpdates,
} from "@/db/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { acceptedWith } from "@/testing/fixtures/accepted-with";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { freshCompanies, prepareDraft } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { createRequest, submit } from "@/testing/fixtures/request";
import { FORM_STEPS, PAGE_STEPS } from "@/testing/fixtures/specification";
import { explainStatements, type PlanNode } from "@/testing/fixtures/statements";
import { getCompany, listCompanies, listUsedIntegrations } from "./queries";
import { isForCustomer, writeCursor } from "./rules";
import { companyFilter } from "./schema";

const REFUSAL = {
  status: 409,
  messages: ["There is an invoice to be sent."],
  operation: "DELETE /integration",
  at: "2026-03-02T08:00:00Z",
};

let database: TestDatabase;
let orders: TestIntegration;
let receipts: TestIntegration;
let viewer: Viewer;
let ids: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  orders = await createIntegration(database, { content: { name: "Orders", cap: 100 } });
  receipts = await createIntegration(database, {
    content: { name: "Receipts", cap: 100, partnerSteps: FORM_STEPS },
  });
  viewer = await createViewer(database);
  ids = freshCompanies(14);
  await createRequest(database, viewer, orders, { offered: ids });
  await setStates();
});
afterAll(() => database.close());

/** Each company in a state of its own, in the order of `EXPECTED`. */
const EXPECTED = [
  "active",
  "checking",
  "needs_attention",
  "update_required",
  "steps_left",
  "being_removed",
  "ended",
  "activating",
  "failed",
  "unknown",
  "rejected",
  "timed_out",
  "not_connected",
  "being_removed",
] as const;

/** Left to the customer: the company is free for a new activation before the old connection's end. */
const LEFT = 4;

async function setStates(): Promise<void> {
  const { orm } = database.admin;
  const set = async (index: number, values: Partial<typeof activations.$inferInsert>) => {
    const [row] = await orm
      .update(activations)
      .set(values)
      .where(eq(activations.externalId, ids[index] ?? ""))
      .returning();
    if (!row) throw new Error("no activation");
    return row;
  };
  const connect = async (
    index: number,
    values: Pick<typeof connections.$inferInsert, "state"> & Partial<typeof connections.$inferInsert>,
  ) => {
    const row = await set(index, {
      state: "active",
      isOccupying: values.state !== "removed" && index !== LEFT,
    });
    const { id: activationId, partnerId, accountId, integrationId, environmentId } = row;
    const [connection] = await orm
      .insert(connections)
      .values({
        activationId,
        partnerId,
        accountId,
        integrationId,
        environmentId,
        specificationId: acceptedWith(activationId),
        ...values,
      })
      .returning();
    return { connectionId: connection?.id ?? "", partnerId, accountId };
  };
  const end = async (index: number, values: Partial<typeof offboardings.$inferInsert>) => {
    const owned = await connect(index, { state: "offboarding" });
    await orm.insert(offboardings).values({
      ...owned,
      askId: owned.connectionId,
      askedBy: "customer",
      askedByUser: viewer.userId,
      ...values,
    });
  };
  await connect(0, { state: "active" });
  await connect(1, { state: "needs_attention", attention: "verification_pending" });
  await connect(2, { state: "needs_attention", attention: "rights_missing" });
  await connect(3, { state: "active", specificationId: await addFormerVersion() });
  await end(4, { keyFate: "left_to_customer" });
  await end(5, { keyFate: "pending" });
  await connect(6, { state: "removed" });
  await set(8, { state: "failed", failureReason: "vendor_refused", isOccupying: false });
  await set(9, { state: "failed", failureReason: "needs_recovery", isOccupying: false });
  await set(10, { state: "rejected", rejectionReason: "No contract", isOccupying: false });
  await set(11, { state: "timed_out", isOccupying: false });
  await set(12, { state: "cancelled", isOccupying: false });
  await end(13, { keyFate: "left_to_customer", removalAnswer: REFUSAL });
}

/** A version before the published one, whose step to it needs consent. Gives its id. */
async function addFormerVersion(): Promise<string> {
  const { integrationId, partner, specification } = orders;
  const { orm } = database.admin;
  const [published] = await orm.select().from(specifications).where(eq(specifications.id, specification.id));
  if (!published) throw new Error("no version is published");
  const id = uuidv7();
  await orm.insert(specifications).values({ ...published, id, version: 1000, state: "deprecated" });
  await orm.insert(specificationUpdates).values({
    fromSpecificationId: id,
    specificationId: published.id,
    partnerId: partner.id,
    integrationId,
    verdict: "needs_consent",
    findings: [],
  });
  return id;
}

const list = (given: Record<string, string> = {}, limit?: number, by = viewer) =>
  asCustomer(database, by, async (tx) =>
    listCompanies(tx, companyFilter.parse(given), await listUsedIntegrations(tx, "en"), limit),
  );
const externalIds = (page: Awaited<ReturnType<typeof list>>) =>
  page.companies.map(({ externalId }) => externalId);

test("each cell says how the integration stands in the company", async () => {
  const { companies: rows, found } = await list();
  const states = new Map(rows.map(({ externalId, cells }) => [externalId, cells.map(({ state }) => state)]));
  expect(ids.map((id) => states.get(id))).toEqual(EXPECTED.map((state) => [state]));
  expect(found).toEqual({ count: ids.length, isMore: false });
  const stepsLeft = rows.filter(({ cells }) => cells.some((cell) => cell.stepsLeft > 0));
  expect(stepsLeft.map(({ externalId, cells }) => [externalId, cells[0]?.stepsLeft])).toEqual([[ids[4], 2]]);
});

test("*needs me* finds exactly the companies with a cell that waits for the customer", async () => {
  const all = await list();
  const waiting = all.companies.filter(({ cells }) => cells.some(({ state }) => isForCustomer(state)));
  expect(externalIds(await list({ show: "needs_me" }))).toEqual(waiting.map(({ externalId }) => externalId));
  expect(waiting).toHaveLength(3);
});

test("*not connected* finds what no integration holds, or what one integration does not", async () => {
  const free = ["steps_left", "ended", "failed", "unknown", "rejected", "timed_out", "not_connected"];
  const expected = ids.filter((_, index) => free.includes(EXPECTED[index] ?? ""));
  expect(externalIds(await list({ show: "not_connected" }))).toEqual(expected);
  expect(externalIds(await list({ show: "not_connected", integration: orders.integrationId }))).toEqual(
    expected,
  );
  const held = ids.filter((id, index) => !expected.includes(id) || index === LEFT);
  expect(externalIds(await list({ integration: orders.integrationId }))).toEqual(held);
});

test("numbers of an integration agree with its filters", async () => {
  const used = await asCustomer(database, viewer, (tx) => listUsedIntegrations(tx, "en"));
  expect(used).toMatchObject([
    {
      name: "Orders",
      connectedCount: { count: 7, isMore: false },
      lackingCount: 7,
      linkToken: orders.linkToken,
    },
  ]);
});

describe("search", () => {
  let owner: Viewer;
  const rename = async (id: string, name: string, businessId: string | null) => {
    // As the vendor gives it: the trigger reads what a new activation says.
    await database.admin
      .sql`update candidates set name = ${name}, business_id = ${businessId} where external_id = ${id}`;
  };
  beforeAll(async () => {
    owner = await createViewer(database);
    const offered = freshCompanies(4);
    const { draft } = await prepareDraft(database, owner, orders, { offered });
    await rename(offered[0] ?? "", "Mäkinen & Söner Kahvila Oy", "1234567-8");
    await rename(offered[1] ?? "", "Ærø Bådværft A/S", "987 654 321 MVA");
    await rename(offered[2] ?? "", "100% Puhdas_Oy", null);
    await rename(offered[3] ?? "", "Ωmega Ltd", "FI20774740");
    await submit(database, owner, orders, { draft });
  });
  const find = async (q: string) => (await list({ q }, 50, owner)).companies.map(({ name }) => name);

  test.each([
    ["mäki", "Mäkinen & Söner Kahvila Oy"],
    ["MAKINEN", "Mäkinen & Söner Kahvila Oy"],
    ["kahv soner", "Mäkinen & Söner Kahvila Oy"],
    ["12345678", "Mäkinen & Söner Kahvila Oy"],
    ["1234567-8", "Mäkinen & Söner Kahvila Oy"],
    ["1234567–8", "Mäkinen & Söner Kahvila Oy"],
    ["FI 1234567-8", "Mäkinen & Söner Kahvila Oy"],
    ["ÆRØ", "Ærø Bådværft A/S"],
    ["badværft", "Ærø Bådværft A/S"],
    ["987654321", "Ærø Bådværft A/S"],
    ["NO 987 654 321 MVA", "Ærø Bådværft A/S"],
    ["100%", "100% Puhdas_Oy"],
    ["puhdas", "100% Puhdas_Oy"],
    ["20774740", "Ωmega Ltd"],
  ])("%s finds %s", async (q, name) => {
    expect(await find(q)).toEqual([name]);
  });

  test.each(["akinen", "12345679", "%", "_", "'", "\\", "\u0000", "\ud800", "x".repeat(500), "mäki ærø"])(
    "%j finds nothing, and breaks nothing",
    async (q) => {
      const found = await find(q);
      expect(found.length === 0 || q.replace(/\p{C}/gu, "").trim() === "").toBe(true);
    },
  );

  test("nobody finds another account's companies", async () => {
    expect((await list({ q: "mäkinen" })).companies).toEqual([]);
  });
});

test("pages by name have each company once, at any size and after names were written alike", async () => {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await list({ ...(after && { after }) }, 3);
    seen.push(...externalIds(page));
    after = page.nextCursor ?? undefined;
  } while (after);
  expect(seen).toEqual(ids);
  expect(externalIds(await list({ after: "no cursor" }, 3))).toEqual(ids.slice(0, 3));
});

test("a company's page has its history, newest first, and no other account sees it", async () => {
  const [row] = await database.admin.orm
    .select()
    .from(companies)
    .where(eq(companies.externalId, ids[6] ?? ""));
  const read = (by: Viewer) =>
    asCustomer(database, by, (tx) => getCompany(tx, row?.id ?? "", { limit: 10, locale: "en" }));
  await createRequest(database, viewer, orders, { offered: [ids[6] ?? ""] });
  const details = await read(viewer);
  expect(details.history.map(({ state }) => state)).toEqual(["activating", "ended"]);
  expect(details.company.cells).toMatchObject([{ state: "activating" }]);
  await expect(read(await createViewer(database))).rejects.toMatchObject({ code: "not_found" });
});

test("a request whose form waits for the customer needs the customer, an opened partner's page does not", async () => {
  const owner = await createViewer(database);
  const paged = await createIntegration(database, { content: { name: "Paged", partnerSteps: PAGE_STEPS } });
  await createRequest(database, owner, receipts);
  const { requestId } = await createRequest(database, owner, paged);
  const states = async (given = {}) =>
    (await list(given, 50, owner)).companies.flatMap(({ cells }) =>
      cells.map(({ state }) => state).filter((state) => state !== "not_connected"),
    );
  expect(await states({ show: "needs_me" })).toEqual(["your_turn", "your_turn"]);
  await database.admin
    .sql`update activation_requests set partner_page_opened_at = now() where id = ${requestId}`;
  expect(await states({ show: "needs_me" })).toEqual(["your_turn"]);
  expect(await states()).toContain("awaiting_partner");
});

describe("20,000 connections", () => {
  let big: Viewer;
  beforeAll(async () => {
    big = await createViewer(database);
    const { requestId } = await createRequest(database, big, orders);
    await database.admin.sql.begin(async (admin) => {
      // Set by set, where the triggers would go row by row.
      await admin`set local session_replication_role = replica`;
      await admin`insert into environments (id, connector, stage, external_id)
        select gen_random_uuid(), 'procountor', 'test', 'big-' || n from generate_series(1, 20000) n`;
      await admin`insert into activations (id, request_id, grant_id, partner_id, account_id, integration_id, environment_id, external_id,
          environment_name, business_id, state, is_occupying)
        select gen_random_uuid(), a.request_id, a.grant_id, a.partner_id, a.account_id, a.integration_id, e.id, e.external_id,
          'Company ' || md5(e.external_id), substr(e.external_id, 5), 'active', true
        from environments e, activations a where a.request_id = ${requestId} and e.external_id like 'big-%'`;
      await admin`insert into connections (id, activation_id, partner_id, account_id, integration_id, environment_id, specification_id, state)
        select gen_random_uuid(), id, partner_id, account_id, integration_id, environment_id, (select specification_id from activation_requests where id = ${requestId}), 'active'
        from activations where external_id like 'big-%'`;
      await admin`insert into companies (id, account_id, environment_id, connector, stage, external_id, name, business_id, sort_key)
        select gen_random_uuid(), account_id, environment_id, 'procountor', 'test', external_id, environment_name, business_id,
          lower(environment_name) from activations where external_id like 'big-%'`;
      await admin`insert into company_words (account_id, company_id, word)
        select account_id, id, unnest(array['company', substr(sort_key, 9), business_id]) from companies
        where external_id like 'big-%'`;
    });
    await database.admin.sql`analyze`;
  }, 120_000);

  /** The plan of the list's own statement, as the customer's role gets it. */
  async function explain(given: Record<string, string>): Promise<PlanNode[]> {
    const plans = await explainStatements(database, big, 'order by "companies"."sort_key"', async (tx) =>
      listCompanies(tx, companyFilter.parse(given), await listUsedIntegrations(tx, "en")),
    );
    return only(plans);
  }

  test("a page far down is read from the index, from where it begins", async () => {
    const rows = await database.admin.orm
      .select()
      .from(companies)
      .where(eq(companies.accountId, big.accountId))
      .orderBy(companies.sortKey)
      .offset(19_000)
      .limit(1);
    const plan = await explain({ after: writeCursor(only(rows)) });
    const scan = plan.find((node) => node["Relation Name"] === "companies");
    expect(scan?.["Node Type"]).toMatch(/Index/);
    expect(scan?.["Index Cond"]).toMatch(/ROW\(.*sort_key.*>/);
  });

  test("a search is read from the index of words", async () => {
    const plan = await explain({ q: "company 199" });
    const scan = plan.filter((node) => node["Relation Name"] === "company_words");
    expect(scan.length).toBeGreaterThan(0);
    expect(
      plan.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"]),
    ).not.toContain("company_words");
    expect(scan.some((node) => node["Index Cond"]?.includes("~>=~"))).toBe(true);
  });
});
