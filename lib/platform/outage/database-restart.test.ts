import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isDatabaseAway } from "@/db/errors";
import { onRequestChange } from "@/lib/activation/request/request-changes";
import { findLink } from "@/lib/catalogue/integration/queries";
import { inScope } from "@/lib/platform/web-database";
import { proxy } from "@/proxy";
import { readRequest } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import {
  createVendorWorld,
  decideAsPartner,
  submitToVendor,
  type VendorWorld,
} from "@/testing/fixtures/vendor-world";
import { startWebProcess } from "@/testing/fixtures/web-process";
import { startWorkerProcess } from "@/testing/fixtures/worker-process";
import { type RestartablePostgres, startRestartablePostgres } from "@/testing/restartable-postgres";
import { waitFor } from "@/testing/wait-for";

let postgres: RestartablePostgres;
let world: VendorWorld;
let stopWeb: () => Promise<void>;
let stopWorker: () => Promise<void>;
/** A rejection that nobody handles would end a real process. */
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeAll(async () => {
  process.on("unhandledRejection", note);
  postgres = await startRestartablePostgres();
  world = await createVendorWorld({ partnerSteps: PAGE_STEPS }, async () => postgres.database);
  stopWeb = startWebProcess(postgres.database);
  stopWorker = await startWorkerProcess(postgres.database, world.context, { sendMail: async () => {} });
}, 60_000);
afterAll(async () => {
  await stopWorker();
  await stopWeb();
  await world.sandbox.close();
  await postgres.close();
  process.off("unhandledRejection", note);
}, 60_000);

const PATIENCE = { timeout: 30_000 };
const openHome = (headers: Record<string, string> = {}) =>
  proxy(new NextRequest("https://portal.example/home", { headers }));
const readLink = () => inScope({ kind: "public" }, (tx) => findLink(tx, "nothing", "en"));

test("a database that goes away and comes back: true words meanwhile, and everything goes on by itself", async () => {
  const { requestId } = await submitToVendor(world, [15501, 15502]);
  await waitFor(async () => {
    const waits = await postgres.database.admin.sql`select 1 from engine.steps where state = 'waiting'`;
    expect(waits).toHaveLength(1);
  }, PATIENCE);
  let heard = 0;
  const stopListening = onRequestChange(requestId, () => {
    heard += 1;
  });
  await waitFor(() => expect(heard).toBeGreaterThan(0), PATIENCE);
  expect((await openHome()).status).toBe(200);

  await postgres.crash();
  const refused = await waitFor(async () => {
    const answer = await openHome({ "accept-language": "fi" });
    expect(answer.status).toBe(503);
    return answer;
  }, PATIENCE);
  expect(refused.headers.get("retry-after")).toBe("5");
  expect(await refused.text()).toContain("Emme saa juuri nyt yhteyttä tietokantaamme");
  // What was typed into a form is not lost to a page of another kind: the action answers.
  expect((await openHome({ "next-action": "x" })).status).toBe(200);
  const failure = await readLink().catch((error: unknown) => error);
  expect(isDatabaseAway(failure)).toBe(true);
  expect(failure).toMatchObject({ digest: "database_away" });

  await postgres.start();
  await waitFor(async () => expect((await openHome()).status).toBe(200), PATIENCE);
  await waitFor(async () => expect((await readLink()).kind).toBe("dead"), PATIENCE);
  heard = 0;
  await decideAsPartner(world, requestId);
  await waitFor(async () => {
    const request = await readRequest(postgres.database, requestId);
    expect(request.activations.map((one) => one.state)).toEqual(["active", "active"]);
    expect(request.state).toBe("settled");
  }, PATIENCE);
  expect(heard).toBeGreaterThan(0);
  stopListening();
  expect(unhandled).toEqual([]);
}, 120_000);
