import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { activationRequests, activations, connections, outboxMails, partnerAlerts, users } from "@/db/schema";
import { withScope } from "@/db/scope";
import { createConnection } from "@/lib/connection/lifecycle/create-connection";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import { decideInConsole } from "@/lib/partner/monitoring/act-on-request";
import { changeRole, removePartnerMember } from "@/lib/partner/organization/change-members";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { createRequest, readRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { findStopOffer, getAlerts, saveAlerts, stopAlerts } from "./manage-alerts";
import { queueDigests } from "./queue-digests";
import { nextDigestAt } from "./rules";
import { type AlertInput, alertInput } from "./schema";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ALL: AlertInput = {
  digest: "daily",
  waitingHours: 24,
  rejectionPercent: 50,
  tellsAttention: true,
  zone: "Europe/Helsinki",
};

let database: TestDatabase;
let context: WorkerContext;
let integration: TestIntegration;
let member: PartnerMember;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
});
afterAll(() => database.close());
const orm = () => database.admin.orm;

/** A new partner with one member who chose `input` an hour before `now`. */
async function arrange(input: Partial<AlertInput>, now: Date): Promise<void> {
  // Those of the tests before would be due as well.
  await orm().delete(partnerAlerts);
  integration = await createIntegration(database, {
    content: { partnerSteps: { kind: "page", title: "T", intro: "I", url: "https://partner.example/start" } },
  });
  member = await createMember(database, integration.partner.id, "support");
  const before = new Date(now.getTime() - HOUR_MS);
  await asMember(database, member, (tx) => saveAlerts(tx, member, { ...ALL, ...input }, before));
}
const run = (now: Date) => asSystem(context, "test", (tx) => queueDigests(tx, now));
const digests = () =>
  orm().select().from(outboxMails).where(eq(outboxMails.recipient, member.email)).orderBy(outboxMails.id);
const newest = async () => {
  const mail = (await digests()).at(-1);
  if (!mail) throw new Error("no mail");
  return mail;
};
const submit = async () =>
  (await createRequest(database, await createViewer(database), integration)).requestId;
const age = (requestId: string, hours: number) =>
  orm()
    .update(activationRequests)
    .set({ submittedAt: new Date(Date.now() - hours * HOUR_MS) })
    .where(eq(activationRequests.id, requestId));

async function decide(choice: "approve" | "reject"): Promise<void> {
  const requestId = await submit();
  const ids = (await readRequest(database, requestId)).activations.map(({ environmentId }) => environmentId);
  const decision =
    choice === "approve"
      ? { approve: ids, reject: [] }
      : { approve: [], reject: ids.map((environmentId) => ({ environmentId, reason: "No contract." })) };
  await asMember(database, member, (tx) => decideInConsole(tx, member, requestId, decision));
}

async function breakConnection(): Promise<string> {
  const requestId = await submit();
  const [activation] = (await readRequest(database, requestId)).activations;
  if (!activation) throw new Error("no activation");
  await orm().update(activations).set({ state: "active" }).where(eq(activations.id, activation.id));
  const id = await asSystem(context, "test", (tx) => createConnection(tx, context, activation, "key"));
  await orm()
    .update(connections)
    .set({ state: "needs_attention", attention: "rights_missing", stateSince: new Date() })
    .where(eq(connections.id, id));
  return activation.environmentName;
}

describe("when a digest is due", () => {
  test.each([
    ["the next morning", "2026-11-30T10:00:00Z", "daily", "Europe/Helsinki", "2026-12-01T06:00:00.000Z"],
    ["the same morning", "2026-11-30T05:59:00Z", "daily", "Europe/Helsinki", "2026-11-30T06:00:00.000Z"],
    [
      "at eight also after clocks went back",
      "2026-10-24T12:00:00Z",
      "daily",
      "Europe/Oslo",
      "2026-10-25T07:00:00.000Z",
    ],
    ["the next Monday", "2026-11-30T10:00:00Z", "weekly", "Europe/Helsinki", "2026-12-07T06:00:00.000Z"],
    [
      "this Monday, which has begun there already",
      "2026-11-29T23:00:00Z",
      "weekly",
      "Europe/Helsinki",
      "2026-11-30T06:00:00.000Z",
    ],
    [
      "in UTC where the zone is unknown",
      "2026-11-30T10:00:00Z",
      "daily",
      "Mars/Olympus",
      "2026-12-01T08:00:00.000Z",
    ],
  ] as const)("%s", (_name, after, pace, zone, expected) => {
    expect(nextDigestAt(new Date(after), pace, zone)?.toISOString()).toBe(expected);
  });

  test("is never where no mails are wanted", () => {
    expect(nextDigestAt(new Date(), "none", "UTC")).toBeNull();
  });
});

describe("a digest", () => {
  test("is one mail of all, in the member's language, and none twice", async () => {
    const now = new Date(Date.now() + DAY_MS);
    await arrange({}, new Date());
    await orm().update(users).set({ locale: "fi" }).where(eq(users.id, member.userId));
    await age(await submit(), 30);
    const company = await breakConnection();
    for (const choice of ["approve", "reject", "reject", "reject", "reject"] as const) await decide(choice);
    expect(await run(now)).toBe(1);
    expect(await run(now)).toBe(0);
    const mail = await newest();
    expect(await digests()).toHaveLength(1);
    expect(mail).toMatchObject({ kind: "partner_digest", locale: "fi", partnerId: member.partnerId });
    const composed = await composeMail(context, mail);
    expect(composed?.text).toContain(company);
    expect(composed?.text).toMatch(/hylättiin 80 %/);
    expect(composed?.text).toContain("odottanut päätöstäsi");
    expect(composed?.text).toContain("/alerts/stop?token=");
  });

  test("does not come when nothing happened, nor for what was told before", async () => {
    await arrange({ waitingHours: null, rejectionPercent: null }, new Date());
    expect(await run(new Date(Date.now() + DAY_MS))).toBe(0);
    await breakConnection();
    await orm()
      .update(connections)
      .set({ stateSince: new Date(Date.now() + DAY_MS + HOUR_MS) })
      .where(eq(connections.partnerId, member.partnerId));
    expect(await run(new Date(Date.now() + 2 * DAY_MS))).toBe(1);
    expect(await run(new Date(Date.now() + 3 * DAY_MS))).toBe(0);
    expect(await digests()).toHaveLength(1);
  });

  test("tells no share of few decisions, and none below what was chosen", async () => {
    await arrange({ waitingHours: null, tellsAttention: false }, new Date());
    for (const choice of ["reject", "reject"] as const) await decide(choice);
    expect(await run(new Date(Date.now() + DAY_MS))).toBe(0);
    await orm()
      .update(partnerAlerts)
      .set({ toldUntil: new Date(Date.now() - HOUR_MS), dueAt: new Date() })
      .where(eq(partnerAlerts.userId, member.userId));
    for (const choice of ["approve", "approve", "approve"] as const) await decide(choice);
    expect(await run(new Date(Date.now() + DAY_MS))).toBe(0);
  });

  test("is queued by one of two workers at once, and by none that dies before its commit", async () => {
    await arrange({}, new Date());
    await age(await submit(), 30);
    const now = new Date(Date.now() + DAY_MS);
    await expect(
      asSystem(context, "test", async (tx) => {
        expect(await queueDigests(tx, now)).toBe(1);
        throw new Error("killed");
      }),
    ).rejects.toThrow("killed");
    expect(await digests()).toHaveLength(0);
    const counts = await Promise.all([run(now), run(now), run(now)]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await digests()).toHaveLength(1);
  });

  test("is not sent once it was stopped, decided, or its member is gone", async () => {
    await arrange({}, new Date());
    const requestId = await submit();
    await age(requestId, 30);
    await run(new Date(Date.now() + DAY_MS));
    const mail = await newest();
    expect(await composeMail(context, mail)).not.toBeNull();
    await orm()
      .update(activationRequests)
      .set({ state: "processing" })
      .where(eq(activationRequests.id, requestId));
    expect(await composeMail(context, mail)).toBeNull();
    await orm()
      .update(activationRequests)
      .set({ state: "awaiting_partner" })
      .where(eq(activationRequests.id, requestId));
    const owner = await createMember(database, member.partnerId, "owner");
    await asMember(database, owner, (tx) =>
      changeRole(tx, owner, { userId: member.userId, role: "auditor" }),
    );
    expect(await composeMail(context, mail)).not.toBeNull();
    await asMember(database, owner, (tx) => removePartnerMember(tx, owner, member.userId));
    expect(await composeMail(context, mail)).toBeNull();
    expect(await run(new Date(Date.now() + 9 * DAY_MS))).toBe(0);
  });
});

describe("what a member chose", () => {
  test("is theirs alone, and the link of a mail stops it and gives nothing else", async () => {
    await arrange({ digest: "weekly" }, new Date());
    const colleague = await createMember(database, member.partnerId, "owner");
    expect((await asMember(database, member, getAlerts)).digest).toBe("weekly");
    expect((await asMember(database, colleague, getAlerts)).digest).toBe("none");
    await expect(
      asMember(database, member, (tx) => tx.select({ token: partnerAlerts.stopToken }).from(partnerAlerts)),
    ).rejects.toMatchObject({ cause: { code: "42501" } });
    const [row] = await orm().select().from(partnerAlerts).where(eq(partnerAlerts.userId, member.userId));
    const token = row?.stopToken ?? "";
    const asAnybody = <T>(work: Parameters<typeof withScope<{ kind: "public" }, T>>[2]) =>
      withScope(database.web, { kind: "public" }, work);
    expect(await asAnybody((tx) => findStopOffer(tx, token))).toEqual({
      partnerName: member.partnerName,
      isOn: true,
    });
    await asAnybody((tx) => stopAlerts(tx, token));
    await asAnybody((tx) => stopAlerts(tx, token));
    expect(await asAnybody((tx) => findStopOffer(tx, token))).toMatchObject({ isOn: false });
    expect(await asMember(database, member, getAlerts)).toMatchObject({ digest: "none", nextAt: null });
    expect(await asAnybody((tx) => findStopOffer(tx, "x".repeat(43)))).toBeNull();
    await expect(asAnybody((tx) => stopAlerts(tx, "x".repeat(43)))).rejects.toMatchObject({ code: "gone" });
  });

  test("is read from the form strictly", () => {
    const form = {
      digest: "daily",
      waitingHours: "8",
      rejectionPercent: "never",
      tellsAttention: "on",
      zone: "Europe/Oslo",
    };
    expect(alertInput.parse(form)).toEqual({
      digest: "daily",
      waitingHours: 8,
      rejectionPercent: null,
      tellsAttention: true,
      zone: "Europe/Oslo",
    });
    expect(alertInput.parse({ ...form, zone: "<script>" }).zone).toBe("UTC");
    for (const wrong of [
      { waitingHours: "7" },
      { waitingHours: "" },
      { rejectionPercent: "x" },
      { digest: "hourly" },
    ])
      expect(alertInput.safeParse({ ...form, ...wrong }).success).toBe(false);
  });
});
