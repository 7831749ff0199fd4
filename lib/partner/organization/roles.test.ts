import { readFileSync } from "node:fs";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  activationLinks,
  activationRequests,
  activations,
  apiKeys,
  applicationTrials,
  connections,
  holds,
  integrations,
  outboxMails,
  partnerInvitations,
  partnerMembers,
  partners,
  requestNotes,
  returnAddresses,
  specificationDrafts,
  specifications,
  vendorApplications,
  webhookEndpoints,
} from "@/db/schema";
import { type ScopedTransaction, withScope } from "@/db/scope";
import { makeEmptyDraft } from "@/lib/catalogue/draft/empty";
import { randomToken } from "@/lib/core/hash";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { acceptedWith } from "@/testing/fixtures/accepted-with";
import { asPartner, createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { createRequest } from "@/testing/fixtures/request";
import { makeSpecificationContent } from "@/testing/fixtures/specification";
import {
  API_KEY_SCOPES,
  type ApiKeyScope,
  FORMER_SCOPES,
  mayAsRole,
  PARTNER_ABILITIES,
  PARTNER_ROLES,
  type PartnerAbility,
} from "./roles";
import type { PartnerMember } from "./schema";

let database: TestDatabase;
let integration: TestIntegration;
let requestId: string;
const members = new Map<string, PartnerMember>();
beforeAll(async () => {
  database = await createTestDatabase();
  integration = await createIntegration(database);
  requestId = (await createRequest(database, await createViewer(database), integration)).requestId;
  const [activation] = await database.admin.orm
    .update(activations)
    .set({ state: "active" })
    .where(eq(activations.requestId, requestId))
    .returning();
  if (!activation) throw new Error("no activation");
  const { id: activationId, partnerId, accountId, integrationId, environmentId } = activation;
  await database.admin.orm.insert(connections).values({
    activationId,
    partnerId,
    accountId,
    integrationId,
    environmentId,
    specificationId: acceptedWith(activationId),
    state: "active",
  });
  await database.admin.orm
    .insert(webhookEndpoints)
    .values({ partnerId, stage: "test", url: "https://partner.example/events" });
  await database.admin.orm.insert(vendorApplications).values(ownApplication(partnerId, "unused"));
  const asker = await createMember(database, partnerId, "owner");
  await database.admin.orm.insert(applicationTrials).values({
    vendorApplicationId: integration.vendorApplicationId,
    partnerId,
    requestedBy: asker.userId,
    kind: "live",
    state: "refused",
    failure: "unreachable",
  });
  for (const role of PARTNER_ROLES)
    members.set(role, await createMember(database, integration.partner.id, role));
});
afterAll(() => database.close());

type Partner = ScopedTransaction<"partner">;
type Write = (tx: Partner, member: PartnerMember) => PromiseLike<unknown[]>;
const fresh = () => randomToken(16);

const onlyId = { id: vendorApplications.id };
const ownApplication = (partnerId: string, clientId = fresh()) => ({
  partnerId,
  connector: "procountor",
  stage: "test",
  clientId,
  limiterKey: `procountor:test:${clientId}`,
});

/** Every member reads everything of the partner. */
type Reading = Extract<PartnerAbility, `${string}.read`>;

/** What goes through the gateway is read and written by its own login. */
/** The writes of each ability as bare statements, without the verbs and their guards: the database alone decides. */
const WRITES: Record<
  Exclude<PartnerAbility, Reading | "customers.contact" | "gateway" | "records">,
  Write[]
> = {
  "members.manage": [
    (tx, { partnerId, userId }) =>
      tx
        .insert(partnerInvitations)
        .values({
          partnerId,
          email: `${fresh().toLowerCase()}@example.com`,
          role: "owner",
          invitedBy: userId,
          expiresAt: new Date(),
        })
        .returning({ id: partnerInvitations.id }),
    (tx) => tx.update(partnerMembers).set({ role: "owner" }).returning({ userId: partnerMembers.userId }),
    (tx, { userId }) =>
      tx
        .delete(partnerMembers)
        .where(sql`${partnerMembers.userId} <> ${userId}`)
        .returning({ userId: partnerMembers.userId }),
  ],
  "profile.edit": [(tx) => tx.update(partners).set({ name: "Other" }).returning({ id: partners.id })],
  "specifications.edit": [
    (tx, { partnerId }) =>
      tx
        .insert(integrations)
        .values({
          partnerId,
          slug: `own-${fresh().toLowerCase()}`,
          connector: integration.connector.id,
          stage: "test",
          vendorApplicationId: integration.vendorApplicationId,
        })
        .returning({ id: integrations.id }),
    (tx, { partnerId, userId }) =>
      tx
        .insert(specificationDrafts)
        .values({
          integrationId: integration.integrationId,
          partnerId,
          content: makeEmptyDraft("Own", "en"),
          savedBy: userId,
        })
        .returning({ id: specificationDrafts.integrationId }),
    (tx, { partnerId }) =>
      tx
        .insert(specifications)
        .values({
          integrationId: integration.integrationId,
          partnerId,
          version: 2,
          state: "in_review",
          content: makeSpecificationContent(),
          contentHash: fresh(),
        })
        .returning({ id: specifications.id }),
  ],
  "links.manage": [
    (tx, { partnerId }) =>
      tx
        .insert(activationLinks)
        .values({
          integrationId: integration.integrationId,
          partnerId,
          label: "x",
          token: fresh(),
          tokenHash: fresh(),
        })
        .returning({ id: activationLinks.id }),
    (tx) => tx.update(activationLinks).set({ withdrawnAt: new Date() }).returning({ id: activationLinks.id }),
    (tx, { partnerId }) =>
      tx
        .insert(returnAddresses)
        .values({ partnerId, address: "https://partner.example/back" })
        .returning({ id: returnAddresses.id }),
  ],
  "applications.manage": [
    (tx, { partnerId }) => tx.insert(vendorApplications).values(ownApplication(partnerId)).returning(onlyId),
    (tx, { partnerId, userId }) =>
      tx
        .insert(applicationTrials)
        .values({
          vendorApplicationId: integration.vendorApplicationId,
          partnerId,
          requestedBy: userId,
          kind: "live",
        })
        .returning({ id: applicationTrials.id }),
    (tx) =>
      tx
        .update(applicationTrials)
        .set({ state: "discarded" })
        .where(eq(applicationTrials.state, "refused"))
        .returning({ id: applicationTrials.id }),
    (tx, { partnerId }) =>
      tx
        .delete(vendorApplications)
        .where(and(eq(vendorApplications.partnerId, partnerId), eq(vendorApplications.clientId, "unused")))
        .returning(onlyId),
  ],
  "webhooks.manage": [
    (tx, { partnerId }) =>
      tx
        .insert(webhookEndpoints)
        .values({ partnerId, stage: "test", url: "https://partner.example/hooks" })
        .returning({ id: webhookEndpoints.id }),
    (tx) => tx.update(webhookEndpoints).set({ description: "x" }).returning({ id: webhookEndpoints.id }),
    (tx) => tx.delete(webhookEndpoints).returning({ id: webhookEndpoints.id }),
  ],
  "api_keys.manage": [
    (tx, { partnerId }) =>
      tx
        .insert(apiKeys)
        .values({ partnerId, stage: "test", name: "x", prefix: "x", keyHash: fresh() })
        .returning({ id: apiKeys.id }),
    (tx) => tx.update(apiKeys).set({ revokedAt: new Date() }).returning({ id: apiKeys.id }),
  ],
  "requests.decide": [
    (tx) =>
      tx
        .update(activationRequests)
        .set({ decidedBy: "x" })
        .where(eq(activationRequests.id, requestId))
        .returning({ id: activationRequests.id }),
  ],
  "requests.note": [
    (tx, { partnerId, userId }) =>
      tx
        .insert(requestNotes)
        .select(
          sql`select gen_random_uuid(), id, ${partnerId}::uuid, account_id, ${userId}::uuid, 'x', now()
            from activation_requests where id = ${requestId}`,
        )
        .returning({ id: requestNotes.id }),
  ],
  "mails.resend": [(tx) => tx.update(outboxMails).set({ state: "queued" }).returning({ id: outboxMails.id })],
  "connections.end": [
    (tx) => tx.update(connections).set({ state: "offboarding" }).returning({ id: connections.id }),
  ],
  "connections.pause": [
    async (tx, { userId }) => {
      const [connection] = await tx
        .select({
          connectionId: connections.id,
          partnerId: connections.partnerId,
          accountId: connections.accountId,
        })
        .from(connections);
      if (!connection) return [];
      const pause = { kind: "pause", setBy: "partner", setByUser: userId, since: new Date() } as const;
      return tx
        .insert(holds)
        .values({ ...connection, ...pause })
        .returning({ id: holds.id });
    },
  ],
};

class RollBack extends Error {}

/** How many rows a bare statement reached; a refusal is none. What it did is undone. */
async function countReached(member: PartnerMember, write: Write): Promise<number> {
  let reached = 0;
  try {
    await asMember(database, member, async (tx) => {
      reached = (await write(tx, member)).length;
      throw new RollBack();
    });
  } catch (error) {
    if (error instanceof RollBack) return reached;
    const cause = error instanceof Error ? error.cause : null;
    if (typeof cause === "object" && cause !== null && "code" in cause && cause.code === "42501") return 0;
    throw error;
  }
  return reached;
}

describe.each(PARTNER_ROLES)("the database lets an %s write", (role) => {
  test.each(Object.entries(WRITES))(
    "what the table says of %s, and no guard is asked",
    async (ability, writes) => {
      await database.admin.orm
        .insert(outboxMails)
        .values({
          kind: "request_settled",
          subjectId: requestId,
          partnerId: integration.partner.id,
          recipient: "a@example.com",
          locale: "en",
          messageId: fresh(),
          state: "failed",
        })
        .onConflictDoNothing();
      const member = members.get(role);
      if (!member) throw new Error(role);
      for (const write of writes) {
        const reached = await countReached(member, write);
        expect(reached > 0).toBe(mayAsRole(role, ability as PartnerAbility));
      }
    },
  );

  test("no specification or membership of its own making, and of a vendor application only a proposal", async () => {
    const member = members.get(role);
    if (!member) throw new Error(role);
    const tries: Write[] = [
      (tx) => tx.update(specifications).set({ state: "draft" }).returning({ id: specifications.id }),
      (tx) => tx.update(vendorApplications).set({ clientId: "x" }).returning({ id: vendorApplications.id }),
      (tx, { partnerId }) =>
        tx
          .insert(vendorApplications)
          .values({ ...ownApplication(partnerId), settings: { apiBaseUrl: "http://10.0.0.1" } })
          .returning(onlyId),
      (tx, { partnerId }) =>
        tx
          .insert(vendorApplications)
          .values({ ...ownApplication(partnerId), limiterKey: "somebody-elses" })
          .returning(onlyId),
      (tx, { partnerId }) =>
        tx
          .insert(vendorApplications)
          .values({ ...ownApplication(partnerId), provenAt: new Date() })
          .returning(onlyId),
      (tx) =>
        tx
          .update(applicationTrials)
          .set({ state: "passed", failure: null })
          .returning({ id: applicationTrials.id }),
      (tx) => tx.select({ sealed: applicationTrials.sealed }).from(applicationTrials),
      (tx, { partnerId, userId }) =>
        tx
          .insert(partnerMembers)
          .values({ partnerId, userId, role: "owner" })
          .returning({ userId: partnerMembers.userId }),
    ];
    for (const write of tries) expect(await countReached(member, write)).toBe(0);
  });

  test("may leave, whatever the role", async () => {
    const member = members.get(role);
    if (!member) throw new Error(role);
    const leave: Write = (tx, { userId }) =>
      tx
        .delete(partnerMembers)
        .where(eq(partnerMembers.userId, userId))
        .returning({ userId: partnerMembers.userId });
    expect(await countReached(member, leave)).toBe(1);
  });
});

describe("who acts", () => {
  test("a role that the application claims is not believed", async () => {
    const auditor = members.get("auditor");
    if (!auditor) throw new Error("auditor");
    const forged: Write = async (tx) => {
      await tx.execute(
        sql`select set_config('kytkin.partner_role', 'owner', true), set_config('kytkin.role', 'owner', true)`,
      );
      return tx.update(partners).set({ name: "Other" }).returning({ id: partners.id });
    };
    expect(await countReached(auditor, forged)).toBe(0);
  });

  test("another partner's id finds nothing, at the door and behind it", async () => {
    const owner = members.get("owner");
    if (!owner) throw new Error("owner");
    const foreign = await createIntegration(database);
    const partnerId = foreign.partner.id;
    await expect(asMember(database, { ...owner, partnerId }, async () => 1)).rejects.toMatchObject({
      code: "not_found",
    });
    const seen = await asMember(database, owner, async (tx) => {
      await tx.execute(sql`select set_config('kytkin.partner_id', ${partnerId}, true)`);
      return tx.select({ id: partners.id }).from(partners);
    });
    expect(seen).toEqual([]);
  });

  test("a removed member finds nothing in a transaction that was open", async () => {
    const member = await createMember(database, integration.partner.id, "owner");
    const seen = await asMember(database, member, async (tx) => {
      await database.admin.orm.delete(partnerMembers).where(eq(partnerMembers.userId, member.userId));
      return tx.select({ id: partners.id }).from(partners);
    });
    expect(seen).toEqual([]);
  });

  test("an API key has its own scopes, those of before when none were given, and no member's rights", async () => {
    const { partnerId, stage, keyId } = integration.caller;
    const given = { partnerId, stage, name: "x", prefix: "x", keyHash: fresh() };
    const [key] = await database.admin.orm.insert(apiKeys).values(given).returning();
    expect(key?.scopes).toEqual([...FORMER_SCOPES]);
    const setScopes = (scopes: ApiKeyScope[]) =>
      database.admin.orm.update(apiKeys).set({ scopes }).where(eq(apiKeys.id, keyId));
    await setScopes([...FORMER_SCOPES]);
    const decide = (tx: Partner) =>
      tx
        .update(activationRequests)
        .set({ updatedAt: new Date() })
        .where(eq(activationRequests.id, requestId))
        .returning({ id: activationRequests.id });
    expect(await asPartner(database, integration.caller, decide)).toHaveLength(1);
    expect(
      await asPartner(database, integration.caller, (tx) =>
        tx.update(apiKeys).set({ revokedAt: new Date() }).returning({ id: apiKeys.id }),
      ),
    ).toEqual([]);
    await setScopes([]);
    expect(await asPartner(database, integration.caller, decide)).toEqual([]);
  });

  test("an API key makes none that may do more than itself, and sees of webhooks what its scopes say", async () => {
    const other = await createIntegration(database);
    const { partnerId, stage, keyId } = other.caller;
    const setScopes = (scopes: ApiKeyScope[]) =>
      database.admin.orm.update(apiKeys).set({ scopes }).where(eq(apiKeys.id, keyId));
    const make = (scopes: ApiKeyScope[]) =>
      asPartner(database, other.caller, (tx) =>
        tx
          .insert(apiKeys)
          .values({ partnerId, stage, name: "x", prefix: "x", keyHash: fresh(), scopes })
          .returning({ id: apiKeys.id }),
      );
    await setScopes(["api_keys.manage", "links.read"]);
    expect(await make(["links.read"])).toHaveLength(1);
    await expect(make(["links.read", "links.manage"])).rejects.toThrow();
    await setScopes(["links.read"]);
    await expect(make(["links.read"])).rejects.toThrow();

    await database.admin.orm
      .insert(webhookEndpoints)
      .values({ partnerId, stage, url: "https://partner.example/hooks" });
    const read = () =>
      asPartner(database, other.caller, (tx) =>
        tx.select({ id: webhookEndpoints.id }).from(webhookEndpoints),
      );
    expect(await read()).toEqual([]);
    await setScopes(["webhooks.read"]);
    expect(await read()).toHaveLength(1);
  });

  test.each([
    ["revoked", { revokedAt: new Date() }],
    ["expired", { expiresAt: new Date(0) }],
  ])("a key that is %s enters nothing", async (_, change) => {
    const other = await createIntegration(database);
    await database.admin.orm.update(apiKeys).set(change).where(eq(apiKeys.id, other.caller.keyId));
    await expect(asPartner(database, other.caller, async () => 1)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("the web cannot enter the scope's rows without the door", async () => {
    const seen = await withScope(database.web, { kind: "auth" }, async (tx) => {
      await tx.execute(sql`select set_config('role', 'kytkin_scope_partner', true)`);
      return tx.select({ id: partners.id }).from(partners);
    });
    expect(seen).toEqual([]);
  });
});

test("the guide's table is the one of the code", () => {
  const text = readFileSync(new URL("../../../docs/guides/partner-roles.md", import.meta.url), "utf8");
  const documented = text
    .split("\n")
    .flatMap((line) => {
      const [, ability, ...marks] =
        /^\| `([a-z_.]+)` \|.*?\| (yes|–) \| (yes|–) \| (yes|–) \| (yes|–) \| (yes|–) \|$/.exec(line) ?? [];
      return ability ? [[ability, ...marks].join(" ")] : [];
    })
    .sort();
  const coded = Object.entries(PARTNER_ABILITIES).map(([ability, roles]) =>
    [
      ability,
      ...PARTNER_ROLES.map((role) => (roles.some((one) => one === role) ? "yes" : "–")),
      API_KEY_SCOPES.some((scope) => scope === ability) ? "yes" : "–",
    ].join(" "),
  );
  expect(documented).toEqual(coded.sort());
});
