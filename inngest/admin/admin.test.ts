import { sql as raw } from "drizzle-orm";
import { NonRetriableError } from "inngest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withScope } from "@/db/scope";
import { poll } from "@/inngest/engine/engine-fixture";
import { createTestEngine, type Define } from "@/inngest/engine/test-engine";
import { createTestDatabase, type TestDatabase } from "@/testing/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

type Row = Record<string, unknown>;

/** Asks as the operator's page does. */
async function ask(query: ReturnType<typeof raw>): Promise<Row[]> {
  const scope = { kind: "operator", userId: crypto.randomUUID() } as const;
  const rows = await withScope(database.web, scope, (tx) => tx.execute(query));
  return Array.from(rows, (row) => ({ ...row }));
}

const ORDER_ID = "0190d1a0-0000-7000-8000-000000000001";
let isReady = false;
let tries = 0;
const define: Define = (inngest) => [
  inngest.createFunction({ id: "ship", triggers: { event: "ship" }, retries: 0 }, async ({ step }) => {
    await step.run("pack", () => {
      tries += 1;
      return { secret: "of the step's result \0" };
    });
    return step.run("hand over", () => {
      if (!isReady)
        throw new NonRetriableError("refused for ann@example.com, see https://x.example/?key=abc");
      return "shipped";
    });
  }),
  inngest.createFunction({ id: "wait", triggers: { event: "wait" } }, ({ step }) =>
    step.waitForEvent("arrival", { event: "arrived", timeout: "1h" }),
  ),
  inngest.createFunction(
    { id: "only", triggers: { event: "only" }, singleton: { mode: "skip" } },
    ({ step }) => step.waitForEvent("go", { event: "only.go", timeout: "1h" }),
  ),
];

async function withRunningEngine(
  act: (send: (name: string, data?: object) => Promise<unknown>) => Promise<void>,
) {
  const { inngest, engine } = createTestEngine(database.urls.worker, define);
  await engine.start();
  try {
    await act((name, data) => inngest.send({ name, data: { ...data } }));
  } finally {
    await engine.stop();
  }
}

const listRuns = (functionId: string, status: string) =>
  ask(raw`select * from engine_admin.list_runs(${functionId}, ${status}, null, 50)`);

test("a failed run shows what failed without anybody's data, and goes on from there when it is tried again", async () => {
  await withRunningEngine(async (send) => {
    await send("ship", { orderId: ORDER_ID, note: "private" });
    await poll(() => listRuns("test-ship", "failed")).toHaveLength(1);
    const [run] = await listRuns("test-ship", "failed");
    expect(run).toMatchObject({
      event_name: "ship",
      subjects: { orderId: ORDER_ID },
      error_message: "refused for [address], see https://x.example/?[…]",
      waits_for: null,
    });
    const id = String(run?.id);
    const steps = await ask(raw`select * from engine_admin.list_steps(${id})`);
    expect(steps).toMatchObject([
      { name: "pack", state: "done", attempts: 1, error_name: null },
      { name: "hand over", state: "failed", attempts: 1 },
    ]);
    expect(JSON.stringify(steps)).not.toContain("of the step's result");
    const failures = await ask(raw`select * from engine_admin.list_failures(${id})`);
    expect(failures).toMatchObject([
      { step_name: "hand over", attempt: 1, retry_at: null },
      { step_name: null, attempt: 1, retry_at: null },
    ]);
    expect(await ask(raw`select failed_last_day::int from engine_admin.queue_numbers()`)).toEqual([
      { failed_last_day: 1 },
    ]);

    isReady = true;
    expect(await ask(raw`select engine_admin.retry_run(${id}) as done`)).toEqual([{ done: true }]);
    await poll(() => listRuns("test-ship", "completed")).toHaveLength(1);
    expect(tries).toBe(1);
    expect(await ask(raw`select engine_admin.retry_run(${id}) as done`)).toEqual([{ done: false }]);
  });
});

test("a waiting run says what it waits for, and can be cancelled", async () => {
  await withRunningEngine(async (send) => {
    await send("wait");
    const waiting = { waits_for: "event", waits_for_name: "arrived" };
    await poll(() => listRuns("test-wait", "running")).toMatchObject([waiting]);
    const [run] = await listRuns("test-wait", "running");
    const id = String(run?.id);
    expect(await ask(raw`select * from engine_admin.find_run(${id})`)).toEqual([run]);
    expect(await ask(raw`select engine_admin.cancel_run(${id}) as done`)).toEqual([{ done: true }]);
    await poll(() => listRuns("test-wait", "cancelled")).toHaveLength(1);
    expect(await ask(raw`select engine_admin.cancel_run(${id}) as done`)).toEqual([{ done: false }]);
    expect(await ask(raw`select engine_admin.retry_run(${id}) as done`)).toEqual([{ done: true }]);
    await poll(() => listRuns("test-wait", "running")).toMatchObject([waiting]);
    await send("arrived");
    await poll(() => listRuns("test-wait", "completed")).toHaveLength(1);
  });
});

test("a singleton is not tried again beside an equal one", async () => {
  await withRunningEngine(async (send) => {
    await send("only");
    await poll(() => listRuns("test-only", "running")).toMatchObject([{ waits_for: "event" }]);
    const [first] = await listRuns("test-only", "running");
    await ask(raw`select engine_admin.cancel_run(${String(first?.id)})`);
    await poll(() => listRuns("test-only", "cancelled")).toHaveLength(1);
    await send("only");
    await poll(() => listRuns("test-only", "running")).toHaveLength(1);
    const retried = await ask(raw`select engine_admin.retry_run(${String(first?.id)}) as done`);
    expect(retried).toEqual([{ done: false }]);
  });
});

test("runs are listed newest first, page by page, and functions by name", async () => {
  isReady = true;
  const before = await listRuns("test-ship", "completed");
  await withRunningEngine(async (send) => {
    for (let index = 0; index < 5; index++) await send("ship");
    await poll(() => listRuns("test-ship", "completed")).toHaveLength(before.length + 5);
  });
  const all = await ask(raw`select id from engine_admin.list_runs('test-ship', null, null, 50)`);
  const ids = all.map((run) => String(run.id));
  expect(ids).toEqual(ids.toSorted().reverse());
  const page = await ask(raw`select id from engine_admin.list_runs('test-ship', null, ${ids[1]}, 2)`);
  expect(page.map((run) => run.id)).toEqual(ids.slice(2, 4));
  const functions = await ask(raw`select function_id, running::int from engine_admin.list_functions()`);
  expect(functions).toEqual([
    { function_id: "test-only", running: 1 },
    { function_id: "test-ship", running: 0 },
    { function_id: "test-wait", running: 0 },
  ]);
});

test("nobody but the operator may ask", async () => {
  const scope = { kind: "customer", accountId: crypto.randomUUID(), userId: crypto.randomUUID() } as const;
  const asCustomer = (query: ReturnType<typeof raw>) =>
    withScope(database.web, scope, (tx) => tx.execute(query));
  await expect(asCustomer(raw`select * from engine_admin.list_runs(null, null, null, 1)`)).rejects.toThrow();
  await expect(asCustomer(raw`select engine_admin.cancel_run('x')`)).rejects.toThrow();
  await expect(ask(raw`select * from engine.runs`)).rejects.toThrow();
  await expect(ask(raw`select engine_admin.redact('x')`)).rejects.toThrow();
});
