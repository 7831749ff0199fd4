import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { invitations, memberships, outboxMails, sessions, users } from "@/db/schema";
import { withScope } from "@/db/scope";
import { randomToken, sha256 } from "@/lib/core/hash";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import type { Viewer } from "@/lib/people/account/schema";
import { readSession } from "@/lib/people/auth/read-session";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createAccount, createViewer } from "@/testing/fixtures/account";
import { prepareDraft } from "@/testing/fixtures/draft";
import { createIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { acceptInvitation } from "./accept-invitation";
import { inviteColleague } from "./invite-colleague";
import { findInvitationOffer, findWayOn, getAccountView, listAccounts } from "./queries";
import { removeMember } from "./remove-member";
import { MEMBER_LIMIT } from "./rules";
import { accountName } from "./schema";
import { sweepInvitations } from "./sweep-invitations";
import { switchAccount } from "./switch-account";
import { withdrawInvitation } from "./withdraw-invitation";

let database: TestDatabase;
let context: WorkerContext;
let owner: Viewer;
let colleague: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  owner = await createViewer(database);
  colleague = await createViewer(database);
});

const invite = (email: string, draftId?: string, by = owner) =>
  asCustomer(database, by, (tx) => inviteColleague(tx, by, { email, draftId }));
const readInvitations = (email: string) =>
  database.admin.orm.select().from(invitations).where(eq(invitations.email, email)).orderBy(invitations.id);
const isMember = async (viewer: Viewer, accountId: string) =>
  (await database.admin.orm.select().from(memberships).where(eq(memberships.userId, viewer.userId))).some(
    (row) => row.accountId === accountId,
  );

/** Has the worker write the newest mail to an address; gives the token of its link. */
async function openMail(email: string): Promise<{ token: string; text: string; subject: string }> {
  const mails = await database.admin.orm
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.recipient, email))
    .orderBy(outboxMails.id);
  const newest = mails.at(-1);
  const composed = newest && (await composeMail(context, newest));
  const token = /join\/open\?token=([\w-]+)/.exec(composed?.text ?? "")?.[1];
  if (!composed || !token) throw new Error("no invitation in the mail");
  return { token, text: composed.text, subject: composed.subject };
}
const accept = (token: string, by: Viewer) => acceptInvitation(database.web, by, token);

describe("an invitation", () => {
  test("makes the invited a member, once, and their active account is that one", async () => {
    await invite(colleague.email);
    const { token, text } = await openMail(colleague.email);
    expect(text).toContain(owner.email);
    expect(await accept(token, colleague)).toMatchObject({
      accountId: owner.accountId,
      draftId: null,
      isGuest: false,
    });
    expect(await isMember(colleague, owner.accountId)).toBe(true);
    const [user] = await database.admin.orm.select().from(users).where(eq(users.id, colleague.userId));
    expect(user?.activeAccountId).toBe(owner.accountId);
    await expect(accept(token, colleague)).rejects.toMatchObject({ code: "gone" });
    const view = await asCustomer(database, owner, (tx) => getAccountView(tx, owner, "en"));
    expect(view.members.map(({ email, isViewer }) => [email, isViewer])).toEqual([
      [owner.email, true],
      [colleague.email, false],
    ]);
    expect(view.invitations).toEqual([]);
  });

  test("that was stolen is of no use to another address", async () => {
    await invite(colleague.email);
    const { token } = await openMail(colleague.email);
    const thief = await createViewer(database);
    await expect(accept(token, thief)).rejects.toMatchObject({ code: "forbidden" });
    expect(await isMember(thief, owner.accountId)).toBe(false);
    const offer = (viewer: Viewer | null) =>
      withScope(database.web, { kind: "auth", keyHash: sha256(token) }, (tx) =>
        findInvitationOffer(tx, viewer, "en"),
      );
    expect(await offer(thief)).toMatchObject({ state: "open", isForViewer: false });
    expect(JSON.stringify(await offer(thief))).not.toContain(colleague.email);
    expect(await offer(null)).toMatchObject({ isForViewer: null });
    expect(await offer(colleague)).toMatchObject({ isForViewer: true });
  });

  test.each([
    ["withdrawn", (id: string) => asCustomer(database, owner, (tx) => withdrawInvitation(tx, owner, id))],
    [
      "expired",
      (id: string) =>
        database.admin.orm
          .update(invitations)
          .set({ expiresAt: new Date(0) })
          .where(eq(invitations.id, id)),
    ],
  ])("that was %s cannot be accepted", async (_, end) => {
    await invite(colleague.email);
    const { token } = await openMail(colleague.email);
    await end(only(await readInvitations(colleague.email)).id);
    await expect(accept(token, colleague)).rejects.toMatchObject({ code: "gone" });
  });

  test("sent again ends the link before", async () => {
    await invite(colleague.email);
    const first = await openMail(colleague.email);
    await invite(colleague.email);
    const second = await openMail(colleague.email);
    await expect(accept(first.token, colleague)).rejects.toMatchObject({ code: "gone" });
    await accept(second.token, colleague);
    expect((await readInvitations(colleague.email)).map(({ state }) => state)).toEqual([
      "withdrawn",
      "accepted",
    ]);
  });

  test("is accepted by one of two who try at once", async () => {
    await invite(colleague.email);
    const { token } = await openMail(colleague.email);
    const outcomes = await Promise.allSettled([accept(token, colleague), accept(token, colleague)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("is refused for who is in the account already, and when the account is full", async () => {
    await expect(invite(owner.email)).rejects.toMatchObject({ code: "conflict" });
    const rest = Array.from({ length: MEMBER_LIMIT - 1 }, (_, index) => ({
      accountId: owner.accountId,
      email: `guest-${index}@example.com`,
      invitedBy: owner.userId,
      expiresAt: new Date(Date.now() + 1000),
    }));
    await database.admin.orm.insert(invitations).values(rest);
    await expect(invite(colleague.email)).rejects.toMatchObject({ code: "conflict" });
  });

  test("of another account can be neither seen nor withdrawn", async () => {
    await invite("guest@example.com");
    const { id } = only((await readInvitations("guest@example.com")).slice(-1));
    await expect(
      asCustomer(database, colleague, (tx) => withdrawInvitation(tx, colleague, id)),
    ).rejects.toMatchObject({ code: "conflict" });
    const seen = await asCustomer(database, colleague, (tx) => getAccountView(tx, colleague, "en"));
    expect(seen.invitations).toEqual([]);
  });

  test("ends by itself, and its row some time after", async () => {
    await invite(colleague.email);
    const later = new Date(Date.now() + 8 * 24 * 3600 * 1000);
    const sweep = (now: Date) =>
      withScope(database.worker, { kind: "system", reason: "test" }, (tx) => sweepInvitations(tx, now));
    expect(await sweep(later)).toBeGreaterThan(0);
    expect(await readInvitations(colleague.email)).toMatchObject([{ state: "expired" }]);
    await sweep(new Date(later.getTime() + 91 * 24 * 3600 * 1000));
    expect(await readInvitations(colleague.email)).toEqual([]);
  });
});

describe("a hand-over", () => {
  test("leads to the step, then to the request; the mail names the integration", async () => {
    const integration = await createIntegration(database);
    const { draft } = await prepareDraft(database, owner, integration);
    await invite(colleague.email, draft.id);
    const mail = await openMail(colleague.email);
    expect(mail.subject).toContain(integration.specification.content.name);
    const { accountId, draftId } = await accept(mail.token, colleague);
    const as = { ...colleague, accountId };
    expect(await asCustomer(database, as, (tx) => findWayOn(tx, String(draftId)))).toBe(
      `/a/${integration.linkToken}/technical-user`,
    );
  });

  test("to a member is a link to the step, and to oneself nothing", async () => {
    const integration = await createIntegration(database);
    const { draft } = await prepareDraft(database, owner, integration);
    await invite(colleague.email);
    await accept((await openMail(colleague.email)).token, colleague);
    await invite(colleague.email, draft.id);
    const { token } = await openMail(colleague.email);
    expect(await accept(token, colleague)).toMatchObject({
      accountId: owner.accountId,
      draftId: draft.id,
      isGuest: false,
    });
    await expect(invite(owner.email, draft.id)).rejects.toMatchObject({ code: "conflict" });
  });

  test("of a draft that is another account's is none", async () => {
    const integration = await createIntegration(database);
    const { draft } = await prepareDraft(database, owner, integration);
    await expect(invite("guest@example.com", draft.id, colleague)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("leaving and being taken out", () => {
  let [first, second]: Viewer[] = [];
  beforeEach(async () => {
    const name = randomToken(6).toLowerCase();
    [first, second] = await createAccount(database, [`a-${name}@example.com`, `b-${name}@example.com`]);
  });
  const remove = (by: Viewer, userId: string) =>
    asCustomer(database, by, (tx) => removeMember(tx, by, userId));

  test("a removed person goes on in an account of their own, and their invitations end", async () => {
    if (!first || !second) throw new Error("two members");
    await invite("accomplice@example.com", undefined, second);
    const { token } = await openMail("accomplice@example.com");
    const session = randomToken();
    const expiresAt = new Date(Date.now() + 3_600_000);
    await database.admin.orm
      .insert(sessions)
      .values({ tokenHash: sha256(session), userId: second.userId, expiresAt });
    await remove(first, second.userId);
    const accomplice = await createViewer(database, "accomplice@example.com");
    await expect(accept(token, accomplice)).rejects.toMatchObject({ code: "gone" });
    const [one, other] = await Promise.all([
      readSession(database.web, session),
      readSession(database.web, session),
    ]);
    expect(one?.accountId).toBeTruthy();
    expect(one?.accountId).not.toBe(first.accountId);
    expect(other?.accountId, "made once").toBe(one?.accountId);
  });

  test("the last one stays, and of two who remove each other at once one does", async () => {
    if (!first || !second) throw new Error("two members");
    const [a, b] = [first, second];
    const outcomes = await Promise.allSettled([remove(a, b.userId), remove(b, a.userId)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const stayed = outcomes[0]?.status === "fulfilled" ? a : b;
    await expect(remove(stayed, stayed.userId)).rejects.toMatchObject({ code: "conflict" });
  });

  test("nobody is taken out of an account by who is not in it", async () => {
    if (!first) throw new Error("two members");
    await expect(remove(owner, first.userId)).rejects.toMatchObject({ code: "not_found" });
    const forged = { ...owner, accountId: first.accountId };
    await expect(remove(forged, first.userId)).rejects.toMatchObject({ code: "not_found" });
  });
});

test("an account's name is one line of what can be seen", () => {
  expect(accountName.parse(" Kukka\r\nKauppa\u0000 \u202eOy ")).toBe("Kukka Kauppa Oy");
  expect(accountName.parse("😀".repeat(80))).toBe("😀".repeat(80));
});

const LINKS = ["See https://example.com", "Klarna login: kyc-verify.com/x", "somebody@example.com"];
test.each(["", "  ", "\u200b\u0000", ...LINKS, "x".repeat(81)])("no account is called %j", (name) => {
  expect(accountName.safeParse(name).success).toBe(false);
});

test("one switches between one's own accounts only", async () => {
  const stranger = await createViewer(database);
  await expect(switchAccount(database.web, owner, stranger.accountId)).rejects.toMatchObject({
    code: "not_found",
  });
  await invite(colleague.email);
  await accept((await openMail(colleague.email)).token, colleague);
  await switchAccount(database.web, colleague, colleague.accountId);
  const choices = await withScope(database.web, { kind: "auth" }, (tx) => listAccounts(tx, colleague));
  expect(choices.map(({ id }) => id).sort()).toEqual([owner.accountId, colleague.accountId].sort());
  expect(choices.filter((choice) => choice.isActive).map(({ id }) => id)).toEqual([colleague.accountId]);
});
