import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { selectEnvironments } from "@/lib/activation/draft/select-environments";
import { takeBackRequest } from "@/lib/activation/guest/take-back-request";
import { getRequestView } from "@/lib/activation/request/queries";
import { submitActivationRequest } from "@/lib/activation/request/submit-activation-request";
import type { Viewer } from "@/lib/people/account/schema";
import { requestScope } from "@/lib/people/account/scope-of";
import { removeMember } from "@/lib/people/membership/remove-member";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createAccount, createViewer } from "@/testing/fixtures/account";
import { freshCompanies, grantTo, prepareDraft } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { createRequest, readEvents } from "@/testing/fixtures/request";
import { OWNERSHIP } from "./ownership";
import { activations, candidates, drafts, grants, memberships, requestGuests, users } from "./schema";
import { type RequestTransaction, withScope } from "./scope";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const act = <T>(actor: Viewer, work: (tx: RequestTransaction) => Promise<T>, linkToken?: string) =>
  withScope(database.web, requestScope(actor, linkToken), work);

/** How many rows of each table the actor reads; what is refused is none. */
async function walk(actor: Viewer): Promise<Record<string, number>> {
  const seen: Record<string, number> = {};
  for (const table of Object.keys(OWNERSHIP)) {
    const column = await findReadableColumn(actor, table);
    if (column === null) continue;
    const [row] = await act(actor, (tx) =>
      tx.execute<{ count: number }>(
        sql`select count(${sql.identifier(column)})::int as count from ${sql.identifier(table)}`,
      ),
    );
    if (row && row.count > 0) seen[table] = row.count;
  }
  return seen;
}

async function findReadableColumn(actor: Viewer, table: string): Promise<string | null> {
  const role = actor.guestOf === undefined ? "kytkin_scope_customer" : "kytkin_scope_guest";
  const [row] = await database.admin.sql<{ name: string }[]>`
    select attname as name from pg_attribute where attrelid = ${`public.${table}`}::regclass and attnum > 0
      and attnotnull and not attisdropped and has_column_privilege(${role}, attrelid, attnum, 'select') limit 1`;
  return row?.name ?? null;
}

type World = {
  owner: Viewer;
  colleague: Viewer;
  guest: Viewer;
  integration: TestIntegration;
  draftId: string;
};

/** An account with a connected past, whose newest draft is in the hands of a guest. */
async function handOver(): Promise<World> {
  const name = crypto.randomUUID();
  const [owner, colleague] = await createAccount(database, [
    `o-${name}@example.com`,
    `c-${name}@example.com`,
  ]);
  if (!owner || !colleague) throw new Error("two members");
  await createRequest(database, owner, await createIntegration(database));
  const integration = await createIntegration(database);
  const { draft } = await prepareDraft(database, owner, integration, {
    offered: freshCompanies(3),
    picked: [],
  });
  const person = await createViewer(database);
  await database.admin.orm.insert(requestGuests).values({
    accountId: owner.accountId,
    draftId: draft.id,
    userId: person.userId,
    invitedBy: owner.userId,
  });
  const guest = { ...person, accountId: owner.accountId, guestOf: draft.id };
  return { owner, colleague, guest, integration, draftId: draft.id };
}

/** The guest consents at the vendor, to companies of their own. */
const consent = (world: World, offered: string[], picked: string[]) =>
  grantTo(database, world.guest, world.integration, world.draftId, { offered, picked });

async function readDraftRow(draftId: string) {
  return only(await database.admin.orm.select().from(drafts).where(eq(drafts.id, draftId)));
}

const submitAs = async (actor: Viewer, { integration, draftId }: World) => {
  const draft = await readDraftRow(draftId);
  return act(actor, (tx) => submitActivationRequest(tx, actor, draft, integration), integration.linkToken);
};

async function takeBack({ owner, guest }: World): Promise<void> {
  const row = only(
    await database.admin.orm.select().from(requestGuests).where(eq(requestGuests.userId, guest.userId)),
  );
  await asCustomer(database, owner, (tx) => takeBackRequest(tx, owner, row.id));
}

/** What every person sees in either scope: their own row. */
const OWN = { users: 1 };

describe("a guest", () => {
  test("sees the draft, what it is about, and nothing else of the account", async () => {
    const { guest } = await handOver();
    expect(await walk(guest)).toEqual({
      ...OWN,
      drafts: 1,
      integrations: 1,
      partners: 1,
      specifications: 1,
      vendor_applications: 1,
    });
  });

  test("comes back from the vendor to the draft in hand alone", async () => {
    const world = await handOver();
    const { grantId } = await consent(world, freshCompanies(1), []);
    const { draft: other } = await prepareDraft(database, world.owner, await createIntegration(database), {
      offered: freshCompanies(1),
      picked: [],
    });
    const { integrationId } = world.integration;
    const depart = (draftId: string) => database.admin.sql`
      update grants set state = 'consenting', state_hash = ${grantId}, draft_id = ${draftId},
        expires_at = now() + interval '1 hour' where id = ${grantId}`;
    const comeBack = async () => {
      const [row] = await act(world.guest, (tx) =>
        tx.execute<{ id: string | null }>(
          sql`select kytkin.return_with_state(${integrationId}, ${grantId}, 'given', null) as id`,
        ),
      );
      return row?.id ?? null;
    };
    await depart(other.id);
    expect(await comeBack()).toBeNull();
    await depart(world.draftId);
    expect(await comeBack()).toBe(grantId);
  });

  test("consents, picks and submits, and then sees the request and its activations", async () => {
    const world = await handOver();
    const { grantId } = await consent(world, freshCompanies(2), []);
    const rows = await database.admin.orm.select().from(candidates).where(eq(candidates.grantId, grantId));
    const draft = await readDraftRow(world.draftId);
    await act(world.guest, (tx) => selectEnvironments(tx, world.guest, draft, [String(rows[0]?.id)]));
    const requestId = await submitAs(world.guest, world);
    expect(await walk(world.guest)).toMatchObject({
      activation_requests: 1,
      activations: 1,
      terms_acceptances: 1,
    });
    const view = await act(world.guest, (tx) => getRequestView(tx, requestId, "en"));
    expect(view).toMatchObject({ isGuest: true, submittedBy: world.guest.email, retryableCount: 0 });
    const seenByAccount = await asCustomer(database, world.owner, (tx) =>
      getRequestView(tx, requestId, "en"),
    );
    expect(seenByAccount).toMatchObject({ isGuest: false, submittedBy: world.guest.email });
    expect(seenByAccount.activations.map(({ environmentName }) => environmentName)).toEqual(
      view.activations.map(({ environmentName }) => environmentName),
    );
  });

  test("counts against the account's cap what others of it are activating", async () => {
    const { owner, guest, integration } = await handOver();
    const count = (actor: Viewer) =>
      act(actor, (tx) =>
        tx.execute<{ count: number }>(
          sql`select kytkin.count_in_flight(${integration.integrationId}, array['approved']) as count`,
        ),
      );
    expect(await count(guest)).toEqual(await count(owner));
  });

  test("writes nothing for another draft, person or account", async () => {
    const world = await handOver();
    const other = await handOver();
    const { guest } = world;
    const denied = { cause: { code: "42501" } };
    const base = {
      integrationId: world.integration.integrationId,
      connector: "procountor",
      stage: "test",
      vendorRequest: crypto.randomUUID(),
      keysFrom: "decision" as const,
      state: "reading" as const,
      accountId: guest.accountId,
      userId: guest.userId,
      draftId: world.draftId,
    };
    for (const forged of [
      { draftId: other.draftId },
      { draftId: null },
      { userId: world.owner.userId },
      { state: "open" as const },
    ])
      await expect(
        act(guest, (tx) => tx.insert(grants).values({ ...base, ...forged })),
        JSON.stringify(forged),
      ).rejects.toMatchObject(denied);
    const changed = await act(guest, (tx) => tx.update(drafts).set({ updatedAt: new Date() }).returning());
    expect(changed.map(({ id }) => id)).toEqual([world.draftId]);
    await expect(
      act(guest, (tx) => tx.insert(memberships).values({ accountId: guest.accountId, userId: guest.userId })),
    ).rejects.toMatchObject(denied);
  });
});

describe("what a consent covers", () => {
  test("is seen by the guest who gave it and by no member of the account, until it is submitted", async () => {
    const world = await handOver();
    const companies = freshCompanies(3);
    await consent(world, companies, companies.slice(0, 1));
    const names = async (actor: Viewer) =>
      (await act(actor, (tx) => tx.select({ id: candidates.externalId }).from(candidates)))
        .map(({ id }) => id)
        .filter((id) => companies.includes(id));
    expect((await names(world.guest)).toSorted()).toEqual(companies.toSorted());
    for (const member of [world.owner, world.colleague]) expect(await names(member)).toEqual([]);
    const before = await asCustomer(database, world.colleague, (tx) =>
      tx.select({ userId: grants.userId }).from(grants),
    );
    expect(before).toEqual([]);
    const requestId = await submitAs(world.guest, world);
    const view = await asCustomer(database, world.colleague, (tx) => getRequestView(tx, requestId, "en"));
    expect(view.activations).toHaveLength(1);
    expect(await names(world.colleague), "and then what was picked, as activations").toEqual([]);
  });

  test("of a colleague's consent nothing is seen by another member either", async () => {
    const { owner, colleague } = await handOver();
    expect((await walk(owner)).candidates).toBeGreaterThan(0);
    expect((await walk(colleague)).candidates).toBeUndefined();
  });

  test("that was handed over with what was picked is taken as it is", async () => {
    const world = await handOver();
    const companies = freshCompanies(3);
    await database.admin.orm.delete(candidates).where(eq(candidates.accountId, world.owner.accountId));
    await database.admin.orm
      .update(grants)
      .set({ state: "released" })
      .where(eq(grants.draftId, world.draftId));
    const { grantId } = await grantTo(database, world.owner, world.integration, world.draftId, {
      offered: companies,
      picked: companies.slice(0, 2),
    });
    const seen = await act(world.guest, (tx) =>
      tx.select().from(candidates).where(eq(candidates.grantId, grantId)),
    );
    expect(seen.map(({ externalId }) => externalId).toSorted()).toEqual(companies.slice(0, 2).toSorted());
    const draft = await readDraftRow(world.draftId);
    const pick = (ids: string[]) => act(world.guest, (tx) => selectEnvironments(tx, world.guest, draft, ids));
    await expect(pick([String(seen[0]?.id)])).rejects.toMatchObject({ code: "forbidden" });
    await pick(seen.map(({ id }) => id));
    await submitAs(world.guest, world);
  });
});

describe("taking back", () => {
  test("ends the scope at the next statement, also in a transaction that is under way", async () => {
    const world = await handOver();
    const { guest } = world;
    const [before, after] = await act(guest, async (tx) => {
      const first = await tx.select({ id: drafts.id }).from(drafts);
      await takeBack(world);
      return [first, await tx.select({ id: drafts.id }).from(drafts)];
    });
    expect(before).toHaveLength(1);
    expect(after).toEqual([]);
    expect(await walk(guest)).toEqual(OWN);
    await expect(submitAs(guest, world)).rejects.toThrow();
  });

  test("releases the consent that the guest has open, and lets go on what was submitted", async () => {
    const open = await handOver();
    const { grantId } = await consent(open, freshCompanies(1), []);
    await takeBack(open);
    expect(await readEvents(database, grantId)).toContain("grant/release.wanted");
    const done = await handOver();
    const companies = freshCompanies(1);
    const submitted = await consent(done, companies, companies);
    const requestId = await submitAs(done.guest, done);
    await takeBack(done);
    expect(await readEvents(database, submitted.grantId)).not.toContain("grant/release.wanted");
    const view = await asCustomer(database, done.owner, (tx) => getRequestView(tx, requestId, "en"));
    expect(view.submittedBy).toBe(done.guest.email);
    await expect(act(done.guest, (tx) => getRequestView(tx, requestId, "en"))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("is done once, and by members of the account alone", async () => {
    const world = await handOver();
    const row = only(
      await database.admin.orm
        .select()
        .from(requestGuests)
        .where(eq(requestGuests.userId, world.guest.userId)),
    );
    const stranger = await createViewer(database);
    await expect(
      asCustomer(database, stranger, (tx) => takeBackRequest(tx, stranger, row.id)),
    ).rejects.toMatchObject({ code: "conflict" });
    await takeBack(world);
    await expect(takeBack(world)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a colleague", () => {
  test("sees the account, and after being taken out nothing, with whatever session", async () => {
    const { owner, colleague } = await handOver();
    const seen = await walk(colleague);
    expect(seen).toMatchObject({
      accounts: 1,
      memberships: 2,
      drafts: 2,
      activation_requests: 1,
      activations: 1,
    });
    await asCustomer(database, owner, (tx) => removeMember(tx, owner, colleague.userId));
    expect(await walk(colleague)).toEqual(OWN);
  });

  test("a guest who says to be a member enters an empty account", async () => {
    const { guest } = await handOver();
    const { guestOf: _, ...pretender } = guest;
    expect(await walk(pretender)).toEqual(OWN);
    const [row] = await database.admin.orm.select().from(users).where(eq(users.id, guest.userId));
    expect(row?.email).toBe(guest.email);
  });
});

test("how far an activation is, is told to its own account: to others and to guests, that the company is held", async () => {
  const { owner, guest } = await handOver();
  const integration = await createIntegration(database);
  const { requestId } = await createRequest(database, owner, integration);
  const [activation] = await database.admin.orm
    .select()
    .from(activations)
    .where(eq(activations.requestId, requestId));
  if (!activation) throw new Error("no activation");
  const look = async (actor: Viewer) =>
    act(actor, (tx) =>
      tx.execute(sql`select is_own, state from kytkin.held_environments(${integration.integrationId},
        array[${activation.externalId}])`),
    );
  expect([...(await look(owner))]).toEqual([{ is_own: true, state: activation.state }]);
  for (const other of [guest, await createViewer(database)])
    expect([...(await look(other))]).toEqual([{ is_own: false, state: null }]);
});
