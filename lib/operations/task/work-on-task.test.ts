import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog, candidates, outboxEvents, outboxMails, tasks } from "@/db/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { closeTask, type FoundTask, openTask } from "@/lib/platform/task/open-task";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { asOperator, createOperator } from "@/testing/fixtures/operator";
import { createRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { getTask, listTasks } from "./queries";
import { resolveTask } from "./resolve-task";
import { retryTask } from "./retry-task";

let database: TestDatabase;
let context: WorkerContext;
let operator: Viewer;
let integration: TestIntegration;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  operator = await createOperator(database);
  integration = await createIntegration(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.admin.orm.delete(tasks);
  await database.admin.orm.delete(outboxEvents);
});

async function open(found: FoundTask): Promise<string> {
  await asSystem(context, "test", (tx) => openTask(tx, found));
  const [task] = await database.admin.orm.select().from(tasks).where(eq(tasks.subjectId, found.subjectId));
  return String(task?.id);
}
const read = (id: string) => asOperator(database, operator, (tx) => getTask(tx, id));
const list = (filter: Partial<Parameters<typeof listTasks>[1]> = {}) =>
  asOperator(database, operator, (tx) => listTasks(tx, { side: "open", ...filter }));
const resolve = (taskId: string, resolution = "Removed there.") =>
  asOperator(database, operator, (tx) => resolveTask(tx, operator, { taskId, resolution }));
const retry = (taskId: string, now?: Date) =>
  asOperator(database, operator, (tx) => retryTask(tx, operator, taskId, now));
const listEvents = async () =>
  (await database.admin.orm.select().from(outboxEvents)).map(({ name, data }) => ({ name, data }));

describe("resolving", () => {
  test("a person's sentence ends it, with who and when, once", async () => {
    const id = await open({ kind: "key_still_works", subjectId: uuidv7() });
    await resolve(id, "The customer removed it.");
    expect(await read(id)).toMatchObject({
      resolvedBy: operator.email,
      resolution: "The customer removed it.",
      canRetry: false,
    });
    await expect(resolve(id, "Again.")).rejects.toMatchObject({ code: "conflict" });
    await expect(resolve(uuidv7())).rejects.toMatchObject({ code: "not_found" });
    const audited = await database.admin.orm.select().from(auditLog).where(eq(auditLog.subjectId, id));
    expect(audited).toMatchObject([{ action: "task.resolve", actorId: operator.userId, outcome: "done" }]);
  });

  test("what went away by itself names nobody", async () => {
    const subjectId = uuidv7();
    const id = await open({ kind: "key_still_works", subjectId });
    await asSystem(context, "test", (tx) => closeTask(tx, "key_still_works", subjectId));
    expect(await read(id)).toMatchObject({ resolvedBy: null, resolution: null });
    expect((await read(id)).resolvedAt).not.toBeNull();
  });
});

describe("trying again", () => {
  test("a refused release is asked for by its grant", async () => {
    const viewer = await createViewer(database);
    const { grantId } = await createRequest(database, viewer, integration);
    const candidate = only(
      await database.admin.orm.select().from(candidates).where(eq(candidates.grantId, grantId)),
    );
    const id = await open({ kind: "release_refused", subjectId: candidate.id });
    await database.admin.orm.delete(outboxEvents);
    await retry(id);
    expect(await listEvents()).toEqual([{ name: "grant/release.wanted", data: { grantId } }]);
    const audited = await database.admin.orm.select().from(auditLog).where(eq(auditLog.subjectId, id));
    expect(audited).toMatchObject([{ action: "task.retry", actorId: operator.userId }]);
  });

  test("a mail that was given up is queued again, and its address is not told", async () => {
    const mail = only(
      await database.admin.orm
        .insert(outboxMails)
        .values({
          kind: "request_settled",
          subjectId: uuidv7(),
          recipient: "aino.esimerkki@example.com",
          locale: "fi",
          messageId: "<x@y>",
          state: "failed",
        })
        .returning(),
    );
    const id = await open({ kind: "mail_failed", subjectId: mail.id });
    expect((await read(id)).facts).toContainEqual({ name: "recipient", value: "a***@example.com" });
    await retry(id);
    const after = only(
      await database.admin.orm.select().from(outboxMails).where(eq(outboxMails.id, mail.id)),
    );
    expect(after.state).toBe("queued");
    expect(await listEvents()).toEqual([{ name: "mail/queued", data: { mailId: mail.id } }]);
  });

  test("not twice within a minute, not when it is over, and not where a person has to act first", async () => {
    const id = await open({ kind: "request_stuck", subjectId: uuidv7() });
    await retry(id);
    await expect(retry(id)).rejects.toMatchObject({ code: "too_many_requests" });
    await retry(id, new Date(Date.now() + 61_000));
    expect(await listEvents()).toHaveLength(2);
    await resolve(id);
    await expect(retry(id)).rejects.toMatchObject({ code: "conflict" });
    const other = await open({ kind: "answer_lost", subjectId: uuidv7() });
    await expect(retry(other)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("the list", () => {
  test("is newest first, a page of 25 at a time, with what is open counted by kind", async () => {
    for (let index = 0; index < 27; index++) await open({ kind: "request_stuck", subjectId: uuidv7() });
    const lost = await open({
      kind: "answer_lost",
      subjectId: uuidv7(),
      integrationId: integration.integrationId,
    });
    const first = await list();
    expect(first.tasks).toHaveLength(25);
    expect(first.tasks[0]).toMatchObject({ id: lost, integration: { slug: integration.slug } });
    expect(first.openCounts).toEqual({ request_stuck: 27, answer_lost: 1 });
    const second = await list({ before: first.nextCursor ?? undefined });
    expect(second.tasks).toHaveLength(3);
    expect(second.nextCursor).toBeNull();
    expect((await list({ kind: "answer_lost" })).tasks.map(({ id }) => id)).toEqual([lost]);
    await resolve(lost);
    expect((await list({ kind: "answer_lost" })).tasks).toEqual([]);
    expect((await list({ side: "resolved" })).tasks.map(({ id }) => id)).toEqual([lost]);
  });
});
