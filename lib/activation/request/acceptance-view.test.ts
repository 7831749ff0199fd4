import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memberships, specifications } from "@/db/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createAccount, createViewer } from "@/testing/fixtures/account";
import { prepareDraft } from "@/testing/fixtures/draft";
import {
  createIntegration,
  publishSpecification,
  type TestIntegration,
} from "@/testing/fixtures/integration";
import { createRequest, submit } from "@/testing/fixtures/request";
import { makeSpecificationContent } from "@/testing/fixtures/specification";
import { getAcceptanceView } from "./acceptance-view";

let database: TestDatabase;
let integration: TestIntegration;
beforeAll(async () => {
  database = await createTestDatabase();
  integration = await createIntegration(database);
});
afterAll(() => database.close());

const read = (viewer: Viewer, requestId: string) =>
  asCustomer(database, viewer, (tx) => getAcceptanceView(tx, requestId));

test("shows the version that was accepted, also after another was published", async () => {
  const viewer = await createViewer(database);
  const { requestId } = await createRequest(database, viewer, integration);
  const accepted = integration.specification;
  const { integrationId: id, partner, slug } = integration;
  integration.specification = await publishSpecification(
    database,
    { id, partnerId: partner.id, slug },
    makeSpecificationContent({ name: "Another name" }),
  );
  const view = await read(viewer, requestId);
  expect(view).toMatchObject({
    specificationVersion: accepted.version,
    content: { name: accepted.content.name, terms: accepted.content.terms },
    contentHash: accepted.contentHash,
    isIntact: true,
    acceptedBy: viewer.email,
    submittedBy: viewer.email,
  });
  expect(view.environments).toMatchObject([{ name: expect.stringMatching(/^Company \d+$/) }]);
  expect(view.rights).toHaveLength(accepted.content.technicalUser.rights.length);
});

test("repeats the settings as they were chosen for the request", async () => {
  const viewer = await createViewer(database);
  const numbers = {
    name: "numbers",
    type: "number_range",
    label: "Numbers",
    help: null,
    required: false,
  } as const;
  const paid = {
    name: "paid",
    type: "switch",
    label: "Tell what is paid",
    help: null,
    default: false,
  } as const;
  const own = await createIntegration(database, {
    content: { settings: [paid, numbers], requirements: { customerNumbers: { setting: "numbers" } } },
  });
  const prepared = await prepareDraft(database, viewer, own);
  const draft = { ...prepared.draft, settings: { paid: true, numbers: null } };
  const requestId = await submit(database, viewer, own, { draft });
  expect((await read(viewer, requestId)).settings).toEqual([
    { setting: paid, value: true, isNumberedByVendor: false },
    { setting: numbers, value: null, isNumberedByVendor: true },
  ]);
});

test("a text that is not what was accepted is told apart", async () => {
  const viewer = await createViewer(database);
  const { requestId } = await createRequest(database, viewer, integration);
  const { id } = integration.specification;
  const content = makeSpecificationContent();
  const isShown = eq(specifications.id, id);
  const changed = { ...content, summary: { en: "Something else." } };
  await database.admin.orm.update(specifications).set({ content: changed }).where(isShown);
  expect(await read(viewer, requestId)).toMatchObject({ isIntact: false });
  await database.admin.orm.update(specifications).set({ content }).where(isShown);
});

test("colleagues read it, also when who submitted has left; another account does not", async () => {
  const name = crypto.randomUUID();
  const [leaver, stayer] = await createAccount(database, [`${name}@example.com`, `${name}@example.org`]);
  if (!leaver || !stayer) throw new Error("two members");
  const { requestId } = await createRequest(database, leaver, integration);
  await database.admin.orm.delete(memberships).where(eq(memberships.userId, leaver.userId));
  expect(await read(stayer, requestId)).toMatchObject({
    acceptedBy: leaver.email,
    submittedBy: leaver.email,
  });
  const stranger = await createViewer(database);
  await expect(read(stranger, requestId)).rejects.toMatchObject({ code: "not_found" });
});
