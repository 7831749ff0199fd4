import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiKeys, outboxMails, partnerInvitations, partnerMembers } from "@/db/schema";
import { withScope } from "@/db/scope";
import { sha256 } from "@/lib/core/hash";
import { erasePerson } from "@/lib/operations/erasure/erase-person";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import type { Viewer } from "@/lib/people/account/schema";
import { sweepInvitations } from "@/lib/people/membership/sweep-invitations";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asPartner, createViewer } from "@/testing/fixtures/account";
import { makeKey } from "@/testing/fixtures/gateway-world";
import { createIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { acceptMemberInvitation } from "./accept-member-invitation";
import { changeRole, removePartnerMember } from "./change-members";
import { inviteMember, withdrawMemberInvitation } from "./invite-member";
import { findMember, findPartnerInvitationOffer, getMembers, listPartners } from "./queries";
import type { PartnerRole } from "./roles";
import type { PartnerMember } from "./schema";

let database: TestDatabase;
let context: WorkerContext;
let owner: PartnerMember;
let guest: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  const { partner } = await createIntegration(database);
  owner = await createMember(database, partner.id, "owner");
  guest = await createViewer(database);
});

const invite = (email: string, role: PartnerRole = "support", by = owner) =>
  asMember(database, by, (tx) => inviteMember(tx, by, { email, role }));

/** Has the worker write the newest mail to an address; gives the token of its link. */
async function openMail(email: string): Promise<string> {
  const mails = await database.admin.orm
    .select()
    .from(outboxMails)
    .where(and(eq(outboxMails.recipient, email), eq(outboxMails.kind, "partner_invitation")))
    .orderBy(outboxMails.id);
  const newest = mails.at(-1);
  const composed = newest && (await composeMail(context, newest));
  const token = /join\/partner\/open\?token=([\w-]+)/.exec(composed?.text ?? "")?.[1];
  if (!token) throw new Error("no invitation in the mail");
  return token;
}
const accept = (token: string, by: Viewer) => acceptMemberInvitation(database.web, by, token);
const roleOf = async (userId: string, partnerId = owner.partnerId) =>
  (
    await database.admin.orm
      .select({ role: partnerMembers.role })
      .from(partnerMembers)
      .where(and(eq(partnerMembers.userId, userId), eq(partnerMembers.partnerId, partnerId)))
  )[0]?.role;

describe("an invitation to a partner", () => {
  test("makes the invited a member with its role, once", async () => {
    await invite(guest.email, "auditor");
    const token = await openMail(guest.email);
    expect(await accept(token, guest)).toBe(owner.slug);
    expect(await roleOf(guest.userId)).toBe("auditor");
    await expect(accept(token, guest)).rejects.toMatchObject({ code: "gone" });
    const view = await asMember(database, owner, (tx) => getMembers(tx, owner));
    expect(view.members.map(({ email, role, isViewer }) => [email, role, isViewer])).toEqual([
      [owner.email, "owner", true],
      [guest.email, "auditor", false],
    ]);
    expect(view.invitations).toEqual([]);
  });

  test("that was stolen is of no use to another address, and tells no address", async () => {
    await invite(guest.email);
    const token = await openMail(guest.email);
    const thief = await createViewer(database);
    await expect(accept(token, thief)).rejects.toMatchObject({ code: "forbidden" });
    const offer = await withScope(database.web, { kind: "auth", keyHash: sha256(token) }, (tx) =>
      findPartnerInvitationOffer(tx, thief),
    );
    expect(offer).toMatchObject({ state: "open", isForViewer: false });
    expect(JSON.stringify(offer)).not.toContain(guest.email);
  });

  test("sent again ends the link before; withdrawn or expired it cannot be accepted", async () => {
    await invite(guest.email);
    const first = await openMail(guest.email);
    await invite(guest.email, "admin");
    const second = await openMail(guest.email);
    await expect(accept(first, guest)).rejects.toMatchObject({ code: "gone" });
    const [open] = await database.admin.orm
      .select()
      .from(partnerInvitations)
      .where(and(eq(partnerInvitations.email, guest.email), eq(partnerInvitations.state, "open")));
    await asMember(database, owner, (tx) => withdrawMemberInvitation(tx, owner, String(open?.id)));
    await expect(accept(second, guest)).rejects.toMatchObject({ code: "gone" });
    await invite(guest.email);
    const third = await openMail(guest.email);
    const later = new Date(Date.now() + 8 * 24 * 3600 * 1000);
    await withScope(database.worker, { kind: "system", reason: "test" }, (tx) => sweepInvitations(tx, later));
    await expect(accept(third, guest)).rejects.toMatchObject({ code: "gone" });
  });

  test("is an owner's to give, and not for who is a member", async () => {
    const admin = await createMember(database, owner.partnerId, "admin");
    await expect(invite("x@example.com", "support", admin)).rejects.toMatchObject({ code: "forbidden" });
    await expect(invite(admin.email)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("members", () => {
  test("a person is in several partners, each with a role of its own", async () => {
    const other = await createIntegration(database);
    await database.admin.orm
      .insert(partnerMembers)
      .values({ partnerId: other.partner.id, userId: owner.userId, role: "auditor" });
    const choices = await withScope(database.web, { kind: "auth" }, (tx) => listPartners(tx, owner.userId));
    expect(choices.map(({ role }) => role).sort()).toEqual(["auditor", "owner"]);
    const found = (slug: string) =>
      withScope(database.web, { kind: "auth" }, (tx) => findMember(tx, owner, slug));
    expect(await found(owner.slug)).toMatchObject({ role: "owner" });
    expect(await found(other.slug)).toMatchObject({ role: "auditor" });
    const foreign = await createIntegration(database);
    expect(await found(foreign.slug)).toBeNull();
  });

  test("the last owner can neither leave nor take another role", async () => {
    const leave = () => asMember(database, owner, (tx) => removePartnerMember(tx, owner, owner.userId));
    const demote = () =>
      asMember(database, owner, (tx) => changeRole(tx, owner, { userId: owner.userId, role: "admin" }));
    await createMember(database, owner.partnerId, "admin");
    await expect(leave()).rejects.toMatchObject({ code: "conflict" });
    await expect(demote()).rejects.toMatchObject({ code: "conflict" });
    await createMember(database, owner.partnerId, "owner");
    await leave();
    expect(await roleOf(owner.userId)).toBeUndefined();
  });

  test("of two owners who remove each other at once one stays", async () => {
    const second = await createMember(database, owner.partnerId, "owner");
    const remove = (by: PartnerMember, userId: string) =>
      asMember(database, by, (tx) => removePartnerMember(tx, by, userId));
    const outcomes = await Promise.allSettled([remove(owner, second.userId), remove(second, owner.userId)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("a removed member's next transaction finds no partner", async () => {
    const member = await createMember(database, owner.partnerId, "admin");
    await asMember(database, owner, (tx) => removePartnerMember(tx, owner, member.userId));
    await expect(asMember(database, member, async () => 1)).rejects.toMatchObject({ code: "not_found" });
  });

  test("only owners change roles, and nobody those of another partner", async () => {
    const admin = await createMember(database, owner.partnerId, "admin");
    const promote = (by: PartnerMember, userId: string) =>
      asMember(database, by, (tx) => changeRole(tx, by, { userId, role: "owner" }));
    await expect(promote(admin, admin.userId)).rejects.toMatchObject({ code: "forbidden" });
    const foreign = await createMember(database, (await createIntegration(database)).partner.id, "auditor");
    await expect(promote(owner, foreign.userId)).rejects.toMatchObject({ code: "not_found" });
    await promote(owner, admin.userId);
    expect(await roleOf(admin.userId)).toBe("owner");
  });

  test("when the last owner is erased, the oldest admin becomes the owner", async () => {
    const admin = await createMember(database, owner.partnerId, "admin");
    await createMember(database, owner.partnerId, "support");
    expect(await erasePerson(context, owner.userId)).toBe("erased");
    expect(await roleOf(owner.userId)).toBeUndefined();
    expect(await roleOf(admin.userId)).toBe("owner");
  });
});

test("an API key enters its own partner alone, until it is revoked or its day has come", async () => {
  const { partner: other } = await createIntegration(database);
  const enter = async (values: Parameters<typeof makeKey>[2] = {}, partnerId = owner.partnerId) => {
    const keyHash = sha256(await makeKey(database, owner.partnerId, values));
    const { id: keyId } = only(
      await database.admin.orm.select().from(apiKeys).where(eq(apiKeys.keyHash, keyHash)),
    );
    return asPartner(database, { partnerId, keyId }, async () => "entered");
  };
  expect(await enter()).toBe("entered");
  const refused = { code: "not_found" };
  await expect(enter({ revokedAt: new Date() })).rejects.toMatchObject(refused);
  await expect(enter({ expiresAt: new Date(Date.now() - 1000) })).rejects.toMatchObject(refused);
  await expect(enter({}, other.id)).rejects.toMatchObject(refused);
});
