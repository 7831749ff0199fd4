import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accounts, emailChanges, outboxMails, sessions, users } from "@/db/schema";
import { withScope } from "@/db/scope";
import { randomToken } from "@/lib/core/hash";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import type { Viewer } from "@/lib/people/account/schema";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { createIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { createRequest, readRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { confirmEmailChange } from "./confirm-email-change";
import { findEmailChangeOffer } from "./queries";
import { requestEmailChange } from "./request-email-change";
import { undoEmailChange } from "./undo-email-change";

let database: TestDatabase;
let context: WorkerContext;
let viewer: Viewer;
let newEmail: string;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  const known = await createViewer(database);
  const expiresAt = new Date(Date.now() + 3_600_000);
  const rows = await database.admin.orm
    .insert(sessions)
    .values([0, 1].map(() => ({ tokenHash: randomToken(), userId: known.userId, expiresAt })))
    .returning({ id: sessions.id });
  viewer = { ...known, sessionId: String(rows[0]?.id) };
  newEmail = `${randomToken(8).toLowerCase()}@example.org`;
});

const request = (email = newEmail) =>
  asCustomer(database, viewer, (tx) => requestEmailChange(tx, viewer, email));
const confirm = (token: string, by = viewer) =>
  asCustomer(database, by, (tx) => confirmEmailChange(tx, by, token));
const undo = (token: string) =>
  withScope(database.web, { kind: "public" }, (tx) => undoEmailChange(tx, token));
const readEmail = async () =>
  only(await database.admin.orm.select().from(users).where(eq(users.id, viewer.userId))).email;
const countSessions = async () =>
  (await database.admin.orm.select().from(sessions).where(eq(sessions.userId, viewer.userId))).length;

/** The viewer asks for an address, and whoever reads its mail confirms it. */
async function change(to: string): Promise<void> {
  await request(to);
  await confirm((await openMail(to)).token);
  viewer = { ...viewer, email: to };
}

/** Has the worker write the newest mail to an address. */
async function openMail(to: string): Promise<{ text: string; token: string }> {
  const mails = await database.admin.orm
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.recipient, to))
    .orderBy(outboxMails.id);
  const newest = mails.at(-1);
  const composed = newest && (await composeMail(context, newest));
  if (!composed) throw new Error("no mail");
  return { text: composed.text, token: /email\/open\?token=([\w-]+)/.exec(composed.text)?.[1] ?? "" };
}

test("the new address takes over once it is confirmed, and the old one is told", async () => {
  await database.admin.orm
    .update(accounts)
    .set({ name: viewer.email })
    .where(eq(accounts.id, viewer.accountId));
  await request();
  expect(await readEmail(), "nothing changes before").toBe(viewer.email);
  const { token, text } = await openMail(newEmail);
  expect(text, "the new mailbox may be a stranger's").not.toContain(viewer.email);
  await confirm(token);
  expect(await readEmail()).toBe(newEmail);
  expect(await countSessions(), "the others end").toBe(1);
  expect((await openMail(viewer.email)).text).toContain(viewer.email);
  const [account] = await database.admin.orm.select().from(accounts).where(eq(accounts.id, viewer.accountId));
  expect(account?.name).toBe(newEmail);
  await expect(confirm(token)).rejects.toMatchObject({ code: "gone" });
});

test("what is under way is reported to the new address", async () => {
  const { requestId } = await createRequest(database, viewer, await createIntegration(database));
  await request();
  await confirm((await openMail(newEmail)).token);
  expect(await readRequest(database, requestId)).toMatchObject({ notifiedEmail: newEmail });
  await undo((await openMail(viewer.email)).token);
  expect(await readRequest(database, requestId)).toMatchObject({ notifiedEmail: viewer.email });
});

test("nobody but the person who asked confirms, whoever has the mail", async () => {
  await request();
  const { token } = await openMail(newEmail);
  const other = await createViewer(database);
  await expect(confirm(token, other)).rejects.toMatchObject({ code: "gone" });
  const offer = (by: Viewer) => asCustomer(database, by, (tx) => findEmailChangeOffer(tx, by, token));
  expect(await offer(other)).toMatchObject({ state: "confirm", isOwn: false });
  expect(await offer(viewer)).toMatchObject({ state: "confirm", isOwn: true });
  expect(await readEmail()).toBe(viewer.email);
});

test("an address that has an account is told so itself, and the asking person is not", async () => {
  const other = await createViewer(database);
  await request(other.email);
  const { text, token } = await openMail(other.email);
  expect(text).toContain("has an account of its own");
  expect(token).toBe("");
});

test("an address that got an account meanwhile is not taken over", async () => {
  await request();
  const { token } = await openMail(newEmail);
  await createViewer(database, newEmail);
  await expect(confirm(token)).rejects.toMatchObject({ code: "gone" });
  expect(await readEmail()).toBe(viewer.email);
  expect(await countSessions()).toBe(2);
});

test("a newer wish, and the end of its day, end a link", async () => {
  await request();
  const first = await openMail(newEmail);
  await request(`other-${newEmail}`);
  await expect(confirm(first.token)).rejects.toMatchObject({ code: "gone" });
  const second = await openMail(`other-${newEmail}`);
  await database.admin.orm
    .update(emailChanges)
    .set({ expiresAt: new Date(0) })
    .where(eq(emailChanges.userId, viewer.userId));
  await expect(confirm(second.token)).rejects.toMatchObject({ code: "gone" });
});

test("the old mailbox takes the address back, once, and every session ends", async () => {
  await request();
  await confirm((await openMail(newEmail)).token);
  const { token } = await openMail(viewer.email);
  const offer = await withScope(database.web, { kind: "public" }, (tx) =>
    findEmailChangeOffer(tx, null, token),
  );
  expect(offer).toMatchObject({ state: "undo", oldEmail: viewer.email });
  await undo(token);
  expect(await readEmail()).toBe(viewer.email);
  expect(await countSessions()).toBe(0);
  await expect(undo(token)).rejects.toMatchObject({ code: "gone" });
});

describe("once the old mailbox has taken the address back", () => {
  test("no later change has a way back, and what is under way is reported to the owner", async () => {
    const owner = viewer.email;
    const { requestId } = await createRequest(database, viewer, await createIntegration(database));
    await change(newEmail);
    await change(`second-${newEmail}`);
    await change(`third-${newEmail}`);
    const wayBack = await openMail(owner);
    const later = [await openMail(newEmail), await openMail(`second-${newEmail}`)];
    await undo(wayBack.token);
    for (const { token } of later) await expect(undo(token)).rejects.toMatchObject({ code: "gone" });
    await expect(openMail(newEmail), "nor is one mailed again").rejects.toThrow("no mail");
    expect(await readEmail()).toBe(owner);
    expect(await readRequest(database, requestId)).toMatchObject({ notifiedEmail: owner });
  });

  test("a change that waits to be confirmed has ended", async () => {
    const owner = viewer.email;
    await change(newEmail);
    await request(`second-${newEmail}`);
    const { token } = await openMail(`second-${newEmail}`);
    await undo((await openMail(owner)).token);
    await expect(confirm(token)).rejects.toMatchObject({ code: "gone" });
    expect(await readEmail()).toBe(owner);
  });

  test("a change that is confirmed at the same moment has no way back either", async () => {
    const owner = viewer.email;
    await change(newEmail);
    await request(`second-${newEmail}`);
    const { token } = await openMail(`second-${newEmail}`);
    const wayBack = await openMail(owner);
    const [undone] = await Promise.allSettled([undo(wayBack.token), confirm(token)]);
    expect(undone).toMatchObject({ status: "fulfilled" });
    expect(await readEmail()).toBe(owner);
    const changes = await database.admin.orm
      .select()
      .from(emailChanges)
      .where(eq(emailChanges.userId, viewer.userId));
    expect(changes.filter((one) => one.endedAt === null)).toEqual([]);
    expect(changes.filter((one) => one.confirmedAt !== null && one.undoneAt === null)).toEqual([]);
  });

  test("an earlier change keeps its own", async () => {
    const owner = viewer.email;
    await change(newEmail);
    await change(`second-${newEmail}`);
    await undo((await openMail(newEmail)).token);
    expect(await readEmail()).toBe(newEmail);
    await undo((await openMail(owner)).token);
    expect(await readEmail()).toBe(owner);
  });
});

test("while a new account has the old address the way back waits for it", async () => {
  await request();
  await confirm((await openMail(newEmail)).token);
  const { token } = await openMail(viewer.email);
  const { userId } = await createViewer(database, viewer.email);
  await expect(undo(token)).rejects.toMatchObject({ code: "conflict" });
  expect(await readEmail()).toBe(newEmail);
  await database.admin.orm
    .update(users)
    .set({ email: `erased-${userId}@erased.invalid` })
    .where(eq(users.id, userId));
  await undo(token);
  expect(await readEmail()).toBe(viewer.email);
});

test("after a week there is no way back", async () => {
  await request();
  await confirm((await openMail(newEmail)).token);
  const { token } = await openMail(viewer.email);
  await database.admin.orm
    .update(emailChanges)
    .set({ undoUntil: new Date(0) })
    .where(eq(emailChanges.userId, viewer.userId));
  await expect(undo(token)).rejects.toMatchObject({ code: "gone" });
});
