import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accounts, auditLog, memberships, sessions, signInTokens, users } from "@/db/schema";
import { randomToken, sha256 } from "@/lib/core/hash";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import type { AuthContext } from "./context";
import { readSession } from "./read-session";
import { redeemCode } from "./redeem-code";
import { redeemLink } from "./redeem-link";
import { requestSignIn } from "./request-sign-in";

let database: TestDatabase;
let auth: AuthContext;
beforeAll(async () => {
  database = await createTestDatabase();
  auth = { database: database.web, secret: "s".repeat(40), publicUrl: "https://portal.example" };
});
afterAll(() => database.close());

let people = 0;
/** Somebody new asks for a mail from an address of its own, so that no test meets another's limits. */
async function ask(email = `person${++people}@example.com`, acceptanceHash: string | null = null) {
  const [browserId, ipSubject] = [randomToken(), randomToken(8)];
  const request = {
    email,
    callbackPath: "/a/link",
    acceptanceHash,
    browserId,
    userAgent: "Firefox",
    ipSubject,
  };
  return { ...request, ...(await requestSignIn(auth, request)) };
}
type Asked = Awaited<ReturnType<typeof ask>>;

const byLink = ({ linkToken, ipSubject }: Asked, previousSessionToken?: string) =>
  redeemLink(auth, { token: linkToken, ipSubject, previousSessionToken, locale: "fi" });
const byCode = ({ browserId, ipSubject }: Asked, code: string) =>
  redeemCode(auth, { browserId, code, ipSubject, previousSessionToken: undefined, locale: "fi" });
const wrongCode = (code: string) => (code === "000000" ? "000001" : "000000");
const change = (id: string, values: Partial<typeof signInTokens.$inferInsert>) =>
  database.admin.orm.update(signInTokens).set(values).where(eq(signInTokens.id, id));
const past = () => new Date(Date.now() - 1000);

describe("the link", () => {
  test("signs a new person in with a personal account, in the language of the page", async () => {
    const asked = await ask();
    const { viewer, sessionToken, callbackPath } = await byLink(asked);
    expect(viewer).toMatchObject({ email: asked.email, locale: "fi" });
    expect(callbackPath).toBe("/a/link");
    expect(await readSession(database.web, sessionToken)).toMatchObject(viewer);
    const [user] = await database.admin.orm.select().from(users).where(eq(users.id, viewer.userId));
    expect(user).toMatchObject({ activeAccountId: viewer.accountId });
    const [membership] = await database.admin.orm
      .select()
      .from(memberships)
      .where(eq(memberships.userId, viewer.userId));
    expect(membership).toMatchObject({ accountId: viewer.accountId });
  });

  test("finds the same person again", async () => {
    const first = await byLink(await ask("again@example.com"));
    const second = await byLink(await ask("again@example.com"));
    expect(second.viewer).toMatchObject({ userId: first.viewer.userId, accountId: first.viewer.accountId });
  });

  test("works once", async () => {
    const asked = await ask();
    await byLink(asked);
    await expect(byLink(asked)).rejects.toMatchObject({ code: "gone" });
  });

  test("works once, also when it is used many times at the same moment", async () => {
    const asked = await ask();
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => byLink(asked)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "gone" });
    }
  });

  test("ends after its time", async () => {
    const asked = await ask();
    await change(asked.id, { expiresAt: past() });
    await expect(byLink(asked)).rejects.toMatchObject({ code: "gone" });
  });

  test("does nothing when it is made up", async () => {
    const asked = await ask();
    await expect(byLink({ ...asked, linkToken: randomToken() })).rejects.toMatchObject({ code: "gone" });
  });

  test("makes one user and one account when two first sign-ins come at once", async () => {
    const email = "twice@example.com";
    const asked = await Promise.all([ask(email), ask(email), ask(email)]);
    const done = await Promise.all(asked.map((one) => byLink(one)));
    expect(new Set(done.map(({ viewer }) => viewer.userId)).size).toBe(1);
    expect(new Set(done.map(({ viewer }) => viewer.accountId)).size).toBe(1);
    const made = await database.admin.orm.select().from(accounts).where(eq(accounts.name, email));
    expect(made).toHaveLength(1);
  });

  test("ends the session that the browser had, its own person's too", async () => {
    const first = await byLink(await ask("switch@example.com"));
    const second = await byLink(await ask("switch@example.com"), first.sessionToken);
    const third = await byLink(await ask(), second.sessionToken);
    expect(await readSession(database.web, first.sessionToken)).toBeNull();
    expect(await readSession(database.web, second.sessionToken)).toBeNull();
    expect(await readSession(database.web, third.sessionToken)).not.toBeNull();
  });
});

describe("an acceptance that a request came of", () => {
  test("comes back with the redeemed link or code, and with no other sign-in of the browser", async () => {
    const hash = sha256(randomToken());
    const first = await ask(undefined, hash);
    expect(await byLink(first)).toMatchObject({ acceptanceHash: hash });
    const again = await ask(first.email, hash);
    expect(await byCode(again, again.code)).toMatchObject({ acceptanceHash: hash });
    expect(await byLink(await ask(first.email))).toMatchObject({ acceptanceHash: null });
  });

  test("stays with the address that asked for a mail first", async () => {
    const hash = sha256(randomToken());
    const first = await ask(undefined, hash);
    const other = await ask(undefined, hash);
    expect(await byLink(other)).toMatchObject({ acceptanceHash: null });
    expect(await byLink(first)).toMatchObject({ acceptanceHash: hash });
  });
});

describe("the code", () => {
  test("signs the waiting tab in and ends the link", async () => {
    const asked = await ask();
    expect(await byCode(asked, asked.code)).toMatchObject({ kind: "done", viewer: { email: asked.email } });
    await expect(byLink(asked)).rejects.toMatchObject({ code: "gone" });
  });

  test("ends with the link", async () => {
    const asked = await ask();
    await byLink(asked);
    expect(await byCode(asked, asked.code)).toMatchObject({ kind: "ended", problem: "link_used" });
  });

  test("is right at the fifth try", async () => {
    const asked = await ask();
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(await byCode(asked, wrongCode(asked.code))).toEqual({ kind: "wrong", triesLeft });
    }
    expect(await byCode(asked, asked.code)).toMatchObject({ kind: "done" });
  });

  test("ends after five wrong tries, and the link still works", async () => {
    const asked = await ask();
    for (let tries = 0; tries < 4; tries++) await byCode(asked, wrongCode(asked.code));
    expect(await byCode(asked, wrongCode(asked.code))).toMatchObject({ problem: "too_many_codes" });
    expect(await byCode(asked, asked.code)).toMatchObject({ kind: "ended", problem: "too_many_codes" });
    expect((await byLink(asked)).viewer.email).toBe(asked.email);
  });

  test("cannot be tried more often by trying at the same moment", async () => {
    const asked = await ask();
    const wrong = wrongCode(asked.code);
    const results = await Promise.all(Array.from({ length: 12 }, () => byCode(asked, wrong)));
    expect(results.filter((result) => result.kind === "wrong")).toHaveLength(4);
    const [row] = await database.admin.orm.select().from(signInTokens).where(eq(signInTokens.id, asked.id));
    expect(row?.codeTriesLeft).toBe(0);
    expect(await byCode(asked, asked.code)).toMatchObject({ kind: "ended" });
  });

  test("ends before the link does", async () => {
    const asked = await ask();
    await change(asked.id, { codeExpiresAt: past() });
    expect(await byCode(asked, asked.code)).toMatchObject({ kind: "ended", problem: "code_expired" });
    expect((await byLink(asked)).viewer.email).toBe(asked.email);
  });

  test("fits the browser that asked and its own mail only", async () => {
    const [asked, other] = [await ask(), await ask()];
    expect(await byCode({ ...other, browserId: randomToken() }, asked.code)).toMatchObject({
      problem: "link_unknown",
    });
    const [row] = await database.admin.orm.select().from(signInTokens).where(eq(signInTokens.id, asked.id));
    await change(asked.id, { codeHash: sha256("moved") });
    await change(other.id, { codeHash: row?.codeHash });
    expect(await byCode(other, asked.code)).toMatchObject({ kind: "wrong" });
  });
});

test("no token and no code can be read from the tables", async () => {
  const asked = await ask();
  const { sessionToken } = await byLink(asked);
  const rows = JSON.stringify([
    await database.admin.orm.select().from(signInTokens),
    await database.admin.orm.select().from(sessions),
    await database.admin.orm.select().from(auditLog),
  ]);
  for (const secret of [asked.linkToken, asked.browserId, sessionToken]) expect(rows).not.toContain(secret);
  const [row] = await database.admin.orm.select().from(signInTokens).where(eq(signInTokens.id, asked.id));
  expect(Object.values(row ?? {})).not.toContain(asked.code);
  // A code has few values: without the secret its hash must not be found by trying them.
  expect(row?.codeHash).not.toBe(sha256(`${asked.id}:${asked.code}`));
  const [session] = await database.admin.orm
    .select()
    .from(sessions)
    .where(eq(sessions.tokenHash, sha256(sessionToken)));
  expect(session).toBeDefined();
});

test("asking, using and refusing leave a record without addresses", async () => {
  const asked = await ask();
  await byLink(asked);
  await byLink(asked).catch(() => {});
  const records = await database.admin.orm.select().from(auditLog).orderBy(auditLog.id);
  const ofRequest = records.filter((record) => record.subjectId === asked.id).map(({ action }) => action);
  expect(ofRequest).toEqual(["sign_in.request", "sign_in.use"]);
  expect(records).toContainEqual(expect.objectContaining({ action: "sign_in.use", outcome: "refused" }));
  expect(records).toContainEqual(expect.objectContaining({ action: "session.create", actorKind: "user" }));
  expect(JSON.stringify(records)).not.toContain("@example.com");
});
