import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { activations, connections, outboxMails, vendorCalls } from "@/db/schema";
import { sweep } from "@/lib/operations/sweep/sweep";
import { assertKeysOpen } from "@/lib/platform/seal/check-keys";
import { findSecret } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { copyDatabase } from "@/testing/copy-database";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { readRequest } from "@/testing/fixtures/request";
import {
  countPuts,
  createVendorWorld,
  submitToVendor,
  type VendorWorld,
} from "@/testing/fixtures/vendor-world";
import { startWorkerProcess } from "@/testing/fixtures/worker-process";
import { waitFor } from "@/testing/wait-for";

/** The installation that the backup is taken of. */
let world: VendorWorld;
/** The empty database that it is restored on. */
let restored: TestDatabase;
beforeAll(async () => {
  world = await createVendorWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.sandbox.reset();
  restored = await createTestDatabase();
});
afterEach(() => restored.close());

const PATIENCE = { timeout: 40_000 };
let nextCompany = 15501;
const mailer = { sendMail: async () => {} };

const backUpAndRestore = () => copyDatabase(world.database.urls.admin, restored.urls.admin);
/** The worker of the restored installation: with the keys, and patient for a moment only with a lost answer. */
const restoredContext = (): WorkerContext => ({
  ...world.context,
  database: restored.worker,
  vendorAnswerWithinMs: 0,
  standIns: {},
  outgoing: { allowLoopback: false },
});
const hasSettled = (database: TestDatabase, requestId: string): Promise<void> =>
  waitFor(async () => expect((await readRequest(database, requestId)).settledAt).not.toBeNull(), PATIENCE);

/** Lets the restored installation work until the request has ended. */
async function goOn(requestId: string): Promise<void> {
  const context = restoredContext();
  await assertKeysOpen(context, []);
  const stop = await startWorkerProcess(restored, context, mailer);
  try {
    // What hourly and five-minute jobs would do in time.
    await sweep(context, new Date(Date.now() + 20 * 60_000));
    await hasSettled(restored, requestId);
  } finally {
    await stop();
  }
}

async function submit(): Promise<string> {
  const { requestId } = await submitToVendor(world, [nextCompany++, nextCompany++]);
  return requestId;
}
const outcomes = async (requestId: string) =>
  (await readRequest(restored, requestId)).activations.map((one) => [one.state, one.failureReason]);
/** Committed as sent, and no answer yet. */
const isPutUnderWay = () =>
  waitFor(async () => {
    const open = await world.database.admin.orm
      .select()
      .from(vendorCalls)
      .where(eq(vendorCalls.state, "sent"));
    expect(open).toHaveLength(1);
  }, PATIENCE);

/** While the installation that the backup is of works on. */
async function whileOldOneRuns(work: () => Promise<void>): Promise<void> {
  const stop = await startWorkerProcess(world.database, world.context, mailer);
  try {
    await work();
  } finally {
    await stop();
  }
}

async function expectKeysToOpen(requestId: string): Promise<void> {
  const rows = await restored.admin.orm
    .select({ id: connections.id })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .where(eq(activations.requestId, requestId));
  expect(rows).toHaveLength(2);
  const context = restoredContext();
  for (const { id } of rows) {
    const owner = { kind: "connection", id } as const;
    const opened = await asSystem(context, "test", (tx) => findSecret(tx, context.keys, owner, "api_key"));
    expect(opened?.value).toBeTruthy();
  }
}

describe("a backup, restored on an empty database with the keys", { timeout: 120_000 }, () => {
  test("taken before the job began: the request is activated by the restored installation", async () => {
    const requestId = await submit();
    await backUpAndRestore();
    await goOn(requestId);
    expect(await outcomes(requestId)).toEqual([
      ["active", null],
      ["active", null],
    ]);
    expect(await countPuts(world.sandbox)).toBe(1);
    await expectKeysToOpen(requestId);
  });

  test("taken before the job began, while the old installation still told the vendor: what nobody holds needs recovery", async () => {
    const requestId = await submit();
    await backUpAndRestore();
    await whileOldOneRuns(() => hasSettled(world.database, requestId));
    await goOn(requestId);
    expect(await outcomes(requestId)).toEqual([
      ["failed", "needs_recovery"],
      ["failed", "needs_recovery"],
    ]);
    expect(await countPuts(world.sandbox)).toBe(1);
  });

  test("taken between sending and the answer: never sent again, needs recovery", async () => {
    await world.sandbox.setFaults({ hold: { method: "PUT" } });
    const requestId = await submit();
    await whileOldOneRuns(async () => {
      await isPutUnderWay();
      await backUpAndRestore();
      await world.sandbox.setFaults({ release: { method: "PUT" } });
      await hasSettled(world.database, requestId);
    });
    await goOn(requestId);
    expect(await outcomes(requestId)).toEqual([
      ["failed", "needs_recovery"],
      ["failed", "needs_recovery"],
    ]);
    expect(await countPuts(world.sandbox)).toBe(1);
  });

  test("taken when all was over: the same states, keys that open, one mail that is known as sent", async () => {
    const requestId = await submit();
    const settledMail = () =>
      world.database.admin.orm.select().from(outboxMails).where(eq(outboxMails.subjectId, requestId));
    await whileOldOneRuns(() =>
      waitFor(async () => expect(await settledMail()).toMatchObject([{ state: "sent" }]), PATIENCE),
    );
    await backUpAndRestore();
    await goOn(requestId);
    expect(await outcomes(requestId)).toEqual([
      ["active", null],
      ["active", null],
    ]);
    expect(await countPuts(world.sandbox)).toBe(1);
    await expectKeysToOpen(requestId);
    const mails = await restored.admin.orm
      .select()
      .from(outboxMails)
      .where(eq(outboxMails.subjectId, requestId));
    expect(mails).toMatchObject([{ state: "sent", messageId: (await settledMail())[0]?.messageId }]);
  });
});

test("a backup restored without the keys says at the start what stays closed", async () => {
  await submit();
  await backUpAndRestore();
  const ring = [{ id: "new", key: randomBytes(32) }];
  const keys = { rings: { vendor: ring, gateway: ring, intake: ring }, hashKey: randomBytes(32) };
  await expect(assertKeysOpen({ ...restoredContext(), keys }, [])).rejects.toThrow(
    /"first" is not in KYTKIN_KEYS: the secrets of (\d+ connection\(s\) and )?1 vendor application/,
  );
});
