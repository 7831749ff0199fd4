import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiKeys, outboxMails } from "@/db/schema";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createIntegration } from "@/testing/fixtures/integration";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { warnOfKeyExpiry } from "./warn-of-key-expiry";

const DAY_MS = 24 * 3600 * 1000;

let database: TestDatabase;
let context: WorkerContext;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
});
afterAll(() => database.close());

test("a key's end is told 30, 10 and 1 days before, once each, and not after it was revoked", async () => {
  const { orm } = database.admin;
  const { keyId } = (await createIntegration(database)).caller;
  const now = Date.now();
  await orm
    .update(apiKeys)
    .set({ expiresAt: new Date(now + 40 * DAY_MS) })
    .where(eq(apiKeys.id, keyId));
  const warnAfter = async (days: number) => {
    await asSystem(context, "test", (tx) => warnOfKeyExpiry(tx, new Date(now + days * DAY_MS)));
    const mails = await orm.select().from(outboxMails).where(eq(outboxMails.subjectId, keyId));
    return mails.map(({ kind }) => kind).sort();
  };
  expect(await warnAfter(5)).toEqual([]);
  expect(await warnAfter(11)).toEqual(["api_key_expires_30"]);
  expect(await warnAfter(12)).toEqual(["api_key_expires_30"]);
  expect(await warnAfter(31)).toEqual(["api_key_expires_10", "api_key_expires_30"]);
  const all = ["api_key_expires_1", "api_key_expires_10", "api_key_expires_30"];
  expect(await warnAfter(39.5)).toEqual(all);
  expect(await warnAfter(41)).toEqual(all);

  const [mail] = await orm.select().from(outboxMails).where(eq(outboxMails.kind, "api_key_expires_10"));
  if (!mail) throw new Error("no mail");
  expect((await composeMail(context, mail))?.subject).toContain("in 10 days");
  await orm.update(apiKeys).set({ revokedAt: new Date() }).where(eq(apiKeys.id, keyId));
  expect(await composeMail(context, mail)).toBeNull();
});
