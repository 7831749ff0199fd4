import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { candidates } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { goIntegration } from "@/db/seed-content-go";
import { chooseSettings } from "@/lib/activation/draft/choose-settings";
import { type DraftRow, findOpenDraft } from "@/lib/activation/draft/queries";
import { selectEnvironments } from "@/lib/activation/draft/select-environments";
import { findTechnicalUserView } from "@/lib/activation/draft/technical-user-view";
import { submitActivationRequest } from "@/lib/activation/request/submit-activation-request";
import { readMain } from "@/lib/catalogue/integration/read-content";
import type { Viewer } from "@/lib/people/account/schema";
import { asCustomer } from "@/testing/fixtures/account";
import {
  consent,
  createCustomer,
  createGoWorld,
  type GoWorld,
  readOpenDraftId,
} from "@/testing/fixtures/go-world";
import { readRequest } from "@/testing/fixtures/request";
import { askPreflight } from "./ask-preflight";
import { runPreflight } from "./run-preflight";

const { settings, requirements } = readMain(goIntegration.content);
let world: GoWorld;
beforeAll(async () => {
  world = await createGoWorld({ settings, requirements });
});
afterAll(() => world.close());

const CHOSEN = { data_flows: "invoices", product_groups: "manual", delivery: "email" };

async function onDraft<T>(
  viewer: Viewer,
  work: (tx: ScopedTransaction<"customer">, draft: DraftRow) => Promise<T>,
): Promise<T> {
  const { database, integration } = world;
  return asCustomer(
    database,
    viewer,
    async (tx) => {
      const draft = await findOpenDraft(tx, integration.integrationId);
      if (!draft) throw new Error("no draft");
      return work(tx, draft);
    },
    integration.linkToken,
  );
}

/** Consents, picks everything and chooses; the checks are asked for and not run. */
async function prepare(given: Record<string, string> = CHOSEN): Promise<Viewer> {
  const customer = await createCustomer(world, 2);
  const grantId = await consent(world, customer);
  const { viewer } = customer;
  const rows = await world.database.admin.orm
    .select()
    .from(candidates)
    .where(eq(candidates.grantId, grantId));
  await onDraft(viewer, (tx, draft) =>
    selectEnvironments(
      tx,
      viewer,
      draft,
      rows.map(({ id }) => id),
    ),
  );
  const outcome = await onDraft(viewer, (tx, draft) => chooseSettings(tx, viewer, draft, given));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return viewer;
}

const run = async (viewer: Viewer) => runPreflight(world.context, await readOpenDraftId(world, viewer));
const view = (viewer: Viewer) =>
  onDraft(viewer, (tx, draft) => findTechnicalUserView(tx, draft, world.integration));
const submit = (viewer: Viewer) =>
  onDraft(viewer, (tx, draft) => submitActivationRequest(tx, viewer, draft, world.integration));

test("what was chosen is pinned to the request, once the checks found nothing", async () => {
  const viewer = await prepare({
    ...CHOSEN,
    "customer_numbers.from": "10000",
    "customer_numbers.to": "10999",
  });
  expect((await view(viewer))?.preflight).toMatchObject({ isRunning: true, isBlocked: false });
  await run(viewer);
  const ready = await view(viewer);
  expect(ready?.preflight).toMatchObject({ isRunning: false, isBlocked: false });
  expect(ready?.preflight?.environments.map(({ state }) => state)).toEqual(["fine", "fine"]);
  const request = await readRequest(world.database, await submit(viewer));
  expect(request.settings).toEqual({ ...CHOSEN, customer_numbers: { from: 10_000, to: 10_999 } });
});

test("what blocks is refused at the submission, until it is put right and checked again", async () => {
  const viewer = await prepare({
    ...CHOSEN,
    "customer_numbers.from": "50000",
    "customer_numbers.to": "50999",
  });
  await run(viewer);
  const blocked = (await view(viewer))?.preflight;
  expect(blocked?.isBlocked).toBe(true);
  expect(blocked?.environments[0]?.findings).toMatchObject([
    { code: "numbers_outside_series", subjects: ["50000–50999"], found: ["10000–19999"] },
  ]);
  await expect(submit(viewer)).rejects.toMatchObject({ code: "checks_failed" });
  await onDraft(viewer, (tx, draft) => chooseSettings(tx, viewer, draft, CHOSEN));
  await run(viewer);
  await expect(submit(viewer)).resolves.toBeTypeOf("string");
});

test("nothing is submitted before the settings are chosen", async () => {
  const customer = await createCustomer(world, 1);
  const grantId = await consent(world, customer);
  const { viewer } = customer;
  const rows = await world.database.admin.orm
    .select()
    .from(candidates)
    .where(eq(candidates.grantId, grantId));
  await onDraft(viewer, (tx, draft) =>
    selectEnvironments(
      tx,
      viewer,
      draft,
      rows.map(({ id }) => id),
    ),
  );
  expect(await view(viewer)).toBeNull();
  await expect(submit(viewer)).rejects.toMatchObject({ code: "invalid_input" });
});

test("a vendor that does not answer leaves it unchecked, and a removed client is told of", async () => {
  const viewer = await prepare();
  await world.sandbox.setFaults({ failNext: { path: "/Products", status: 503, times: 2 } });
  await run(viewer);
  const away = (await view(viewer))?.preflight;
  expect(away?.environments.map(({ state }) => state)).toEqual(["unchecked", "unchecked"]);
  expect(away?.isBlocked).toBe(false);

  const [first] = away?.environments ?? [];
  const rows = await world.database.admin.orm.select().from(candidates);
  const clientId = rows.find(({ id }) => id === first?.candidateId)?.externalId;
  await world.sandbox.setFaults({ removeInGo: clientId });
  await onDraft(viewer, (tx, draft) => askPreflight(tx, draft));
  await run(viewer);
  const states = (await view(viewer))?.preflight?.environments;
  expect(states?.find(({ candidateId }) => candidateId === first?.candidateId)).toMatchObject({
    state: "blocked",
    findings: [{ code: "disconnected" }],
  });
});

test("an answer to an older asking is not kept", async () => {
  const viewer = await prepare({
    ...CHOSEN,
    "customer_numbers.from": "50000",
    "customer_numbers.to": "50999",
  });
  // The stand-in counts for the whole file.
  const countReads = async () =>
    (await world.sandbox.readStats()).calls.filter(({ path }) => path === "/SubLedgerNumberSeries").length;
  const before = await countReads();
  await world.sandbox.setFaults({ hold: { path: "/Products" } });
  const slow = run(viewer);
  await expect.poll(countReads).toBeGreaterThan(before);
  await onDraft(viewer, (tx, draft) => chooseSettings(tx, viewer, draft, CHOSEN));
  await world.sandbox.setFaults({ release: { path: "/Products" } });
  await slow;
  expect((await view(viewer))?.preflight?.isRunning).toBe(true);
  await run(viewer);
  expect((await view(viewer))?.preflight?.environments.map(({ state }) => state)).toEqual(["fine", "fine"]);
});
