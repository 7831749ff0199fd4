import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { connections, outboxMails } from "@/db/schema";
import { type ScopedTransaction, withScope } from "@/db/scope";
import { getEnvironmentsView } from "@/lib/activation/draft/environments-view";
import type { DraftRow } from "@/lib/activation/draft/queries";
import { findTechnicalUserView } from "@/lib/activation/draft/technical-user-view";
import { getRequestView } from "@/lib/activation/request/queries";
import { readTimeline } from "@/lib/activation/timeline/read-timeline";
import { listDue } from "@/lib/connection/comparison/compare-connection";
import { listComparisons } from "@/lib/connection/comparison/queries";
import {
  listDayCounts,
  listDeliveries,
  listEntityStates,
  listInbox,
  listInboxRows,
} from "@/lib/connection/delivery/queries";
import { askForExport } from "@/lib/connection/export/ask-for-export";
import { findExportOffer } from "@/lib/connection/export/queries";
import { EXPORT_READERS } from "@/lib/connection/export/read-lines";
import { GATEWAY_ROUTES } from "@/lib/connection/gateway/routes";
import { serveGateway } from "@/lib/connection/gateway/serve-gateway";
import { listOpenImports } from "@/lib/connection/import/queries";
import { findAccount, listAddresses, listFiles, readProgress } from "@/lib/connection/intake/queries";
import {
  findPreparationView,
  findPrepared,
  hasWritten,
  isUsedAlone,
} from "@/lib/connection/preparation/queries";
import { sha256 } from "@/lib/core/hash";
import { companyFilter } from "@/lib/operations/company/schema";
import { getHome } from "@/lib/operations/home/queries";
import { listMails } from "@/lib/operations/mail/queries";
import { reconcile } from "@/lib/operations/reconcile/reconcile";
import { sweep } from "@/lib/operations/sweep/sweep";
import { listTasks } from "@/lib/operations/task/queries";
import { findNews } from "@/lib/partner/alert/find-news";
import { listPartnerRequests } from "@/lib/partner/api/queries";
import { endConnections, getEnded, previewEnd } from "@/lib/partner/monitoring/end-connections";
import { listPartnerConnections, listRequests } from "@/lib/partner/monitoring/queries";
import { connectionFilter, requestFilter } from "@/lib/partner/monitoring/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { listAccounts } from "@/lib/people/membership/queries";
import { log } from "@/lib/platform/log";
import { ensureConnectionData } from "@/lib/platform/seal/connection-data";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { makeInvoiceRow } from "@/testing/fixtures/deliveries";
import { prepareDraft } from "@/testing/fixtures/draft";
import { makeKey } from "@/testing/fixtures/gateway-world";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { createOperator } from "@/testing/fixtures/operator";
import { createRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { addManyDeliveries, addManyRows, GROWING } from "@/testing/many-rows";
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
  "connections of comparison": "once an hour those that were not compared within a day are looked for",
  "deliveries of export":
    "a customer asks for one now and then, and the planner sorts what is left of a connection's deliveries",
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
  /** Where the last twentieth of the partner's requests and connections begins. */
  const deep = { request: "", connection: "" };
  beforeAll(async () => {
    for (const [name, table] of [
      ["request", "activation_requests"],
      ["connection", "connections"],
    ] as const) {
      const [row] = await database.admin.sql<{ id: string }[]>`
        select id from ${database.admin.sql(table)} where partner_id = ${integration.partner.id} order by id offset 1000 limit 1`;
      deep[name] = row?.id ?? "";
    }
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
    "the partner's requests at 95 % depth": (own) =>
      withScope(own, ofPartner(), (tx) => listRequests(tx, requestFilter.parse({ before: deep.request }))),
    "the partner's requests of a state at 95 % depth": (own) =>
      withScope(own, ofPartner(), (tx) =>
        listRequests(tx, requestFilter.parse({ before: deep.request, state: "cancelled" })),
      ),
    "the partner's connections at 95 % depth": (own) =>
      withScope(own, ofPartner(), (tx) =>
        listPartnerConnections(tx, connectionFilter.parse({ before: deep.connection })),
      ),
    "requests by the partner's software at 95 % depth": (own) =>
      withScope(own, ofPartner(), (tx) =>
        listPartnerRequests(tx, integration.caller, { limit: 20, cursor: deep.request }),
      ),
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

  test("what partners end: a preview, an end and how far it has come", async () => {
    const [one] = await database.admin.sql<{ id: string }[]>`
      select n.id from connections n join activations t on t.id = n.activation_id
      where n.partner_id = ${integration.partner.id} and n.state = 'active' and t.state = 'active' limit 1`;
    await database.admin.sql`delete from offboarding_steps where connection_id = ${one?.id ?? ""}`;
    await database.admin.sql`delete from offboardings where connection_id = ${one?.id ?? ""}`;
    const wanted = {
      connectionId: one?.id ?? "",
      extent: "customer",
      reason: "A test.",
      expected: 1,
    } as const;
    const asker = { by: "partner", keyId: integration.caller.keyId } as const;
    const readings = await readPlans(database, "web", (own) =>
      withScope(own, ofPartner(), async (tx) => {
        await previewEnd(tx, wanted.connectionId);
        const { askId } = await endConnections(tx, asker, integration.partner.id, wanted);
        await getEnded(tx, askId);
      }),
    );
    expect(readings.length).toBeGreaterThan(0);
    expect(findCliffs("ends by others", readings)).toEqual([]);
  });

  test("the preparation of a connection, to its customer and to the worker", async () => {
    const [one] = await database.admin.sql<
      { id: string }[]
    >`select connection_id as id from connection_preparations limit 1`;
    const of = one?.id ?? "";
    const readings = await readPlans(database, "worker", (own) =>
      withScope(own, { kind: "system", reason: "test" }, async (tx) => {
        await findPrepared(tx, of);
        await hasWritten(tx, of);
        await isUsedAlone(tx, { connector: "procountor", stage: "test", externalId: "many7" }, "many7");
      }),
    );
    const views = await readPlans(database, "web", (own) =>
      withScope(own, asCustomer(viewer), (tx) => findPreparationView(tx, of)),
    );
    expect(readings.length).toBeGreaterThan(0);
    expect(findCliffs("preparation", [...readings, ...views])).toEqual([]);
  });

  describe("by partners' software, of a connection with 20,000 rows beside those of others", () => {
    let delivering: string;
    let keys: WorkerContext["keys"];
    beforeAll(async () => {
      const [one] = await database.admin.sql<{ id: string }[]>`
        select n.id from connections n where n.partner_id = ${integration.partner.id} and n.state = 'active' order by n.id limit 1`;
      delivering = one?.id ?? "";
      ({ keys } = makeWorkerContext(database));
      await withScope(database.worker, { kind: "system", reason: "test" }, (tx) =>
        ensureConnectionData(tx, keys, delivering),
      );
      await addManyDeliveries(database.admin.sql, delivering, 20_000);
    }, 120_000);

    test.each<[string, string, object?]>([
      ["deliveries, a page", "/deliveries?limit=20"],
      ["one delivery with a page of its rows", "/deliveries/DELIVERY?limit=100"],
      ["one delivery, rows with an outcome", "/deliveries/DELIVERY?limit=100&outcome=rejected"],
      ["the feed from its beginning", "/outcomes?limit=100"],
      ["the feed from its middle", "/outcomes?limit=100&cursor=CURSOR"],
      [
        "a new delivery",
        "/records/sales-invoices",
        { records: [makeInvoiceRow("plan-1"), makeInvoiceRow("plan-2")] },
      ],
    ])("%s", async (name, path, body) => {
      const key = await makeKey(database, integration.partner.id, { scopes: ["records"] });
      const [delivery] = await database.admin.sql<{ id: string }[]>`
        select id from deliveries where connection_id = ${delivering} and number > 1 order by number limit 1`;
      const [feed] = await database.admin.sql<{ epoch: string }[]>`
        select epoch from outcome_feeds where connection_id = ${delivering}`;
      const cursor = Buffer.from(`${feed?.epoch}/10000`).toString("base64url");
      const readings = await readPlans(database, "gateway", async (own) => {
        const server = await serveGateway(
          {
            database: own,
            keys: { rings: { gateway: keys.rings.gateway } },
            log: log.child({}, { level: "silent" }),
          },
          {
            port: 0,
            host: "127.0.0.1",
            publicUrl: "https://portal.example",
            routes: GATEWAY_ROUTES,
            answerOther: async () => null,
          },
        );
        const at = path.replace("DELIVERY", delivery?.id ?? "").replace("CURSOR", cursor);
        const response = await fetch(
          `http://127.0.0.1:${server.port}/gateway/v1/connections/${delivering}${at}`,
          {
            method: body ? "POST" : "GET",
            headers: {
              authorization: `Bearer ${key}`,
              "content-type": "application/json",
              connection: "close",
            },
            ...(body && { body: JSON.stringify(body) }),
          },
        );
        expect([response.status, await response.text()]).toEqual([body ? 202 : 200, expect.any(String)]);
        await server.stop();
      });
      expect(readings.length).toBeGreaterThan(0);
      expect(findCliffs(name, readings)).toEqual([]);
    });

    test.each(["customer", "partner"] as const)("what the %s's pages of it show", async (side) => {
      const [own] = await database.admin.sql<{ accountId: string; userId: string }[]>`
        select m.account_id as "accountId", m.user_id as "userId" from memberships m
        join connections n on n.account_id = m.account_id where n.id = ${delivering}`;
      if (!own) throw new Error("the connection has no member");
      const group = {
        entity: "sales-invoices",
        state: "rejected",
        cause: "vat_unknown",
        field: null,
        vendorCode: null,
      } as const;
      const readings = await readPlans(database, "web", (web) =>
        withScope(
          web,
          side === "partner" ? ofPartner() : { kind: "customer", ...own, linkHash: undefined },
          async (tx) => {
            await listEntityStates(tx, delivering);
            await listDeliveries(tx, delivering);
            await listInbox(tx, delivering);
            if (side === "customer")
              await listInboxRows(tx as ScopedTransaction<"customer">, delivering, group);
            await listDayCounts(tx, delivering);
            await listComparisons(tx, delivering);
          },
        ),
      );
      const ofCustomer =
        side === "partner"
          ? []
          : await readPlans(database, "web", (web) =>
              withScope(web, { kind: "customer", ...own, linkHash: undefined }, async (tx) => {
                await listOpenImports(tx, delivering);
                await findExportOffer(tx, { accountId: own.accountId, connectionId: delivering });
                await askForExport(tx, { ...viewer, ...own }, delivering);
              }),
            );
      expect(readings.length).toBeGreaterThan(0);
      expect(findCliffs(`pages of ${side}`, [...readings, ...ofCustomer])).toEqual([]);
    });

    test("which connections are compared with the vendor", async () => {
      const readings = await readPlans(database, "worker", async (own) => {
        expect(await listDue({ database: own }, new Date())).toContain(delivering);
      });
      expect(readings.map(({ table }) => table)).toContain("written_records");
      expect(findCliffs("comparison", readings)).toEqual([]);
    });

    test("an export of it, page by page", async () => {
      const [of] = await database.admin.sql<{ connectionId: string; accountId: string; requestId: string }[]>`
        select n.id as "connectionId", n.account_id as "accountId", t.request_id as "requestId"
        from connections n join activations t on t.id = n.activation_id where n.id = ${delivering}`;
      if (!of) throw new Error("the connection is away");
      const readings = await readPlans(database, "worker", async (own) => {
        const run = <T>(work: (tx: ScopedTransaction<"system">) => Promise<T>) =>
          withScope(own, { kind: "system", reason: "test" }, work);
        for (const [file, { read }] of Object.entries(EXPORT_READERS)) {
          let lines = 0;
          try {
            for await (const page of read(run, keys, of)) {
              lines += page.length;
              if (lines >= 2000) break;
            }
          } catch (error) {
            // What these records hold was never sealed: they are read, and cannot be opened.
            if (file !== "records") throw error;
          }
        }
      });
      expect(readings.filter(({ table }) => table === "outcome_events").length).toBeGreaterThan(1);
      expect(findCliffs("export", readings)).toEqual([]);
    });
  });

  test("a scan of a whole table is found", async () => {
    const readings = await readPlans(database, "worker", (own) =>
      withScope(own, { kind: "system", reason: "test" }, (tx) =>
        tx.select({ id: outboxMails.id }).from(outboxMails).where(eq(outboxMails.locale, "fi")),
      ),
    );
    expect(findCliffs("a scan", readings)).toHaveLength(1);
  });
});
