import { Writable } from "node:stream";
import { eq, isNotNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outboxEvents, vendorCalls } from "@/db/schema";
import { createLog } from "@/lib/platform/log";
import { withTrace } from "@/lib/platform/trace";
import { readRequest } from "@/testing/fixtures/request";
import { createVendorWorld, submitToVendor, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { startWorkerProcess } from "@/testing/fixtures/worker-process";
import { waitFor } from "@/testing/wait-for";

let world: VendorWorld;
const lines: Record<string, unknown>[] = [];
let stopWorker: () => Promise<void>;
beforeAll(async () => {
  world = await createVendorWorld();
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const context = { ...world.context, log: createLog("info", sink) };
  stopWorker = await startWorkerProcess(world.database, context, { sendMail: async () => {} });
});
afterAll(async () => {
  await stopWorker();
  await world.close();
});

test("the id of the request that submitted is in the event, the vendor call's row and the log lines of the job", async () => {
  const traceId = "trace-of-the-submission";
  const { requestId, vendorRequest } = await withTrace(traceId, () => submitToVendor(world, [15501]));
  await waitFor(async () => expect((await readRequest(world.database, requestId)).settledAt).not.toBeNull(), {
    timeout: 30_000,
  });
  const { orm } = world.database.admin;
  const events = await orm.select().from(outboxEvents).where(eq(outboxEvents.traceId, traceId));
  // What the job itself wrote goes on under the same id.
  expect(events.map((event) => event.name)).toEqual(["activation/request.submitted", "mail/queued"]);
  for (const event of events) expect(event.data).not.toHaveProperty("traceId");
  const calls = await orm.select().from(vendorCalls).where(eq(vendorCalls.vendorRequest, vendorRequest));
  expect(calls).toMatchObject([{ traceId, state: "answered" }]);
  const answered = lines.filter((line) => line.msg === "Procountor answered");
  expect(answered.map((line) => line.operation)).toContain("PUT /integrations/{requestId}");
  for (const line of answered) expect(line).toMatchObject({ traceId });
});

test("what nobody asked for runs under the id of its own run", async () => {
  const { requestId } = await submitToVendor(world, [15502]);
  await waitFor(async () => expect((await readRequest(world.database, requestId)).settledAt).not.toBeNull(), {
    timeout: 30_000,
  });
  const { orm } = world.database.admin;
  const calls = await orm.select().from(vendorCalls).where(isNotNull(vendorCalls.traceId));
  expect(new Set(calls.map((call) => call.traceId)).size).toBe(2);
});
