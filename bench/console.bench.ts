import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ScopedTransaction, withScope } from "@/db/scope";
import { countFigures } from "@/lib/partner/figures/count-figures";
import { getFigures } from "@/lib/partner/figures/queries";
import { listPartnerConnections, listRequests } from "@/lib/partner/monitoring/queries";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { createIntegration } from "@/testing/fixtures/integration";
import { fillRequests } from "@/testing/fixtures/many-requests";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { createRequest } from "@/testing/fixtures/request";
import { describeMachine } from "./machine";
import { percentile } from "./percentile";

/** Of one partner, each a request of its own with a connection. */
const ROWS = 1_000_000;
const DAYS = 90;
const TIMES = 20;
/** A page at this depth, counted from the newest. */
const DEEP = 0.95;

let database: TestDatabase;
let asAuditor: <T>(work: (tx: ScopedTransaction<"partner">) => Promise<T>) => Promise<T>;
let fillSeconds = 0;
beforeAll(async () => {
  database = await createTestDatabase();
  const integration = await createIntegration(database);
  const member = await createMember(database, integration.partner.id, "support");
  asAuditor = (work) => asMember(database, member, work);
  const { requestId } = await createRequest(database, await createViewer(database), integration);
  const began = performance.now();
  await fillRequests(database.admin.sql, { requestId, count: ROWS, days: DAYS });
  fillSeconds = (performance.now() - began) / 1000;
}, 3_600_000);
afterAll(() => database.close());

/** Milliseconds of a transaction as the page has it: entering the scope, every query, and reading the rows. */
async function measure(work: (tx: ScopedTransaction<"partner">) => Promise<unknown>) {
  const times: number[] = [];
  for (let count = 0; count < TIMES; count++) {
    const began = performance.now();
    await asAuditor(work);
    times.push(performance.now() - began);
  }
  return { median: percentile(times, 50), p95: percentile(times, 95) };
}

const idAt = async (depth: number): Promise<string> => {
  const offset: SQL = sql`select id from activation_requests order by id desc offset ${Math.floor(ROWS * depth)} limit 1`;
  const [row] = await database.admin.orm.execute<{ id: string }>(offset);
  return String(row?.id);
};

test("what a partner's console reads, with many requests of one partner", async () => {
  const deep = await idAt(DEEP);
  const some = await idAt(0.5);
  const [named] = await database.admin.orm.execute<{ name: string }>(
    sql`select environment_name as name from activations where request_id = ${some}`,
  );
  const counted = performance.now();
  let days = 0;
  for (;;) {
    const round = await withScope(database.worker, { kind: "system", reason: "bench" }, (tx) =>
      countFigures(tx, new Date()),
    );
    days += round;
    // The fresh days are counted in each round.
    if (round <= 2) break;
  }
  const secondsOfDay = (performance.now() - counted) / 1000 / days;
  const results = {
    "first page of requests": await measure((tx) => listRequests(tx, {})),
    "page at 95 % depth": await measure((tx) => listRequests(tx, { before: deep })),
    "search by name": await measure((tx) => listRequests(tx, { q: String(named?.name).slice(0, 20) })),
    "search by id": await measure((tx) => listRequests(tx, { q: some })),
    "search by address": await measure((tx) => listRequests(tx, { q: "person4711@example.com" })),
    "first page of connections": await measure((tx) => listPartnerConnections(tx, {})),
    "funnel of 90 days": await measure((tx) => getFigures(tx, { days: "90" })),
  };
  console.log(`${ROWS} requests of one partner, filled in ${fillSeconds.toFixed(0)} s. ${describeMachine()}`);
  console.log(`counting one day of acceptances: ${secondsOfDay.toFixed(2)} s`);
  for (const [what, { median, p95 }] of Object.entries(results))
    console.log(`${what}: median ${median.toFixed(1)} ms, 95th percentile ${p95.toFixed(1)} ms`);
  expect(Object.keys(results)).toHaveLength(7);
}, 3_600_000);
