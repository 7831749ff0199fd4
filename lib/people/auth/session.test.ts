import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accounts, auditLog, memberships, sessions, signInTokens, users } from "@/db/schema";
import { withScope } from "@/db/scope";
import { randomToken, sha256 } from "@/lib/core/hash";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { callNextAuth } from "./call-next-auth";
import type { AuthContext } from "./context";
import { createSession } from "./create-session";
import { createUser } from "./create-user";
import { endAllSessions, endSession } from "./end-session";
import { purgeSignIns } from "./purge-sign-ins";
import { readSession } from "./read-session";
import { SESSION_SECONDS } from "./rules";

let database: TestDatabase;
let auth: AuthContext;
beforeAll(async () => {
  database = await createTestDatabase();
  auth = { database: database.web, secret: "s".repeat(40), publicUrl: "https://portal.example" };
});
afterAll(() => database.close());

const DAY_MS = 24 * 3600 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

async function signIn(email: string, expiresAt = inDays(30)) {
  const user = await createUser(database.web, { email, locale: "en" });
  const token = randomToken();
  await createSession(database.web, { token, userId: user.id, expiresAt });
  return { userId: user.id, token };
}
const storedEnd = async (token: string) => {
  const [row] = await database.admin.orm
    .select()
    .from(sessions)
    .where(eq(sessions.tokenHash, sha256(token)));
  return row?.expiresAt;
};

test("a session that is over is none", async () => {
  const { token } = await signIn("over@example.com", new Date(Date.now() - 1000));
  expect(await readSession(database.web, token)).toBeNull();
  expect(await readSession(database.web, randomToken())).toBeNull();
});

test("a session in use ends thirty days after its last day of use", async () => {
  const { token } = await signIn("used@example.com", inDays(3));
  const session = await readSession(database.web, token);
  expect(session?.expiresAt.getTime()).toBeGreaterThan(inDays(29).getTime());
  expect((await storedEnd(token))?.getTime()).toBe(session?.expiresAt.getTime());
});

test("a session that was moved today is left alone", async () => {
  const end = new Date(Date.now() + SESSION_SECONDS * 1000 - 60_000);
  const { token } = await signIn("fresh@example.com", end);
  expect((await readSession(database.web, token))?.expiresAt).toEqual(end);
});

test("the account is the active one while the user belongs to it", async () => {
  const { userId, token } = await signIn("member@example.com");
  const own = (await readSession(database.web, token))?.accountId;
  const [other] = await database.admin.orm.insert(accounts).values({ name: "Esimerkki Oy" }).returning();
  const shared = String(other?.id);
  await database.admin.orm.update(users).set({ activeAccountId: shared }).where(eq(users.id, userId));
  expect((await readSession(database.web, token))?.accountId).toBe(own);
  await database.admin.orm.insert(memberships).values({ accountId: shared, userId });
  expect((await readSession(database.web, token))?.accountId).toBe(shared);
});

test("signing out ends one session, everywhere ends all of one person", async () => {
  const [one, two] = [await signIn("leaves@example.com"), await signIn("leaves@example.com")];
  const other = await signIn("stays@example.com");
  await endSession(database.web, one.token);
  expect(await readSession(database.web, one.token)).toBeNull();
  expect(await readSession(database.web, two.token)).not.toBeNull();
  await endAllSessions(database.web, two.userId);
  expect(await readSession(database.web, two.token)).toBeNull();
  expect(await readSession(database.web, other.token)).not.toBeNull();
  const records = await database.admin.orm.select().from(auditLog).where(eq(auditLog.actorId, one.userId));
  expect(records.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["account.create", "session.create", "session.end", "session.end_all"]),
  );
});

test("one address is one user, in any spelling and at any moment", async () => {
  const spellings = ["same@example.com", "SAME@example.com", "Same@Example.com", "same@example.com"];
  const made = await Promise.all(spellings.map((email) => createUser(database.web, { email, locale: "en" })));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  const owned = await database.admin.orm
    .select()
    .from(memberships)
    .where(eq(memberships.userId, String(made[0]?.id)));
  expect(owned).toHaveLength(1);
});

test("next-auth tells who is signed in, and clears the cookie of nobody", async () => {
  const { token } = await signIn("seen@example.com");
  const call = { method: "GET", path: ["session"], locale: "en" } as const;
  const seen = await callNextAuth(auth, { ...call, path: ["session"], sessionToken: token });
  expect(seen).toMatchObject({ status: 200, body: { user: { email: "seen@example.com" } } });
  const unknown = await callNextAuth(auth, { ...call, path: ["session"], sessionToken: randomToken() });
  expect(unknown).toMatchObject({ status: 200, body: {}, sessionToken: "" });
});

test("what is over is deleted, what is not stays", async () => {
  const [over, live] = [await signIn("purged@example.com", inDays(-1)), await signIn("kept@example.com")];
  const mail = { email: "purged@example.com", browserHash: "", userAgent: "", callbackPath: "/home" };
  const ended = (name: string, expiresAt: Date) => ({
    ...mail,
    tokenHash: name,
    codeHash: name,
    expiresAt,
    codeExpiresAt: expiresAt,
  });
  const rows = [ended("old", inDays(-2)), ended("recent", new Date())];
  await database.admin.orm.insert(signInTokens).values(rows);
  await withScope(database.worker, { kind: "system", reason: "purge" }, purgeSignIns);
  expect(await storedEnd(over.token)).toBeUndefined();
  expect(await storedEnd(live.token)).toBeDefined();
  const kept = await database.admin.orm.select().from(signInTokens);
  expect(kept.map(({ tokenHash }) => tokenHash)).toEqual(["recent"]);
});
