import { afterAll, beforeAll, expect, test } from "vitest";
import { isAppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asPartner, createAccount, createViewer } from "@/testing/fixtures/account";
import { countNow, watchCounts } from "@/testing/fixtures/counts";
import { freshCompanies, type PreparedDraft, prepareDraft } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { readRequest, submit } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { decideActivationRequest } from "./decide-activation-request";

const CAP = 5;
const SUBMISSIONS = 100;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  // An account has one open draft of an integration; here a hundred stand ready, so that the cap alone is left to hold.
  await database.admin.sql`drop index drafts_one_open`;
});
afterAll(() => database.close());

type Attempt = { viewer: Viewer; prepared: PreparedDraft };

/** The request's id, or the code of the refusal. Anything else is a fault. */
async function attempt(integration: TestIntegration, { viewer, prepared }: Attempt) {
  try {
    return { requestId: await submit(database, viewer, integration, prepared), code: null };
  } catch (error) {
    if (isAppError(error)) return { requestId: null, code: error.code };
    throw error;
  }
}

/** Makes room again, as a partner that takes nobody. */
async function rejectAll({ caller }: TestIntegration, requestId: string): Promise<void> {
  const { activations } = await readRequest(database, requestId);
  const reject = activations.map(({ environmentId }) => ({ environmentId, reason: "Not today." }));
  const target = { requestId, connector: "procountor" };
  await asPartner(database, caller, (tx) =>
    decideActivationRequest(tx, caller, target, { approve: [], reject }),
  );
}

async function prepareMany(
  viewers: readonly Viewer[],
  integration: TestIntegration,
  companiesOf: (index: number) => string[],
): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (let index = 0; index < SUBMISSIONS; index++) {
    const viewer = viewers[index % viewers.length];
    if (!viewer) throw new Error("somebody has to submit");
    const offered = companiesOf(index);
    attempts.push({ viewer, prepared: await prepareDraft(database, viewer, integration, { offered }) });
  }
  return attempts;
}

const createCapped = () => createIntegration(database, { content: { cap: CAP, partnerSteps: PAGE_STEPS } });

test("a hundred submissions at once by two members of one account end exactly at the cap", async () => {
  const integration = await createCapped();
  const members = await createAccount(database, ["one@example.com", "two@example.com"]);
  const attempts = await prepareMany(members, integration, (index) => freshCompanies(1 + (index % 2)));
  const work = Promise.all(attempts.map((one) => attempt(integration, one)));
  expect(await watchCounts(database, integration, work)).toEqual({ inFlight: CAP, doubled: 0 });
  const refusals = (await work).flatMap(({ code }) => code ?? []);
  expect(new Set(refusals)).toEqual(new Set(["cap_exceeded"]));
  expect(await countNow(database, integration)).toEqual({ inFlight: CAP, doubled: 0 });
});

test("while the partner's rejections make room again and again, the cap holds at every moment", async () => {
  const integration = await createCapped();
  const members = await createAccount(database, ["three@example.com", "four@example.com"]);
  const attempts = await prepareMany(members, integration, (index) => freshCompanies(1 + (index % 3)));
  const accepted: string[] = [];
  const churn = async (one: Attempt): Promise<void> => {
    const { requestId } = await attempt(integration, one);
    if (requestId === null) return;
    accepted.push(requestId);
    await rejectAll(integration, requestId);
  };
  const highest = await watchCounts(database, integration, Promise.all(attempts.map(churn)));
  expect(highest.doubled).toBe(0);
  expect(highest.inFlight).toBeLessThanOrEqual(CAP);
  // Rejections did make room: more was let in than fits at once.
  expect(accepted.length).toBeGreaterThan(CAP);
  expect(await countNow(database, integration)).toEqual({ inFlight: 0, doubled: 0 });
});

test("a hundred submissions of many accounts over the same ten environments: each is live once", async () => {
  const integration = await createCapped();
  const viewers: Viewer[] = [];
  for (let count = 0; count < 20; count++) viewers.push(await createViewer(database));
  const pool = freshCompanies(10);
  const pairOf = (index: number) => [pool[index % 10], pool[(index * 3 + 1) % 10]];
  const attempts = await prepareMany(viewers, integration, (index) => [
    ...new Set(pairOf(index).flatMap((company) => company ?? [])),
  ]);
  const work = Promise.all(attempts.map((one) => attempt(integration, one)));
  const highest = await watchCounts(database, integration, work);
  expect(highest.doubled).toBe(0);
  const results = await work;
  expect(results.some(({ requestId }) => requestId !== null)).toBe(true);
  expect(results.flatMap(({ code }) => code ?? [])).toContain("environment_taken");
});

test("one draft submitted fifty times at once becomes one request", async () => {
  const integration = await createCapped();
  const members = await createAccount(database, ["five@example.com", "six@example.com"]);
  const [first, second] = members;
  if (!first || !second) throw new Error("two members are expected");
  const prepared = await prepareDraft(database, first, integration);
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      attempt(integration, { viewer: index % 2 === 0 ? first : second, prepared }),
    ),
  );
  expect(results.filter(({ requestId }) => requestId !== null)).toHaveLength(1);
  expect(await countNow(database, integration)).toEqual({ inFlight: 1, doubled: 0 });
});
