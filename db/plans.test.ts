import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { connections, outboxMails } from "@/db/schema";
import { withScope } from "@/db/scope";
import { getEnvironmentsView } from "@/lib/activation/draft/environments-view";
import type { DraftRow } from "@/lib/activation/draft/queries";
import { findTechnicalUserView } from "@/lib/activation/draft/technical-user-view";
import { getRequestView } from "@/lib/activation/request/queries";
import { readTimeline } from "@/lib/activation/timeline/read-timeline";
import { findAccount, listAddresses, listFiles, readProgress } from "@/lib/connection/intake/queries";
import { sha256 } from "@/lib/core/hash";
import { companyFilter } from "@/lib/operations/company/schema";
import { getHome } from "@/lib/operations/home/queries";
import { listMails } from "@/lib/operations/mail/queries";
import { reconcile } from "@/lib/operations/reconcile/reconcile";
import { sweep } from "@/lib/operations/sweep/sweep";
import { listTasks } from "@/lib/operations/task/queries";
import { findNews } from "@/lib/partner/alert/find-news";
import { listPartnerRequests } from "@/lib/partner/api/queries";
import { listPartnerConnections, listRequests } from "@/lib/partner/monitoring/queries";
import { connectionFilter, requestFilter } from "@/lib/partner/monitoring/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { listAccounts } from "@/lib/people/membership/queries";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { prepareDraft } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { createOperator } from "@/testing/fixtures/operator";
import { createRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { addManyRows, GROWING } from "@/testing/many-rows";
import type { Reading } from "@/testing/plans";
import { readPlans } from "@/testing/plans";

let database: TestDatabase;
let integration: TestIntegration;
beforeAll(async () => {
  database = await createTestDatabase();
  integration = await createIntegration(database);
  await addManyRows(database.admin.sql, integration, 20_000);
}, 240_000);
afterAll(() => database.close());

/**
 * What a page or a sweep may read of one growing table in a statement: some rows, and never a part of the whole. Beside 20,000
 * rows a scan of all of them stands out.
 */
const MOST_ROWS = 1500;

/** Read whole, on purpose. */
const WHOLE: Record<string, string> = {
  "data_keys of reconcile": "once an hour each key's owner is looked for, in any of four tables",
  "connections of reconcile": "the same comparison",
};

function findCliffs(name: string, readings: readonly Reading[]): string[] {
  const growing = new Set<string>(GROWING);
  return readings
    .filter(({ table, rows }) => growing.has(table) && rows > MOST_ROWS && !(`${table} of ${name}` in WHOLE))
    .map(
      ({ table, rows, scans, statement }) => `${rows} rows of ${table} by ${scans.join(", ")}: ${statement}`,
    );
}

const asCustomer = (viewer: Viewer, linkToken?: string) => ({
  kind: "customer" as const,
  accountId: viewer.accountId,
  userId: viewer.userId,
  linkHash: linkToken ? sha256(linkToken) : undefined,
});

describe("with 20,000 rows of each growing table, no scan of all of them", () => {
  let viewer: Viewer;
  let requestId: string;
  let other: Viewer;
  let draft: DraftRow;
  let operator: Viewer;
  beforeAll(async () => {
    viewer = await createViewer(database);
    ({ requestId } = await createRequest(database, viewer, integration));
    other = await createViewer(database);
    ({ draft } = await prepareDraft(database, other, integration));
    operator = await createOperator(database);
  });

  const pages: Record<string, (own: Database) => Promise<unknown>> = {
    "the accounts of a person, on every page": (own) =>
      withScope(own, { kind: "auth" }, (tx) => listAccounts(tx, viewer)),
    home: (own) => withScope(own, asCustomer(viewer), (tx) => getHome(tx, companyFilter.parse({}), "en")),
    "home, searched and filtered": (own) =>
      withScope(own, asCustomer(viewer), (tx) =>
        getHome(tx, companyFilter.parse({ q: "many", show: "needs_me" }), "en"),
      ),
    status: (own) => withScope(own, asCustomer(viewer), (tx) => getRequestView(tx, requestId, "en")),
    environments: (own) =>
      withScope(own, asCustomer(other, integration.linkToken), (tx) =>
        getEnvironmentsView(tx, other, draft, integration),
      ),
    "technical user": (own) =>
      withScope(own, asCustomer(other, integration.linkToken), (tx) =>
        findTechnicalUserView(tx, draft, integration),
      ),
    "files of a connection": (own) =>
      withScope(own, asCustomer(viewer), async (tx) => {
        const account = await findAccount(tx, connectionId);
        await listAddresses(tx, connectionId);
        await listFiles(tx, connectionId, { limit: 21 });
        await readProgress(tx, connectionId, account ?? { passwordSetAt: null, keys: [], foundAt: null });
      }),
    "the operator's mails": (own) =>
      withScope(own, { kind: "operator", userId: operator.userId }, (tx) => listMails(tx, { state: "sent" })),
    "the operator's tasks": (own) =>
      withScope(own, { kind: "operator", userId: operator.userId }, (tx) => listTasks(tx, { side: "open" })),
    "the partner's requests": (own) =>
      withScope(own, ofPartner(), (tx) => listRequests(tx, requestFilter.parse({}))),
    "the partner's requests, searched": (own) =>
      withScope(own, ofPartner(), (tx) => listRequests(tx, requestFilter.parse({ q: "many77" }))),
    "the partner's connections": (own) =>
      withScope(own, ofPartner(), (tx) => listPartnerConnections(tx, connectionFilter.parse({}))),
    "the timeline of a request, to its customer": (own) =>
      withScope(own, asCustomer(viewer), (tx) => readTimeline(tx, "customer", { requestId })),
    "the timeline of a request, to its partner": (own) =>
      withScope(own, ofPartner(), (tx) => readTimeline(tx, "partner", { requestId })),
    "the timeline of a connection, to an operator": (own) =>
      withScope(own, { kind: "operator", userId: operator.userId }, async (tx) => {
        const [one] = await tx.select({ id: connections.id }).from(connections).limit(1);
        return readTimeline(tx, "operator", { connectionId: one?.id ?? "" });
      }),
    "requests by the partner's software": (own) =>
      withScope(own, ofPartner(), (tx) => listPartnerRequests(tx, integration.caller, { limit: 20 })),
  };
  /** A request of another account: a page reads as much of it as of its own. */
  const connectionId = randomUUID();
  const ofPartner = () => ({
    kind: "partner" as const,
    partnerId: integration.caller.partnerId,
    keyId: integration.caller.keyId,
  });

  test.each(Object.keys(pages))("%s", async (name) => {
    const readings = await readPlans(database, "web", async (own) => pages[name]?.(own));
    expect(readings.length).toBeGreaterThan(0);
    expect(findCliffs(name, readings)).toEqual([]);
  });

  test("what a digest tells a partner's member", async () => {
    const wanted = {
      partnerId: integration.partner.id,
      waitingHours: 24,
      rejectionPercent: 10,
      tellsAttention: true,
    };
    const readings = await readPlans(database, "worker", (own) =>
      withScope(own, { kind: "system", reason: "test" }, (tx) =>
        findNews(tx, wanted, { since: new Date("2026-01-01T00:00:00Z"), now: new Date() }),
      ),
    );
    expect(readings.length).toBeGreaterThan(0);
    expect(findCliffs("digest", readings)).toEqual([]);
  });

  test.each([
    ["sweep", sweep],
    ["reconcile", reconcile],
  ])(
    "%s, once what is old was put right",
    async (name, work) => {
      const context = makeWorkerContext(database);
      await work(context);
      await database.admin.sql`vacuum analyze`;
      const readings = await readPlans(database, "worker", (own) => work({ ...context, database: own }));
      expect(readings.length).toBeGreaterThan(0);
      expect(findCliffs(name, readings)).toEqual([]);
    },
    120_000,
  );

  test("a scan of a whole table is found", async () => {
    const readings = await readPlans(database, "worker", (own) =>
      withScope(own, { kind: "system", reason: "test" }, (tx) =>
        tx.select({ id: outboxMails.id }).from(outboxMails).where(eq(outboxMails.locale, "fi")),
      ),
    );
    expect(findCliffs("a scan", readings)).toHaveLength(1);
  });
});
