import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { activationLinks, activationRequests, drafts, integrations } from "@/db/schema";
import { withScope } from "@/db/scope";
import { acceptTerms } from "@/lib/activation/draft/accept-terms";
import { preselect } from "@/lib/activation/draft/rules";
import { findUsableLinkToken } from "@/lib/activation/grant/find-usable-link-token";
import { findPublicLinkToken } from "@/lib/catalogue/integration/find-public-link";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { sha256 } from "@/lib/core/hash";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, asPartner, createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { createRequest } from "@/testing/fixtures/request";
import { createLinkSession, createPartnerLink, getLink } from "./manage-links";
import { findCustomerRef, findLinkRoom, listWantedBusinessIds } from "./queries";
import { isAllowedReturn } from "./rules";

let database: TestDatabase;
let integration: TestIntegration;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  integration = await createIntegration(database);
});

const PUBLIC = "https://portal.example";
const orm = () => database.admin.orm;
type Viewer = Awaited<ReturnType<typeof createViewer>>;

async function makeLink(maxUses: number | null) {
  const link = { name: "Campaign", campaign: null, language: null, expiresAt: null, maxUses };
  const id = await asPartner(database, integration.caller, (tx) =>
    createPartnerLink(tx, integration.caller, { integration: integration.slug, ...link }),
  );
  return tokenOf(id);
}
async function tokenOf(id: string) {
  const { token } = only(await orm().select().from(activationLinks).where(eq(activationLinks.id, id)));
  const view: IntegrationView = { ...integration, linkToken: token };
  return { id, token, view };
}
const accept = (viewer: Viewer, { view, token }: Awaited<ReturnType<typeof makeLink>>) =>
  asCustomer(
    database,
    viewer,
    (tx) =>
      acceptTerms(tx, viewer, view, {
        specificationId: view.specification.id,
        contentHash: view.specification.contentHash,
        acceptedAt: new Date(),
      }),
    token,
  );
const roomOf = (token: string) =>
  withScope(database.web, { kind: "public", linkHash: sha256(token) }, findLinkRoom);
const uses = async (id: string) => {
  const { uses: used, reserved } = await asPartner(database, integration.caller, (tx) =>
    getLink(tx, integration.caller, PUBLIC, id),
  );
  return { used, reserved };
};
/** An hour without activity passes for the account's draft. */
const passHour = (viewer: Viewer) =>
  orm()
    .update(drafts)
    .set({ updatedAt: new Date(Date.now() - 61 * 60_000) })
    .where(eq(drafts.accountId, viewer.accountId));
const gone = { code: "gone" };

test("links for one customer or a number of requests are no way for others", async () => {
  await orm()
    .update(integrations)
    .set({ isListed: true })
    .where(eq(integrations.id, integration.integrationId));
  const publicLink = () =>
    withScope(database.web, { kind: "public" }, (tx) => findPublicLinkToken(tx, integration.slug));
  const knownLinks = async () => {
    const rows = await asCustomer(database, await createViewer(database), (tx) =>
      tx.execute<{ link_token: string }>(
        sql`select link_token from kytkin.known_links() where integration_id = ${integration.integrationId}`,
      ),
    );
    return rows.map((row) => row.link_token);
  };
  const usable = () =>
    withScope(database.worker, { kind: "system", reason: "test" }, (tx) =>
      findUsableLinkToken(tx, integration.integrationId),
    );
  await orm().update(activationLinks).set({ withdrawnAt: new Date() });
  await makeLink(5);
  const session = { customerRef: "crm-1", email: "person@example.com", businessIds: [], language: null };
  await asPartner(database, integration.caller, (tx) =>
    createLinkSession(tx, integration.caller, { integration: integration.slug, returnUrl: null, ...session }),
  );
  expect([await publicLink(), await knownLinks(), await usable()]).toEqual([null, [], null]);
  const { token } = await makeLink(null);
  expect([await publicLink(), await knownLinks(), await usable()]).toEqual([token, [token], token]);
});

describe("a link for a number of requests", () => {
  test("reserves a use with the acceptance, for an hour of activity, and opening it uses nothing", async () => {
    const link = await makeLink(1);
    const [first, second] = [await createViewer(database), await createViewer(database)];
    expect(await roomOf(link.token)).toBe("free");
    await accept(first, link);
    expect(await uses(link.id)).toEqual({ used: 0, reserved: 1 });
    expect(await roomOf(link.token)).toBe("reserved");
    await expect(accept(second, link)).rejects.toMatchObject(gone);
    // The one who has it may go on and accept anew.
    await accept(first, link);
    await passHour(first);
    expect(await roomOf(link.token)).toBe("free");
    await accept(second, link);
    await expect(accept(first, link)).rejects.toMatchObject(gone);
  });

  test("gives its last use to one of ten who accept at once", async () => {
    const link = await makeLink(1);
    const viewers = await Promise.all(Array.from({ length: 10 }, () => createViewer(database)));
    const tries = await Promise.allSettled(viewers.map((viewer) => accept(viewer, link)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("is used up by what was submitted, which is never refused for that", async () => {
    const link = await makeLink(1);
    const viewer = await createViewer(database);
    const { requestId } = await createRequest(database, viewer, integration);
    await orm()
      .update(activationRequests)
      .set({ linkToken: link.token })
      .where(eq(activationRequests.id, requestId));
    expect(await uses(link.id)).toEqual({ used: 1, reserved: 0 });
    expect(await roomOf(link.token)).toBe("used_up");
    await expect(accept(await createViewer(database), link)).rejects.toMatchObject(gone);
  });

  test("without a number takes everybody", async () => {
    const link = await makeLink(null);
    for (const viewer of [await createViewer(database), await createViewer(database)])
      await accept(viewer, link);
    expect(await roomOf(link.token)).toBe("free");
    expect(await uses(link.id)).toEqual({ used: 0, reserved: 2 });
  });
});

describe("a link session", () => {
  test("is for one request, tells whose customer it is, and which companies to tick", async () => {
    const id = await asPartner(database, integration.caller, (tx) =>
      createLinkSession(tx, integration.caller, {
        integration: integration.slug,
        customerRef: "crm-17",
        email: "maija@customer.example",
        language: "fi",
        businessIds: ["9000602-6"],
        returnUrl: null,
      }),
    );
    const session = await tokenOf(id);
    const row = only(await orm().select().from(activationLinks).where(eq(activationLinks.id, id)));
    expect(row).toMatchObject({ kind: "session", maxUses: 1, customerRef: "crm-17" });
    expect(row.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 6 * 24 * 3600_000);
    const viewer = await createViewer(database);
    const read = await asCustomer(
      database,
      viewer,
      async (tx) => [await findCustomerRef(tx, session.token), await listWantedBusinessIds(tx)],
      session.token,
    );
    expect(read).toEqual(["crm-17", ["9000602-6"]]);
    await accept(viewer, session);
    await expect(accept(await createViewer(database), session)).rejects.toMatchObject(gone);
  });

  test("of another partner's integration, or the other stage's, is refused", async () => {
    const session = { customerRef: "x", email: null, language: null, businessIds: [], returnUrl: null };
    const others = [
      await createIntegration(database),
      await createIntegration(database, { partnerId: integration.partner.id, stage: "production" }),
    ];
    for (const other of others)
      await expect(
        asPartner(database, integration.caller, (tx) =>
          createLinkSession(tx, integration.caller, { integration: other.slug, ...session }),
        ),
      ).rejects.toMatchObject({ code: "not_found" });
    const made = await orm()
      .select()
      .from(activationLinks)
      .where(and(eq(activationLinks.kind, "session"), eq(activationLinks.label, "x")));
    expect(made).toEqual([]);
  });

  test("ticks nothing that cannot be picked", () => {
    const options = [
      { externalId: "1", canPick: true },
      { externalId: "2", canPick: false },
    ];
    expect(preselect(options, 10, ["1", "2"])).toEqual(["1"]);
  });
});

test.each([
  ["https://shop.example/kytkin", true],
  ["https://shop.example/kytkin/done?id=1#end", true],
  ["https://shop.example/kytkin-other", false],
  ["https://shop.example/kytkin/../admin", false],
  ["https://shop.example.evil/kytkin", false],
  ["https://shop.example@evil.example/kytkin", false],
  ["https://a:b@shop.example/kytkin", false],
  ["http://shop.example/kytkin", false],
  ["https://shop.example:8443/kytkin", false],
  ["javascript:alert(1)", false],
  ["/kytkin", false],
])("a browser may be sent to %s: %s", (url, isAllowed) => {
  expect(isAllowedReturn(url, "https://shop.example/kytkin")).toBe(isAllowed);
});
