import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { activationRequests, activations } from "@/db/schema";
import { isAppError } from "@/lib/core/app-error";
import type { Viewer } from "@/lib/people/account/schema";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, asPartner, createViewer } from "@/testing/fixtures/account";
import { freshCompanies } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { createRequest, passDeadline, readEvents, readRequest } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { cancelActivationRequest } from "./cancel-activation-request";
import { decideActivationRequest } from "./decide-activation-request";
import type { PartnerDecision } from "./schema";
import { timeOutActivationRequest } from "./time-out-activation-request";

let database: TestDatabase;
let context: WorkerContext;
let integration: TestIntegration;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  integration = await createIntegration(database, { content: { partnerSteps: PAGE_STEPS } });
});
afterAll(() => database.close());

const ROUNDS = 25;
/** A request over two environments that waits for the partner; `ids` are their environment ids. */
type Submitted = { requestId: string; viewer: Viewer; ids: string[] };
type Outcome = "won" | "conflict" | "gone";

async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  try {
    await work;
    return "won";
  } catch (error) {
    if (isAppError(error) && (error.code === "conflict" || error.code === "gone")) return error.code;
    throw error;
  }
}

const cancel = ({ requestId, viewer }: Submitted) =>
  outcomeOf(asCustomer(database, viewer, (tx) => cancelActivationRequest(tx, viewer, requestId)));

const decide = ({ requestId }: Submitted, decision: PartnerDecision) =>
  outcomeOf(
    asPartner(database, integration.caller, (tx) =>
      decideActivationRequest(tx, integration.caller, { requestId, connector: "procountor" }, decision),
    ),
  );

async function submitTwo(): Promise<Submitted> {
  const viewer = await createViewer(database);
  const { requestId } = await createRequest(database, viewer, integration, { offered: freshCompanies(2) });
  const request = await readRequest(database, requestId);
  return { requestId, viewer, ids: request.activations.map((one) => one.environmentId) };
}
const approving = (ids: string[]): PartnerDecision => ({ approve: ids, reject: [] });
const rejecting = (ids: string[]): PartnerDecision => ({
  approve: [],
  reject: ids.map((environmentId) => ({ environmentId, reason: "No." })),
});

/** The request's state with the one state that its activations are in. */
async function endOf(requestId: string): Promise<string> {
  const request = await readRequest(database, requestId);
  const states = new Set(request.activations.map((one) => one.state));
  expect(states.size).toBe(1);
  return `${request.state}: ${[...states].join()}`;
}

test("cancel against two different decisions, again and again: one wins, and the rows tell which", async () => {
  const rounds = Array.from({ length: ROUNDS }, async (_, round) => {
    const submitted = await submitTwo();
    const { requestId, ids } = submitted;
    const runners = [
      () => cancel(submitted),
      () => decide(submitted, approving(ids)),
      () => decide(submitted, rejecting(ids)),
    ];
    // Whoever starts first has a small lead: each gets it in turn.
    const order = [0, 1, 2].map((place) => (place + round) % 3);
    const outcomes: Outcome[] = [];
    await Promise.all(
      order.map(async (which) => {
        outcomes[which] = (await runners[which]?.()) ?? "conflict";
      }),
    );
    const ends = ["cancelled: cancelled", "processing: approved", "processing: rejected"];
    expect(outcomes.toSorted()).toEqual(["conflict", "conflict", "won"]);
    expect(await endOf(requestId)).toBe(ends[outcomes.indexOf("won")]);
    expect(await readEvents(database, requestId)).toEqual([
      "activation/request.submitted",
      "activation/request.decided",
    ]);
    return outcomes.indexOf("won");
  });
  expect(new Set(await Promise.all(rounds)).size).toBeGreaterThan(1);
});

test("past the deadline the time-out and a cancellation race; a decision is too late, whoever wins", async () => {
  const rounds = Array.from({ length: ROUNDS }, async (_, round) => {
    const submitted = await submitTwo();
    const { requestId, ids } = submitted;
    await passDeadline(database, requestId);
    const late = decide(submitted, approving(ids));
    const timeOut = () => timeOutActivationRequest(context, requestId);
    const first = round % 2 === 0 ? [timeOut(), cancel(submitted)] : [cancel(submitted), timeOut()];
    const results = await Promise.all(first);
    expect(["gone", "conflict"]).toContain(await late);
    const state = (await readRequest(database, requestId)).state;
    expect(results).toContain(state === "cancelled" ? "won" : "settled");
    expect(results).toContain(state === "cancelled" ? "cancelled" : "conflict");
    expect(await endOf(requestId)).toBe(
      state === "cancelled" ? "cancelled: cancelled" : "settled: timed_out",
    );
  });
  await Promise.all(rounds);
});

test("the same decision from twenty callers at once is recorded once and answered well to all", async () => {
  const submitted = await submitTwo();
  const { requestId, ids } = submitted;
  const callers = Array.from({ length: 20 }, () => decide(submitted, approving(ids)));
  expect(new Set(await Promise.all(callers))).toEqual(new Set(["won"]));
  expect(await readEvents(database, requestId)).toHaveLength(2);
});

test("the time-out leaves a request alone before its deadline and after its end", async () => {
  const submitted = await submitTwo();
  const { requestId, ids } = submitted;
  expect(await timeOutActivationRequest(context, requestId)).toBe("awaiting_partner");
  expect(await endOf(requestId)).toBe("awaiting_partner: awaiting_partner");
  await decide(submitted, approving(ids));
  await passDeadline(database, requestId);
  expect(await timeOutActivationRequest(context, requestId)).toBe("processing");
  expect(await endOf(requestId)).toBe("processing: approved");
});

test("what has ended frees its environment at once", async () => {
  const submitted = await submitTwo();
  const { requestId, ids } = submitted;
  await cancel(submitted);
  const [row] = await database.admin.orm
    .select()
    .from(activationRequests)
    .where(eq(activationRequests.id, requestId));
  expect(row?.settledAt).toBeInstanceOf(Date);
  const rows = await database.admin.orm
    .select()
    .from(activations)
    .where(eq(activations.requestId, requestId));
  expect(rows.map((one) => one.isOccupying)).toEqual(ids.map(() => false));
  const again = await createRequest(database, await createViewer(database), integration, {
    offered: rows.map((one) => one.externalId),
  });
  expect(await endOf(again.requestId)).toBe("awaiting_partner: awaiting_partner");
});
