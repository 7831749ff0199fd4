import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connections, holds, offboardings, outboxEvents, outboxMails, retirements } from "@/db/schema";
import { withScope } from "@/db/scope";
import { findLink, listPublicIntegrations } from "@/lib/catalogue/integration/queries";
import { createPartnerLink } from "@/lib/catalogue/link/manage-links";
import { callOffEnds, scheduleEnds } from "@/lib/connection/retirement/carry-out";
import { sha256 } from "@/lib/core/hash";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import { queueRetirementMails } from "@/lib/operations/mail/queue-retirement-mails";
import { sweep } from "@/lib/operations/sweep/sweep";
import { holdInConsole, liftHoldInConsole } from "@/lib/partner/monitoring/act-on-connection";
import { actAsMember } from "@/lib/partner/organization/act-as-member";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { asSystem } from "@/lib/platform/worker-context";
import { asCustomer } from "@/testing/fixtures/account";
import { addCompany, connectCompanies, deactivate } from "@/testing/fixtures/offboarding";
import { only } from "@/testing/fixtures/only";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { announceRetirement, findRetirement, readRetirementDay, withdrawRetirement } from "./retirement";
import type { Retirement } from "./schema";

const DAY_MS = 24 * 3_600_000;
const dayIn = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
const SOON: Retirement = {
  endsOn: dayIn(40),
  endsAt: new Date(`${dayIn(40)}T00:00:00Z`),
  note: "We stop making Orders, see https://partner.example.",
  replacement: { name: "Esimerkki Commerce", url: "https://partner.example/commerce" },
};

let world: VendorWorld;
let owner: PartnerMember;
let support: PartnerMember;
beforeAll(async () => {
  world = await createVendorWorld();
  owner = await createMember(world.database, world.integration.partner.id, "owner");
  support = await createMember(world.database, world.integration.partner.id, "support");
});
afterAll(() => world.close());

let viewer: Viewer;
let ids: string[];
beforeEach(async () => {
  await world.database.admin.orm
    .update(retirements)
    .set({ withdrawnAt: new Date(), withdrawnBy: owner.userId })
    .where(isNull(retirements.withdrawnAt));
  const made = await connectCompanies(world, [await addCompany(world), await addCompany(world)]);
  ({ viewer, connectionIds: ids } = made);
});

const orm = () => world.database.admin.orm;
const announce = (by: PartnerMember, retirement = SOON) =>
  asMember(world.database, by, (tx) =>
    announceRetirement(tx, by, world.integration.integrationId, retirement),
  );
const takeBack = () =>
  asMember(world.database, owner, (tx) => withdrawRetirement(tx, owner, world.integration.integrationId));
const open = async () => only(await orm().select().from(retirements).where(isNull(retirements.withdrawnAt)));
const countAsked = async (id: string): Promise<number> =>
  (
    await orm().select().from(outboxEvents).where(eq(outboxEvents.name, "integration/retirement.changed"))
  ).filter(({ data }) => (data as { retirementId?: string }).retirementId === id).length;
/** As the worker's function does. */
async function carryOut(id: string): Promise<void> {
  const run = <T>(work: Parameters<typeof asSystem<T>>[2]) => asSystem(world.context, "test", work);
  while ((await run((tx) => scheduleEnds(tx, id, new Date()))) > 0);
  while ((await run((tx) => callOffEnds(tx, id, new Date()))) > 0);
  await run((tx) => queueRetirementMails(tx, id, null));
}
const openEnds = (connectionId: string) =>
  orm()
    .select()
    .from(holds)
    .where(
      and(eq(holds.connectionId, connectionId), eq(holds.kind, "scheduled_end"), isNull(holds.liftedAt)),
    );
const mailsOf = (to: Viewer) =>
  orm()
    .select()
    .from(outboxMails)
    .where(and(eq(outboxMails.accountId, to.accountId), eq(outboxMails.recipient, to.email)));
const mailsOfKind = async (to: Viewer, kind: string) =>
  (await mailsOf(to)).filter((mail) => mail.kind === kind);
const readLink = () => {
  const { linkToken } = world.integration;
  return withScope(world.database.web, { kind: "public", linkHash: sha256(linkToken) }, (tx) =>
    findLink(tx, linkToken, "en"),
  );
};

describe("the day of a form", () => {
  const now = new Date("2026-12-01T20:00:00Z");
  test.each([
    ["2026-12-30", "too_soon"],
    ["2026-12-31", new Date("2026-12-30T22:00:00Z")],
    ["2027-04-15", new Date("2027-04-14T21:00:00Z")],
    ["2029-01-01", "too_late"],
  ])("%s in Helsinki", (day, read) => {
    expect(readRetirementDay(day, "Europe/Helsinki", now)).toEqual(read);
  });
});

describe("an announced end", () => {
  test("closes links at once, and says what takes its place", async () => {
    expect(await readLink()).toMatchObject({ kind: "live" });
    await orm().execute(
      `update integrations set is_listed = true where id = '${world.integration.integrationId}'`,
    );
    const isListed = async () =>
      (await withScope(world.database.web, { kind: "public" }, (tx) => listPublicIntegrations(tx, "en")))
        .length > 0;
    expect(await isListed()).toBe(true);
    await announce(owner);
    expect(await isListed()).toBe(false);
    const actor = actAsMember(owner, "test", "links.manage");
    const link = {
      integration: world.integration.slug,
      name: "New",
      campaign: null,
      language: null,
    } as const;
    await expect(
      asMember(world.database, owner, (tx) =>
        createPartnerLink(tx, actor, { ...link, expiresAt: null, maxUses: null }),
      ),
      "no link that leads nowhere",
    ).rejects.toMatchObject({ code: "conflict" });
    expect(await readLink()).toMatchObject({
      kind: "dead",
      view: { why: "retired", replacement: SOON.replacement, partnerName: expect.any(String) },
    });
    const view = await asMember(world.database, support, (tx) =>
      findRetirement(tx, world.integration.integrationId),
    );
    expect(view).toMatchObject({ endsOn: SOON.endsOn, announcedBy: owner.email, note: SOON.note });
  });

  test("is the owner's and the admin's to make, once, and for what is published", async () => {
    await expect(announce(support)).rejects.toMatchObject({ code: "forbidden" });
    await announce(owner);
    await expect(announce(owner)).rejects.toMatchObject({ code: "conflict" });
    await takeBack();
    await expect(takeBack()).rejects.toMatchObject({ code: "conflict" });
  });

  test("gives customers a month, whatever the code says", async () => {
    const early = { ...SOON, endsAt: new Date(Date.now() + 28 * DAY_MS) };
    await expect(announce(owner, early)).rejects.toThrow(/retirements_notice|insert into/);
  });

  test("sets the day of each connection, tells each account once, and ends them in one asking", async () => {
    await announce(owner);
    const { id } = await open();
    await carryOut(id);
    await carryOut(id);
    for (const connectionId of ids)
      expect(await openEnds(connectionId)).toMatchObject([
        { setBy: "partner", setByUser: owner.userId, until: SOON.endsAt, reason: SOON.note },
      ]);
    const mail = only(await mailsOfKind(viewer, "integration_retires"));
    const composed = await composeMail(world.context, mail);
    expect(composed?.subject).toContain("ends on");
    expect(composed?.text).toContain("2 of your companies in Procountor use it");
    expect(composed?.text).toContain("In its place: Esimerkki Commerce, https://partner.example/commerce");
    // The partner's words carry no link, its address does.
    expect(composed?.text).not.toContain("see https://partner.example.");
    expect(await mailsOfKind(viewer, "integration_retires_soon")).toEqual([]);

    await sweep(world.context, new Date(SOON.endsAt.getTime() + 60_000));
    const ended = await orm().select().from(offboardings).where(eq(offboardings.accountId, viewer.accountId));
    expect(ended.map(({ connectionId }) => connectionId).sort()).toEqual([...ids].sort());
    expect(new Set(ended.map(({ askId }) => askId)).size).toBe(1);
    expect(ended[0]).toMatchObject({ askedBy: "partner", askedByUser: owner.userId, reason: SOON.note });
  });

  test("is told once more two weeks before, to who still has a connection", async () => {
    await announce(owner);
    const { id } = await open();
    await carryOut(id);
    const near = new Date(SOON.endsAt.getTime() - 13 * DAY_MS);
    await orm().delete(outboxEvents);
    await sweep(world.context, near);
    expect(await countAsked(id)).toBe(1);
    await carryOut(id);
    const second = only(await mailsOfKind(viewer, "integration_retires_soon"));
    expect((await composeMail(world.context, second))?.subject).toContain("Two weeks left");
    await orm().delete(outboxEvents);
    await sweep(world.context, near);
    expect(await countAsked(id), "once").toBe(0);
    await deactivate(world, viewer, ids);
    expect(await composeMail(world.context, second), "nothing is left to end").toBeNull();
  });

  test("gets what became active after it, which the sweep finds", async () => {
    await announce(owner);
    const { id } = await open();
    await carryOut(id);
    // Its request was submitted before.
    await orm()
      .delete(holds)
      .where(eq(holds.connectionId, ids[0] ?? ""));
    await orm().delete(outboxEvents);
    await sweep(world.context);
    expect(await countAsked(id)).toBe(1);
    await carryOut(id);
    expect(await openEnds(ids[0] ?? "")).toHaveLength(1);
  });

  test("takes the place of a later day of the partner's, and leaves an earlier one", async () => {
    const [early = "", late = ""] = ids;
    const before = new Date(Date.now() + 5 * DAY_MS);
    const after = new Date(Date.now() + 90 * DAY_MS);
    for (const [connectionId, until] of [
      [early, before],
      [late, after],
    ] as const)
      await asMember(world.database, owner, (tx) =>
        holdInConsole(tx, owner, {
          connectionId,
          kind: "scheduled_end",
          reason: null,
          since: new Date(),
          until,
        }),
      );
    await announce(owner);
    await carryOut((await open()).id);
    expect(await openEnds(early)).toMatchObject([{ until: before }]);
    expect(await openEnds(late)).toMatchObject([{ until: SOON.endsAt }]);
  });

  test("cannot be called off for one connection, and is called off for all by taking it back", async () => {
    await announce(owner);
    const { id } = await open();
    await carryOut(id);
    const hold = only(await openEnds(ids[0] ?? ""));
    await expect(
      asMember(world.database, owner, (tx) => liftHoldInConsole(tx, owner, hold.id)),
    ).rejects.toMatchObject({ code: "conflict" });
    const first = only(await mailsOfKind(viewer, "integration_retires"));
    await orm()
      .update(outboxMails)
      .set({ state: "sent", sentAt: new Date() })
      .where(eq(outboxMails.id, first.id));
    await takeBack();
    await carryOut(id);
    for (const connectionId of ids) expect(await openEnds(connectionId)).toEqual([]);
    const stays = only(await mailsOfKind(viewer, "integration_stays"));
    expect((await composeMail(world.context, stays))?.text).toContain(
      "Your 2 companies go on in Procountor as before",
    );
    expect(await readLink()).toMatchObject({ kind: "live" });
    await sweep(world.context, new Date(SOON.endsAt.getTime() + DAY_MS));
    const states = await orm().select().from(connections).where(eq(connections.accountId, viewer.accountId));
    expect(states.map(({ state }) => state)).not.toContain("offboarding");
  });

  test("is announced anew after it was taken back, and keeps its own ends", async () => {
    await announce(owner);
    const former = (await open()).id;
    await carryOut(former);
    await takeBack();
    await announce(owner);
    const { id } = await open();
    await carryOut(former);
    await carryOut(id);
    await carryOut(former);
    expect(await openEnds(ids[0] ?? "")).toHaveLength(1);
    await orm().delete(outboxEvents);
    await sweep(world.context);
    expect([await countAsked(former), await countAsked(id)], "nothing is left to do").toEqual([0, 0]);
  });

  test("is said by no mail to who was not told of it, once it was taken back", async () => {
    await announce(owner);
    const { id } = await open();
    await carryOut(id);
    await takeBack();
    await carryOut(id);
    for (const mail of await mailsOf(viewer))
      if (mail.kind.startsWith("integration_")) expect(await composeMail(world.context, mail)).toBeNull();
  });

  test("shows customers what it says, and nobody who said it", async () => {
    await announce(owner);
    const rows = await asCustomer(world.database, viewer, (tx) =>
      tx.select({ note: retirements.note, endsOn: retirements.endsOn }).from(retirements),
    );
    expect(rows).toEqual([{ note: SOON.note, endsOn: SOON.endsOn }]);
    await expect(
      asCustomer(world.database, viewer, (tx) =>
        tx.select({ by: retirements.announcedBy }).from(retirements),
      ),
    ).rejects.toThrow();
  });
});
