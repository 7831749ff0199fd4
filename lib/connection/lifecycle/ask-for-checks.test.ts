import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { activations, auditLog, connections } from "@/db/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { acceptedWith } from "@/testing/fixtures/accepted-with";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { freshCompanies } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { createRequest, readEvents } from "@/testing/fixtures/request";
import { askForChecks } from "./ask-for-checks";

let database: TestDatabase;
let integration: TestIntegration;
beforeAll(async () => {
  database = await createTestDatabase();
  integration = await createIntegration(database);
});
afterAll(() => database.close());

let viewer: Viewer;
let ids: string[];
beforeEach(async () => {
  viewer = await createViewer(database);
  const { requestId } = await createRequest(database, viewer, integration, { offered: freshCompanies(3) });
  const { orm } = database.admin;
  const rows = await orm
    .update(activations)
    .set({ state: "active" })
    .where(eq(activations.requestId, requestId))
    .returning();
  const made = await orm
    .insert(connections)
    .values(
      rows.map(({ id: activationId, partnerId, accountId, integrationId, environmentId }, index) => ({
        activationId,
        partnerId,
        accountId,
        integrationId,
        environmentId,
        specificationId: acceptedWith(activationId),
        state: index === 2 ? ("removed" as const) : ("active" as const),
      })),
    )
    .returning();
  ids = made.map(({ id }) => id);
});

const ask = (list: readonly string[], by = viewer) =>
  asCustomer(database, by, (tx) => askForChecks(tx, by, list));

test("each live one is asked for once, with its event and its audit row", async () => {
  expect(await ask([...ids, ...ids])).toBe(2);
  for (const [index, id] of ids.entries()) {
    const isLive = index < 2;
    expect(await readEvents(database, id)).toEqual(isLive ? ["connection/check.wanted"] : []);
    const audited = await database.admin.orm.select().from(auditLog).where(eq(auditLog.subjectId, id));
    expect(audited.map(({ action }) => action)).toEqual(isLive ? ["connection.check"] : []);
  }
});

test("ended ones alone are a conflict, and another account's are not there", async () => {
  await expect(ask(ids.slice(2))).rejects.toMatchObject({ code: "conflict" });
  await expect(ask(ids, await createViewer(database))).rejects.toMatchObject({ code: "not_found" });
});
