import { and, eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  accountUpdates,
  connections,
  connectionUpdates,
  outboxEvents,
  outboxMails,
  specificationUpdates,
  updateAcceptances,
  webhookEvents,
} from "@/db/schema";
import { readTimeline } from "@/lib/activation/timeline/read-timeline";
import { loadConnection } from "@/lib/connection/lifecycle/load-connection";
import { getConnectionDetails, listConnections } from "@/lib/connection/lifecycle/queries";
import { erasePerson } from "@/lib/operations/erasure/erase-person";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import { queueUpdateMails } from "@/lib/operations/mail/queue-update-mails";
import { sweep } from "@/lib/operations/sweep/sweep";
import { getPartnerConnection } from "@/lib/partner/api/connection-queries";
import { listPartnerConnections as listMonitored } from "@/lib/partner/monitoring/queries";
import { connectionFilter } from "@/lib/partner/monitoring/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { exportData } from "@/lib/people/profile/export-data";
import { asSystem } from "@/lib/platform/worker-context";
import { addColleague, asCustomer, asPartner, createViewer } from "@/testing/fixtures/account";
import { findEverywhere } from "@/testing/fixtures/find-everywhere";
import { publishSpecification } from "@/testing/fixtures/integration";
import { addCompany, connectCompanies, deactivate } from "@/testing/fixtures/offboarding";
import { only } from "@/testing/fixtures/only";
import { makeSpecificationContent, type TestContent } from "@/testing/fixtures/specification";
import { createVendorWorld, HELD_BY_TECHNICAL_USER, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { acceptUpdate } from "./accept-update";
import { followSilently, judgeSteps, offerForConsent } from "./offer-updates";
import { findNewerUpdate, getUpdate, listPendingUpdates } from "./queries";

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld();
});
afterAll(() => world.close());

const FIRST: Partial<TestContent> = { technicalUser: HELD_BY_TECHNICAL_USER };
const LESS: Partial<TestContent> = {
  technicalUser: { ...HELD_BY_TECHNICAL_USER, rights: HELD_BY_TECHNICAL_USER.rights.slice(1) },
};
const DEARER: Partial<TestContent> = {
  ...FIRST,
  price: { kind: "known", amountMinor: 990, currency: "EUR", billedTo: "environment", priceListUrl: null },
};
const RENAMED: Partial<TestContent> = { ...FIRST, name: "Esimerkki Orders and more" };

/** The next version, brought to everybody as the worker's function does. */
async function publish(content: Partial<TestContent>) {
  const { integrationId: id, partner, slug } = world.integration;
  const version = await publishSpecification(
    world.database,
    { id, partnerId: partner.id, slug },
    makeSpecificationContent(content),
  );
  await bring(version.id);
  return version;
}
async function bring(specificationId: string): Promise<void> {
  const run = <T>(work: Parameters<typeof asSystem<T>>[2]) => asSystem(world.context, "test", work);
  if (!(await run((tx) => judgeSteps(tx, specificationId)))) return;
  while ((await run((tx) => offerForConsent(tx, specificationId))) > 0);
  while ((await run((tx) => followSilently(tx, specificationId))) > 0);
  await run((tx) => queueUpdateMails(tx, specificationId, null));
}

const as = <T>(viewer: Viewer, work: Parameters<typeof asCustomer<T>>[2]) =>
  asCustomer(world.database, viewer, work);
const versionsOf = async (ids: string[]) =>
  (await world.database.admin.orm.select().from(connections).where(inArray(connections.id, ids))).map(
    ({ specificationId }) => specificationId,
  );

let viewer: Viewer;
let ids: string[];
let requestId: string;
/** Everybody is on a first version before each test: two connections of a new account. */
beforeEach(async () => {
  const { integrationId: id, partner, slug } = world.integration;
  world.integration = {
    ...world.integration,
    specification: await publishSpecification(
      world.database,
      { id, partnerId: partner.id, slug },
      makeSpecificationContent(FIRST),
    ),
  };
  const made = await connectCompanies(world, [await addCompany(world), await addCompany(world)]);
  ({ viewer, requestId } = made);
  ids = made.connectionIds;
});

const updateOf = (of = viewer) =>
  world.database.admin.orm.select().from(accountUpdates).where(eq(accountUpdates.accountId, of.accountId));
const accept = async (by: Viewer, picked: string[], changes: { contentHash?: string } = {}) => {
  const update = only(await updateOf(by));
  const view = await as(by, (tx) => getUpdate(tx, update.id, "en"));
  return as(by, (tx) =>
    acceptUpdate(tx, by, {
      updateId: update.id,
      contentHash: changes.contentHash ?? view.contentHash,
      language: "en",
      connections: picked,
    }),
  );
};

describe("a version that asks nobody", () => {
  test("is followed at once, with the narrower rights, in the timeline and by webhook, without a mail", async () => {
    const version = await publish(LESS);
    expect(await versionsOf(ids)).toEqual([version.id, version.id]);
    expect((await loadConnection(world.context, ids[0] ?? "")).asked).toHaveLength(3);
    expect(await updateOf()).toEqual([]);
    const { entries } = await as(viewer, (tx) =>
      readTimeline(tx, "customer", { connectionId: ids[0] ?? "" }),
    );
    expect(entries.filter(({ kind }) => kind === "updated")).toMatchObject([
      { what: "followed", text: String(version.version), actor: null },
    ]);
    const events = await world.database.admin.orm
      .select()
      .from(webhookEvents)
      .where(and(eq(webhookEvents.subjectId, ids[0] ?? ""), eq(webhookEvents.type, "connection.updated")));
    expect(events).toMatchObject([{ data: { specificationVersion: version.version } }]);
  });

  test("is announced by one mail where it is more than words", async () => {
    const version = await publish(RENAMED);
    expect(await versionsOf(ids)).toEqual([version.id, version.id]);
    const [update] = await updateOf();
    expect(update).toMatchObject({ verdict: "announced" });
    const mails = await world.database.admin.orm
      .select()
      .from(outboxMails)
      .where(eq(outboxMails.subjectId, update?.id ?? ""));
    expect(mails).toMatchObject([{ kind: "update_announced", recipient: viewer.email }]);
    const mail = await composeMail(world.context, only(mails));
    expect(mail?.text).toContain("2 of your companies");
    expect(mail?.text).toContain("- Name: changed");
    expect(mail?.text).toContain(`https://portal.example/updates/${update?.id}`);
    expect(await as(viewer, (tx) => listPendingUpdates(tx, "en"))).toEqual([]);
    const view = await as(viewer, (tx) => getUpdate(tx, update?.id ?? "", "en"));
    expect(view).toMatchObject({ groups: [], followed: [{ differences: [{ field: "name" }] }] });
  });
});

describe("a version that needs consent", () => {
  test("waits: the connections go on with the former version, are shown as such, and the account has one mail", async () => {
    const before = world.integration.specification;
    await publish(DEARER);
    await bring((await updateOf())[0]?.specificationId ?? "");
    expect(await versionsOf(ids)).toEqual([before.id, before.id]);
    const update = only(await updateOf());
    const pending = await as(viewer, (tx) => listPendingUpdates(tx, "en"));
    expect(pending).toMatchObject([{ id: update.id, count: 2 }]);
    const details = await as(viewer, (tx) => getConnectionDetails(tx, ids[0] ?? "", "en"));
    expect(details).toMatchObject({ state: "update_required", updateId: update.id, canDeactivate: true });
    // Named once for all of them, not as the trouble of each.
    const trouble = await as(viewer, (tx) => listConnections(tx, { limit: 5, locale: "en" }, "attention"));
    expect(trouble.connections).toEqual([]);
    const { caller } = world.integration;
    const seen = await asPartner(world.database, caller, (tx) =>
      getPartnerConnection(tx, caller, ids[0] ?? ""),
    );
    expect(seen).toMatchObject({
      state: "active",
      specificationVersion: before.version,
      updateRequired: true,
    });
    for (const [state, found] of [
      ["update_required", ids],
      ["active", []],
    ] as const) {
      const list = await asPartner(world.database, caller, (tx) =>
        listMonitored(tx, connectionFilter.parse({ state })),
      );
      expect(list.connections.filter(({ id }) => ids.includes(id)).map((one) => one.state)).toEqual(
        found.map(() => "update_required"),
      );
    }
    const mails = await world.database.admin.orm
      .select()
      .from(outboxMails)
      .where(eq(outboxMails.subjectId, update.id));
    expect(mails).toMatchObject([{ kind: "update_required", recipient: viewer.email }]);
    const mail = await composeMail(world.context, only(mails));
    expect(mail?.text).toContain("- Price: another currency or payer, or a price that was not known");
    expect(mail?.text).toContain("Until you accept it, everything goes on as you agreed to");
  });

  test("is accepted once for many, with who, what and in which language, and each is checked", async () => {
    const version = await publish(DEARER);
    expect(await accept(viewer, ids)).toBe(2);
    expect(await versionsOf(ids)).toEqual([version.id, version.id]);
    const acceptances = await world.database.admin.orm
      .select()
      .from(updateAcceptances)
      .where(eq(updateAcceptances.accountId, viewer.accountId));
    expect(acceptances).toMatchObject([
      {
        acceptedBy: viewer.userId,
        acceptedEmail: viewer.email,
        contentHash: version.contentHash,
        language: "en",
        structureHash: version.shown.structureHash,
        languageHash: version.shown.languageHash,
      },
    ]);
    const checks = await world.database.admin.orm
      .select()
      .from(outboxEvents)
      .where(eq(outboxEvents.name, "connection/check.wanted"));
    const checked = checks.map(({ data }) => data.connectionId);
    expect(ids.every((id) => checked.includes(id))).toBe(true);
    expect(await as(viewer, (tx) => listPendingUpdates(tx, "en"))).toEqual([]);
    const { entries } = await as(viewer, (tx) => readTimeline(tx, "customer", { requestId }));
    expect(entries.filter(({ kind }) => kind === "updated")).toMatchObject([
      { what: "accepted", side: "customer", actor: viewer.email, text: String(version.version) },
      { what: "accepted" },
    ]);
    // Nothing is left to say: the mail is dropped.
    const [mail] = await world.database.admin.orm
      .select()
      .from(outboxMails)
      .where(eq(outboxMails.subjectId, only(await updateOf()).id));
    expect(mail && (await composeMail(world.context, mail))).toBeNull();
  });

  test("is accepted for some now and by a colleague for the rest", async () => {
    await publish(DEARER);
    const colleague = await addColleague(world.database, viewer);
    const [first = "", second = ""] = ids;
    expect(await accept(viewer, [first])).toBe(1);
    const update = only(await updateOf());
    const view = await as(colleague, (tx) => getUpdate(tx, update.id, "fi"));
    expect(view.groups).toMatchObject([{ connections: [{ id: second }] }]);
    expect(view.accepted).toMatchObject([{ by: viewer.email, count: 1 }]);
    expect(await accept(colleague, ids)).toBe(1);
    const after = await as(viewer, (tx) => getUpdate(tx, update.id, "en"));
    expect(after.groups).toEqual([]);
    expect(after.accepted.map(({ by, count }) => [by, count])).toEqual([
      [colleague.email, 1],
      [viewer.email, 1],
    ]);
  });

  test("stands in what a person downloads, and under a pseudonym once the person is erased", async () => {
    const version = await publish(DEARER);
    const colleague = await addColleague(world.database, viewer);
    expect(await accept(colleague, ids)).toBe(2);
    const { accounts } = await exportData(world.database.web, colleague);
    const own = accounts.find(({ updates }) => updates.length > 0);
    expect(own?.updates).toMatchObject([
      {
        email: colleague.email,
        specificationVersion: version.version,
        language: "en",
        environments: [expect.any(String), expect.any(String)],
      },
    ]);
    expect(own?.connections.map(({ specificationVersion }) => specificationVersion)).toEqual(
      Array(2).fill(version.version),
    );
    expect(await findEverywhere(world.database, colleague.email)).toContain("update_acceptances");
    expect(await erasePerson(world.context, colleague.userId)).toBe("erased");
    expect(await findEverywhere(world.database, colleague.email)).toEqual([]);
  });

  test("is accepted once when two press at the same time", async () => {
    await publish(DEARER);
    const colleague = await addColleague(world.database, viewer);
    const counts = await Promise.all([accept(viewer, ids), accept(colleague, [...ids].reverse())]);
    expect(counts.sort()).toEqual([0, 2]);
    const moves = await world.database.admin.orm
      .select()
      .from(connectionUpdates)
      .where(inArray(connectionUpdates.connectionId, ids));
    expect(moves).toHaveLength(2);
  });

  test("is not accepted for text that was not shown, for nobody, or by another account", async () => {
    await publish(DEARER);
    const update = only(await updateOf());
    await expect(accept(viewer, ids, { contentHash: "other" })).rejects.toMatchObject({
      code: "changed_since_started",
    });
    await expect(accept(viewer, [])).rejects.toMatchObject({ code: "invalid_input" });
    const stranger = await createViewer(world.database);
    await expect(as(stranger, (tx) => getUpdate(tx, update.id, "en"))).rejects.toMatchObject({
      code: "not_found",
    });
    const mine = await as(viewer, (tx) => getUpdate(tx, update.id, "en"));
    const input = {
      updateId: update.id,
      contentHash: mine.contentHash,
      language: "en",
      connections: ids,
    } as const;
    await expect(
      as(stranger, (tx) => acceptUpdate(tx, stranger, { ...input, connections: [...ids] })),
    ).rejects.toMatchObject({ code: "not_found" });
    const foreign = await connectCompanies(world, [await addCompany(world)]);
    await expect(accept(viewer, foreign.connectionIds)).rejects.toMatchObject({ code: "not_found" });
    expect(await as(viewer, (tx) => listPendingUpdates(tx, "en"))).toMatchObject([{ count: 2 }]);
  });

  test("leads on to a newer one, and what was accepted before stays in force until then", async () => {
    const second = await publish(DEARER);
    const old = only(await updateOf());
    expect(await accept(viewer, [ids[0] ?? ""])).toBe(1);
    const third = await publish({
      ...DEARER,
      terms: { version: "2", updatedOn: "2026-05-01", body: "New." },
    });
    await expect(as(viewer, (tx) => getUpdate(tx, old.id, "en"))).rejects.toMatchObject({ code: "gone" });
    const newer = await as(viewer, (tx) => findNewerUpdate(tx, old.id));
    const view = await as(viewer, (tx) => getUpdate(tx, newer ?? "", "en"));
    expect(view).toMatchObject({ version: third.version });
    expect(view.groups.map(({ fromVersion, connections: { length } }) => [fromVersion, length])).toEqual([
      [second.version, 1],
      [world.integration.specification.version, 1],
    ]);
    // Only what is new for each of them.
    expect(view.groups.map(({ differences }) => differences.map(({ field }) => field))).toEqual([
      ["terms"],
      ["price", "terms"],
    ]);
  });

  test("passes over what has ended, and is offered to what became active after it", async () => {
    const [first = "", second = ""] = ids;
    await deactivate(world, viewer, [first]);
    const version = await publish(DEARER);
    expect(await as(viewer, (tx) => listPendingUpdates(tx, "en"))).toMatchObject([{ count: 1 }]);
    expect(await accept(viewer, ids)).toBe(1);
    expect(await versionsOf([second])).toEqual([version.id]);
    // Its request was submitted for the first version, and ended after the publication.
    const late = await connectCompanies(world, [await addCompany(world)]);
    expect(await updateOf(late.viewer)).toEqual([]);
    const { orm } = world.database.admin;
    const countAsked = async () => {
      await orm.delete(outboxEvents);
      await sweep(world.context);
      const asked = await orm
        .select()
        .from(outboxEvents)
        .where(eq(outboxEvents.name, "specification/published"));
      return asked.filter(({ data }) => data.specificationId === version.id).length;
    };
    expect(await countAsked()).toBe(1);
    await bring(version.id);
    expect(await countAsked(), "nobody is left to be asked").toBe(0);
    const mails = await orm
      .select()
      .from(outboxMails)
      .where(eq(outboxMails.accountId, late.viewer.accountId));
    expect(mails.filter(({ kind }) => kind === "update_required")).toHaveLength(1);
    expect(await as(late.viewer, (tx) => listPendingUpdates(tx, "en"))).toMatchObject([{ count: 1 }]);
  });

  test("that was published while no worker was there is found by the sweep", async () => {
    const { integrationId: id, partner, slug } = world.integration;
    const owned = { id, partnerId: partner.id, slug };
    const version = await publishSpecification(world.database, owned, makeSpecificationContent(DEARER));
    await sweep(world.context);
    const events = await world.database.admin.orm
      .select()
      .from(outboxEvents)
      .where(eq(outboxEvents.name, "specification/published"));
    expect(events.map(({ data }) => data.specificationId)).toContain(version.id);
  });
});

describe("the database", () => {
  test("moves no connection for a customer who has not accepted", async () => {
    const version = await publish(DEARER);
    const [connectionId = ""] = ids;
    const { partner, specification } = world.integration;
    const move = {
      connectionId,
      partnerId: partner.id,
      accountId: viewer.accountId,
      fromSpecificationId: specification.id,
      specificationId: version.id,
    };
    const insert = (row: Partial<typeof connectionUpdates.$inferInsert>) =>
      as(viewer, (tx) => tx.insert(connectionUpdates).values({ ...move, verdict: "needs_consent", ...row }));
    await expect(insert({})).rejects.toThrow();
    await expect(insert({ verdict: "silent" })).rejects.toThrow();
    await expect(insert({ acceptanceId: crypto.randomUUID() })).rejects.toThrow();
    await expect(
      as(viewer, (tx) =>
        tx.update(connections).set({ specificationId: version.id }).where(eq(connections.id, connectionId)),
      ),
    ).rejects.toThrow();
    // Nor for the worker where consent is needed.
    await expect(
      asSystem(world.context, "test", (tx) =>
        tx.insert(connectionUpdates).values({ ...move, verdict: "silent" }),
      ),
    ).rejects.toThrow();
    expect(await versionsOf([connectionId])).toEqual([specification.id]);
  });

  test("keeps what was judged: a later release of ours asks nobody anew", async () => {
    const version = await publish(DEARER);
    const verdictOf = async () =>
      (
        await world.database.admin.orm
          .select()
          .from(specificationUpdates)
          .where(
            and(
              eq(specificationUpdates.specificationId, version.id),
              eq(specificationUpdates.fromSpecificationId, world.integration.specification.id),
            ),
          )
      ).map(({ verdict }) => verdict);
    expect(await verdictOf()).toEqual(["needs_consent"]);
    await bring(version.id);
    expect(await verdictOf()).toEqual(["needs_consent"]);
    await expect(
      asSystem(world.context, "test", (tx) =>
        tx.update(specificationUpdates).set({ verdict: "silent" }).where(sql`true`),
      ),
    ).rejects.toThrow();
  });
});
