import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, asPartner, createViewer } from "@/testing/fixtures/account";
import { freshCompanies } from "@/testing/fixtures/draft";
import {
  createIntegration,
  publishSpecification,
  type TestIntegration,
} from "@/testing/fixtures/integration";
import { asOperator, createOperator } from "@/testing/fixtures/operator";
import { createRequest } from "@/testing/fixtures/request";
import { makeSpecificationContent } from "@/testing/fixtures/specification";
import { activations, auditLog, candidates, grants, specifications, termsAcceptances } from "./schema";
import { withScope } from "./scope";

let database: TestDatabase;
let integration: TestIntegration;
beforeAll(async () => {
  database = await createTestDatabase();
  integration = await createIntegration(database);
});
afterAll(() => database.close());

let viewer: Viewer;
let request: Awaited<ReturnType<typeof createRequest>>;
beforeEach(async () => {
  viewer = await createViewer(database);
  request = await createRequest(database, viewer, integration);
});

const denied = { cause: { code: "42501" } };
const asWorker = <T>(work: Parameters<typeof withScope<{ kind: "system"; reason: string }, T>>[2]) =>
  withScope(database.worker, { kind: "system", reason: "test" }, work);

describe("beyond whose a row is", () => {
  test.each(["reading", "awaiting_initiator", "refused"] as const)(
    "the companies of a grant that is %s are hidden from the account that waits for it",
    async (state) => {
      const { grantId } = request;
      const seen = () =>
        asCustomer(database, viewer, (tx) =>
          tx.select().from(candidates).where(eq(candidates.grantId, grantId)),
        );
      expect(await seen()).toHaveLength(1);
      await database.admin.orm.update(grants).set({ state }).where(eq(grants.id, grantId));
      expect(await seen()).toEqual([]);
    },
  );

  test("the initiator's address and the confirmation's hash are not the customer's to read", async () => {
    for (const column of ["initiator_email", "confirm_token_hash"])
      await expect(
        asCustomer(database, viewer, (tx) => tx.execute(sql`select ${sql.identifier(column)} from grants`)),
      ).rejects.toMatchObject(denied);
  });

  test("a version that is not published yet is shown to its partner alone", async () => {
    const { integrationId: id, partner, slug, linkToken } = integration;
    const hidden = await publishSpecification(
      database,
      { id, partnerId: partner.id, slug },
      makeSpecificationContent({ name: "Not yet" }),
    );
    const isHidden = eq(specifications.id, hidden.id);
    await database.admin.orm.update(specifications).set({ state: "approved" }).where(isHidden);
    const read = await asCustomer(
      database,
      viewer,
      (tx) => tx.select().from(specifications).where(isHidden),
      linkToken,
    );
    expect(read).toEqual([]);
    expect(
      await asPartner(database, integration.caller, (tx) => tx.select().from(specifications).where(isHidden)),
    ).toHaveLength(1);
  });

  test("an operator sees that something is activated, not for whom", async () => {
    const select = (person: Viewer, column: string) =>
      asOperator(database, person, (tx) =>
        tx.execute(sql`select ${sql.identifier(column)} from activations`),
      );
    const operator = await createOperator(database);
    expect((await select(operator, "state")).length).toBeGreaterThan(0);
    for (const column of ["environment_name", "business_id", "external_id", "account_id"])
      await expect(select(operator, column)).rejects.toMatchObject(denied);
    // Somebody else who gets into the scope by a mistake of ours finds it empty.
    expect(await select(viewer, "state")).toEqual([]);
  });
});

describe("what nobody may change", () => {
  test("a version's content, acceptances of terms and the audit log, not even the worker", async () => {
    const tries = await Promise.allSettled([
      asWorker((tx) => tx.update(specifications).set({ content: makeSpecificationContent() })),
      asWorker((tx) => tx.update(termsAcceptances).set({ contentHash: "another" })),
      asWorker((tx) => tx.delete(termsAcceptances)),
      asWorker((tx) => tx.update(auditLog).set({ action: "another" })),
      asWorker((tx) => tx.delete(auditLog)),
    ]);
    expect(tries).toMatchObject(tries.map(() => ({ status: "rejected", reason: denied })));
  });
});

test("of an environment that another account holds, nothing is said but that it is held", async () => {
  const [company] = freshCompanies(1);
  const holder = await createViewer(database);
  await createRequest(database, holder, integration, { offered: [String(company)] });
  const held = (by: Viewer) =>
    asCustomer(database, by, (tx) =>
      tx.execute(
        sql`select * from kytkin.held_environments(${integration.integrationId}, array[${company}]::text[])`,
      ),
    );
  expect([...(await held(viewer))]).toEqual([{ external_id: company, is_own: false, state: null }]);
  expect([...(await held(holder))]).toEqual([{ external_id: company, is_own: true, state: "approved" }]);
});

test("rows of one account cannot hang on rows of another, whoever writes them", async () => {
  const stranger = await createViewer(database);
  const [row] = await database.admin.orm
    .select()
    .from(activations)
    .where(eq(activations.requestId, request.requestId));
  const moved = database.admin.orm
    .update(activations)
    .set({ accountId: stranger.accountId })
    .where(eq(activations.id, String(row?.id)));
  await expect(moved).rejects.toMatchObject({ cause: { code: "23503" } });
});
