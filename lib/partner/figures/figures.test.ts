import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { activationRequests, activations, drafts, figureDays, grants } from "@/db/schema";
import { withScope } from "@/db/scope";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { prepareDraft } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { createRequest } from "@/testing/fixtures/request";
import { countFigures } from "./count-figures";
import { getFigures } from "./queries";

const PAGE_STEPS = {
  partnerSteps: { kind: "page", title: "T", intro: "I", url: "https://partner.example/start" },
} as const;
const MINUTE_MS = 60_000;

let database: TestDatabase;
let integration: TestIntegration;
let member: PartnerMember;
const now = new Date("2026-11-30T12:00:00Z");
beforeAll(async () => {
  database = await createTestDatabase();
  integration = await createIntegration(database, { content: PAGE_STEPS });
  member = await createMember(database, integration.partner.id, "auditor");
});
afterAll(() => database.close());

const count = (at = now) =>
  withScope(database.worker, { kind: "system", reason: "test" }, (tx) => countFigures(tx, at));
const figures = (as = member, at = now) => asMember(database, as, (tx) => getFigures(tx, { days: "30" }, at));
const acceptedAt = (id: string, at: Date) =>
  database.admin.orm.update(drafts).set({ acceptedAt: at }).where(eq(drafts.id, id));

/** A prepared request, changed as a journey would have left it. */
async function prepared(
  draft: Partial<typeof drafts.$inferInsert>,
  grant: Partial<typeof grants.$inferInsert>,
) {
  const made = await prepareDraft(database, await createViewer(database), integration);
  await acceptedAt(made.draft.id, now);
  await database.admin.orm.update(drafts).set(draft).where(eq(drafts.id, made.draft.id));
  if (grant.state) await database.admin.orm.update(grants).set(grant).where(eq(grants.id, made.grantId));
  else
    await database.admin.orm
      .delete(grants)
      .where(eq(grants.id, made.grantId))
      .catch(() => {});
}

async function requested(state: "active" | "rejected" | "timed_out", at = now) {
  const { requestId, draft } = await createRequest(database, await createViewer(database), integration);
  await acceptedAt(draft.id, at);
  const settled = { state: "settled", submittedAt: at, settledAt: at } as const;
  const decided = { decidedAt: new Date(at.getTime() + 5 * MINUTE_MS), decidedBy: `user:${member.userId}` };
  await database.admin.orm
    .update(activationRequests)
    .set({ ...settled, ...(state === "timed_out" ? {} : decided) })
    .where(eq(activationRequests.id, requestId));
  await database.admin.orm
    .update(activations)
    .set({
      state,
      isOccupying: state === "active",
      rejectionReason: state === "rejected" ? "No." : null,
      stateSince: new Date(at.getTime() + 10 * MINUTE_MS),
    })
    .where(eq(activations.requestId, requestId));
}

test("each who accepted is counted once, as far as they came and with the reason why no further", async () => {
  await requested("active");
  await requested("active");
  await requested("rejected");
  await requested("timed_out");
  await prepared({ state: "open" }, { state: "open" });
  await prepared({ state: "expired", selectedAt: null }, { state: "expired" });
  await prepared({ state: "discarded", selectedAt: null, consentStartedAt: now }, { state: "refused" });
  expect(await figures()).toMatchObject({ isUncounted: true, all: { counts: { accepted: 0 } } });
  expect(await count()).toBeGreaterThan(0);
  const { isUncounted, all, weeks, versions } = await figures();
  expect(isUncounted).toBe(false);
  expect(all.counts).toEqual({
    accepted: 7,
    started: 7,
    consented: 6,
    picked: 5,
    submitted: 4,
    approved: 2,
    active: 2,
  });
  expect(all.leavers).toEqual({ open: 1, refused: 1, before_pick: 1, timed_out: 1, rejected: 1 });
  expect(all.toActive.count).toBe(2);
  expect(Math.abs(Number(all.toActive.median) - 600) / 600).toBeLessThan(0.1);
  expect(all.toDecision.count).toBe(3);
  expect(Math.abs(Number(all.toDecision.median) - 300) / 300).toBeLessThan(0.1);
  expect(weeks.at(-1)).toMatchObject({ week: "2026-11-30", counts: { accepted: 7 } });
  expect(versions).toMatchObject([{ version: 1, counts: { accepted: 7 } }]);
});

test("a day is counted anew and never twice, and an old one once for all", async () => {
  const before = (await figures()).all.counts;
  await count();
  expect((await figures()).all.counts).toEqual(before);
  await requested("active", new Date("2026-01-05T10:00:00Z"));
  // Sweep after sweep takes a few of the days that were never counted.
  while ((await count()) > 2);
  const rows = await database.admin.orm.select().from(figureDays).where(eq(figureDays.day, "2026-01-05"));
  expect(rows).toMatchObject([{ accepted: 1, active: 1 }]);
  await database.admin.orm.update(figureDays).set({ accepted: 5 }).where(eq(figureDays.day, "2026-01-05"));
  await count();
  const [kept] = await database.admin.orm.select().from(figureDays).where(eq(figureDays.day, "2026-01-05"));
  expect(kept?.accepted).toBe(5);
});

test("another partner has none of it", async () => {
  const stranger = await createMember(database, (await createIntegration(database)).partner.id, "owner");
  expect((await figures(stranger)).all.counts.accepted).toBe(0);
});
