import { eq } from "drizzle-orm";
import { NonRetriableError } from "inngest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import { createTestEngine, type Define } from "@/inngest/engine/test-engine";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asOperator, createOperator } from "@/testing/fixtures/operator";
import { waitFor } from "@/testing/wait-for";
import { changeRun } from "./change-run";
import { getRun, listRuns } from "./queries";
import type { RunFilter, RunState } from "./schema";

let database: TestDatabase;
let operator: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  operator = await createOperator(database);
});
afterAll(() => database.close());

const list = (filter: RunFilter = {}) => asOperator(database, operator, (tx) => listRuns(tx, filter));
const read = (id: string) => asOperator(database, operator, (tx) => getRun(tx, id));
const change = (runId: string, kind: "retry" | "cancel") =>
  asOperator(database, operator, (tx) => changeRun(tx, operator, { runId, change: kind }));
const waitForState = (id: string, state: RunState) =>
  waitFor(async () => expect((await read(id)).state).toBe(state), { timeout: 15_000 });

let isReady = false;
const define: Define = (inngest) => [
  inngest.createFunction({ id: "ship", triggers: { event: "ship" }, retries: 0 }, async ({ step }) => {
    await step.run("pack", () => "packed");
    return step.run("hand over", () => {
      if (!isReady) throw new NonRetriableError("refused for ann@example.com");
      return "shipped";
    });
  }),
  inngest.createFunction({ id: "wait", triggers: { event: "wait" } }, ({ step }) =>
    step.waitForEvent("arrival", { event: "arrived", timeout: "1h" }),
  ),
];

test("an operator looks at runs, lets a failed one go on and cancels one that waits, on record", async () => {
  const { engine, inngest } = createTestEngine(database.urls.worker, define);
  await engine.start();
  try {
    await inngest.send({ name: "ship", data: { orderId: crypto.randomUUID() } });
    const failed = await waitFor(async () => {
      const [run] = (await list({ state: "failed" })).runs;
      if (!run) throw new Error("has not failed yet");
      return run;
    });
    expect(failed.subjects).toHaveProperty("orderId");
    const view = await read(failed.id);
    expect(view.steps.map(({ name, state }) => [name, state])).toEqual([
      ["pack", "done"],
      ["hand over", "failed"],
    ]);
    expect(view.failures).toMatchObject([
      { stepName: "hand over", attempt: 1, retryAt: null },
      { stepName: null, attempt: 1, retryAt: null },
    ]);
    expect(JSON.stringify(view)).not.toContain("ann@example.com");
    await expect(change(failed.id, "cancel")).rejects.toMatchObject({ code: "conflict" });

    isReady = true;
    await change(failed.id, "retry");
    await waitForState(failed.id, "completed");
    await expect(change(failed.id, "retry")).rejects.toMatchObject({ code: "conflict" });

    await inngest.send({ name: "wait", data: {} });
    const waiting = await waitFor(async () => {
      const run = (await list({ state: "running" })).runs.find(({ waitsFor }) => waitsFor?.kind === "event");
      if (!run) throw new Error("does not wait yet");
      return run;
    });
    expect(waiting.waitsFor).toMatchObject({ name: "arrived", until: expect.any(String) });
    await change(waiting.id, "cancel");
    await waitForState(waiting.id, "cancelled");

    const audited = await database.admin.orm
      .select({ action: auditLog.action, subjectId: auditLog.subjectId })
      .from(auditLog)
      .where(eq(auditLog.subjectKind, "run"))
      .orderBy(auditLog.id);
    expect(audited).toEqual([
      { action: "run.retry", subjectId: failed.id },
      { action: "run.cancel", subjectId: waiting.id },
    ]);
    const { queue, functions } = await list();
    expect(queue.liveWorkers).toBe(1);
    expect(functions.length).toBe(2);
  } finally {
    await engine.stop();
  }
});

test("a run that is none is not found", async () => {
  const id = crypto.randomUUID();
  await expect(read(id)).rejects.toMatchObject({ code: "not_found" });
  await expect(change(id, "retry")).rejects.toMatchObject({ code: "not_found" });
});
