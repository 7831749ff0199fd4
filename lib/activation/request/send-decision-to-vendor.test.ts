import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  activations,
  connections,
  grants,
  sealedSecrets,
  vendorApplications,
  vendorCalls,
} from "@/db/schema";
import { ConnectorError } from "@/lib/connectors/errors";
import { procountor } from "@/lib/connectors/procountor";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { journalSending } from "@/lib/connectors/vendor/vendor-call-journal";
import { dropSecret, findSecret, storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem } from "@/lib/platform/worker-context";
import { asCustomer } from "@/testing/fixtures/account";
import { only } from "@/testing/fixtures/only";
import { passDeadline, readRequest, readStates } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import {
  countPuts,
  createVendorWorld,
  decideAsPartner,
  submitToVendor,
  type VendorWorld,
} from "@/testing/fixtures/vendor-world";
import { createSandboxIntegration } from "@/testing/fixtures/worker";
import { PROCOUNTOR_SECRETS } from "@/testing/procountor-sandbox";
import { cancelActivationRequest } from "./cancel-activation-request";
import { failUnreachable } from "./fail-activations";
import { sendDecisionToVendor } from "./send-decision-to-vendor";
import { timeOutActivationRequest } from "./time-out-activation-request";

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld({ partnerSteps: PAGE_STEPS });
});
afterAll(() => world.close());
beforeEach(() => world.sandbox.reset());
// Nobody tells the vendor twice: whatever came before, coming again sends nothing.
afterEach(async () => {
  if (!requestId) return;
  const before = await countPuts(world.sandbox);
  await sendDecisionToVendor(world.context, requestId).catch(expectSilence);
  expect(await countPuts(world.sandbox)).toBe(before);
});

/** The vendor may still be at work: the job is to come again. */
function expectSilence(error: unknown): void {
  expect(error).toMatchObject({ kind: "unavailable", isRetriable: true, unsent: true });
}

let requestId = "";
let nextCompany = 15501;
/** Companies of the stand-in that no test has touched; the special ones are beyond. */
const takeCompanies = (count: number): number[] => {
  const ids: number[] = [];
  while (ids.length < count) {
    const id = nextCompany++;
    if (![15507, 15511, 15512, 15519, 15523].includes(id)) ids.push(id);
  }
  return ids;
};

async function approveOf(companies: number[]): Promise<string> {
  const submitted = await submitToVendor(world, companies);
  requestId = submitted.requestId;
  await decideAsPartner(world, requestId);
  return submitted.vendorRequest;
}
const tell = () => sendDecisionToVendor(world.context, requestId);
/** As if the decision had been sent longer ago than the vendor may take. */
async function passSilence(): Promise<void> {
  const { orm } = world.database.admin;
  const request = await readRequest(world.database, requestId);
  const grant = only(
    await orm
      .select()
      .from(grants)
      .where(eq(grants.id, request.activations[0]?.grantId ?? "")),
  );
  await orm
    .update(vendorCalls)
    .set({ sentAt: new Date(Date.now() - 2 * world.context.vendorAnswerWithinMs) })
    .where(eq(vendorCalls.vendorRequest, grant.vendorRequest));
}
const states = async () => Object.values(await readStates(world.database, requestId));
const reasons = async () =>
  (await readRequest(world.database, requestId)).activations.map((one) => one.failureReason);
const decisionAtVendor = (vendorRequest: string) =>
  world.sandbox.getState().requests.find((one) => String(one.id) === vendorRequest)?.decision;
const liveConnections = () =>
  world.database.admin.orm
    .select({ connection: connections, externalId: activations.externalId })
    .from(connections)
    .innerJoin(activations, eq(activations.id, connections.activationId))
    .where(eq(activations.requestId, requestId))
    .orderBy(activations.externalId);

describe("the vendor is told", () => {
  test("of approvals and rejections in one PUT; each key is sealed beside its connection", async () => {
    const [one, two, three] = takeCompanies(3);
    const submitted = await submitToVendor(
      world,
      [one, two, three].flatMap((id) => id ?? []),
    );
    requestId = submitted.requestId;
    await decideAsPartner(world, requestId, { [String(two)]: "Not our customer – “yet”." });
    await tell();

    expect(await countPuts(world.sandbox)).toBe(1);
    expect(decisionAtVendor(submitted.vendorRequest)).toMatchObject({
      approved: [one, three],
      rejected: [{ companyId: two, reason: "Not our customer – “yet”." }],
    });
    expect(await readStates(world.database, requestId)).toEqual({
      [String(one)]: "activating",
      [String(two)]: "rejected",
      [String(three)]: "activating",
    });
    const users = world.sandbox.getState().technicalUsers;
    const rows = await liveConnections();
    expect(rows.map(({ externalId }) => externalId)).toEqual([String(one), String(three)]);
    for (const { connection, externalId } of rows) {
      expect(connection).toMatchObject({ state: "needs_attention", attention: "verification_pending" });
      const owner = { kind: "connection", id: connection.id } as const;
      const key = await asSystem(world.context, "test", (tx) =>
        findSecret(tx, world.context.keys, owner, "api_key"),
      );
      const user = users.find((candidate) => String(candidate.companyId) === externalId);
      expect(key?.value).toBe(user?.apiKey);
      const sealed = only(
        await world.database.admin.orm
          .select()
          .from(sealedSecrets)
          .where(eq(sealedSecrets.ownerId, owner.id)),
      );
      expect(JSON.stringify(sealed)).not.toContain(user?.apiKey);
    }
  });

  test("of what was offered and not picked, with a standard reason", async () => {
    const [picked, left] = takeCompanies(2);
    const vendorRequest = await approveOf([picked, left].flatMap((id) => id ?? []));
    await world.database.admin.orm.delete(activations).where(eq(activations.externalId, String(left)));
    await tell();
    expect(decisionAtVendor(vendorRequest)).toMatchObject({
      approved: [picked],
      rejected: [{ companyId: left, reason: expect.stringMatching(/^Not selected/) }],
    });
  });

  test.each([
    ["cancelled", /^Cancelled by the customer/],
    ["timed_out", /did not decide in time/],
  ])("that nothing is activated when the request was %s", async (state, reason) => {
    const [company] = takeCompanies(1);
    const { viewer, vendorRequest, ...submitted } = await submitToVendor(world, [Number(company)]);
    requestId = submitted.requestId;
    if (state === "cancelled")
      await asCustomer(world.database, viewer, (tx) => cancelActivationRequest(tx, viewer, requestId));
    else {
      await passDeadline(world.database, requestId);
      await timeOutActivationRequest(world.context, requestId);
    }
    await tell();
    expect(decisionAtVendor(vendorRequest)).toMatchObject({
      approved: [],
      rejected: [{ companyId: company, reason: expect.stringMatching(reason) }],
    });
    expect(await states()).toEqual([state]);
  });
});

describe("the vendor says no", () => {
  test("a key that it did not issue fails that environment alone", async () => {
    const [withKey, without] = takeCompanies(2);
    await world.sandbox.setFaults({ notIssued: [without] });
    await approveOf([withKey, without].flatMap((id) => id ?? []));
    await tell();
    expect(await states()).toEqual(["activating", "failed"]);
    expect(await reasons()).toEqual([null, "not_issued"]);
    expect(await liveConnections()).toHaveLength(1);
  });

  test("a refused decision fails with its own words, and frees the environment", async () => {
    await approveOf(takeCompanies(1));
    const body = { errors: [{ status: 400, message: "The integration is suspended." }] };
    await world.sandbox.setFaults({ failNext: [{ method: "PUT", status: 400, body }] });
    await tell();
    expect((await readRequest(world.database, requestId)).activations).toMatchObject([
      {
        state: "failed",
        failureReason: "vendor_refused",
        isOccupying: false,
        vendorAnswer: { status: 400, messages: ["The integration is suspended."] },
      },
    ]);
  });

  test("a request that has expired there fails as expired, with the vendor's answer", async () => {
    const vendorRequest = await approveOf(takeCompanies(1));
    await world.sandbox.setFaults({ expireRequest: { requestId: Number(vendorRequest) } });
    await tell();
    expect(await reasons()).toEqual(["vendor_expired"]);
    expect((await readRequest(world.database, requestId)).activations[0]?.vendorAnswer?.status).toBe(410);
    expect(await countPuts(world.sandbox)).toBe(0);
  });
});

describe("the answer is lost", () => {
  test("after the effect: the environment needs recovery, its key being nowhere", async () => {
    await approveOf(takeCompanies(2));
    await world.sandbox.setFaults({ loseAnswerNext: true });
    await tell();
    expect(await reasons()).toEqual(["needs_recovery", "needs_recovery"]);
    expect(await countPuts(world.sandbox)).toBe(1);
    expect(await liveConnections()).toEqual([]);
  });

  test("before the effect: nothing is said before the silence is long; then the customer may try again", async () => {
    await approveOf(takeCompanies(1));
    await world.sandbox.setFaults({ failNext: [{ method: "PUT", status: 500 }] });
    await expect(tell()).rejects.toMatchObject({ kind: "unavailable", unsent: true });
    expect((await readRequest(world.database, requestId)).activations).toMatchObject([
      {
        state: "activating",
        isOccupying: true,
        failureReason: null,
        vendorAnswer: { status: 500, mayTakeEffect: true },
      },
    ]);
    await passSilence();
    await tell();
    expect((await readRequest(world.database, requestId)).activations).toMatchObject([
      { failureReason: "vendor_unavailable", isOccupying: false, vendorAnswer: { status: 500 } },
    ]);
    expect(await countPuts(world.sandbox)).toBe(1);
  });

  test("and the vendor does not list its customers either: everything is suspect", async () => {
    await approveOf(takeCompanies(1));
    await world.sandbox.setFaults({
      failNext: [
        { method: "PUT", status: 502 },
        { method: "GET", path: "/integrations/*/customers", status: 503, times: 9 },
      ],
    });
    await expect(tell()).rejects.toMatchObject({ kind: "unavailable" });
    await world.sandbox.setFaults({
      failNext: [{ method: "GET", path: "/integrations/*/customers", status: 503, times: 9 }],
    });
    await passSilence();
    await tell();
    expect(await reasons()).toEqual(["needs_recovery"]);
  });
});

/** What a process leaves that died after journalling the call, longer ago than the vendor may take. */
async function journalAsSent(vendorRequest: string): Promise<void> {
  const call = { connector: "procountor", stage: "test", vendorRequest, verb: "decide" };
  await asSystem(world.context, "test", (tx) => journalSending(tx, call, {}));
  await world.database.admin.orm
    .update(vendorCalls)
    .set({ sentAt: new Date(Date.now() - 2 * world.context.vendorAnswerWithinMs) })
    .where(eq(vendorCalls.vendorRequest, vendorRequest));
  await world.database.admin.orm
    .update(activations)
    .set({ state: "activating" })
    .where(eq(activations.requestId, requestId));
}

describe("a process that died between the journal and the answer", () => {
  test("had not sent yet: nothing is sent now, and the customer may try again", async () => {
    await journalAsSent(await approveOf(takeCompanies(1)));
    await tell();
    expect(await reasons()).toEqual(["vendor_unavailable"]);
    expect(await countPuts(world.sandbox)).toBe(0);
  });

  test("had sent: the environments that the vendor lists need recovery", async () => {
    const companies = takeCompanies(2);
    const vendorRequest = await approveOf(companies);
    await journalAsSent(vendorRequest);
    const { vendor } = await createConnectorContext(world.context, world.integration.vendorApplicationId);
    await procountor.consent.decide(vendor, {
      vendorRequest,
      approve: [String(companies[0])],
      reject: [{ externalId: String(companies[1]), reason: "No." }],
    });
    await tell();
    expect(await reasons()).toEqual(["needs_recovery", "vendor_unavailable"]);
    expect(await countPuts(world.sandbox)).toBe(1);
  });

  test("is not taken for a vendor out of reach: giving up leaves no key without an owner", async () => {
    await journalAsSent(await approveOf(takeCompanies(1)));
    await failUnreachable(world.context, requestId, "test");
    expect(await reasons()).toEqual(["needs_recovery"]);
  });
});

test("a vendor application without its secret sends nothing, and may be told when it has one", async () => {
  const vendorRequest = await approveOf(takeCompanies(1));
  const owner = { kind: "vendor_application", id: world.integration.vendorApplicationId } as const;
  await asSystem(world.context, "test", (tx) => dropSecret(tx, owner, "clientSecret"));
  await asSystem(world.context, "test", (tx) => dropSecret(tx, owner, "access_token"));
  await expect(tell()).rejects.toMatchObject({ code: "misconfigured" });
  const journalled = only(
    await world.database.admin.orm
      .select()
      .from(vendorCalls)
      .where(eq(vendorCalls.vendorRequest, vendorRequest)),
  );
  expect(journalled.state).toBe("unsent");
  const secret = { name: "clientSecret", value: PROCOUNTOR_SECRETS.clientSecret };
  await asSystem(world.context, "test", (tx) => storeSecret(tx, world.context.keys, owner, secret));
  await tell();
  expect(await states()).toEqual(["activating"]);
});

describe("the vendor is out of reach", () => {
  test("a refused connection is told again later, and then once", async () => {
    const nowhere = "http://127.0.0.1:1";
    const other = await createSandboxIntegration(world.database, world.context, nowhere, {
      slug: "esimerkki-receipts",
      content: { partnerSteps: PAGE_STEPS },
    });
    const elsewhere = { ...world, integration: other };
    const submitted = await submitToVendor(elsewhere, takeCompanies(1));
    requestId = submitted.requestId;
    await decideAsPartner(elsewhere, requestId);
    await expect(tell()).rejects.toMatchObject({ kind: "unavailable", unsent: true });
    await expect(tell()).rejects.toBeInstanceOf(ConnectorError);
    const journalled = await world.database.admin.orm
      .select()
      .from(vendorCalls)
      .where(eq(vendorCalls.vendorRequest, submitted.vendorRequest));
    expect(journalled).toMatchObject([{ state: "unsent" }]);

    await world.database.admin.orm
      .update(vendorApplications)
      .set({ settings: { apiBaseUrl: world.sandbox.url, apiVersion: "latest" } })
      .where(eq(vendorApplications.id, other.vendorApplicationId));
    await tell();
    expect(await states()).toEqual(["activating"]);
    expect(await countPuts(world.sandbox)).toBe(1);
  });

  test("for good: the environment fails and is free for another try", async () => {
    await approveOf(takeCompanies(1));
    await failUnreachable(world.context, requestId, "test");
    expect((await readRequest(world.database, requestId)).activations).toMatchObject([
      { state: "failed", failureReason: "vendor_unavailable", isOccupying: false },
    ]);
    requestId = "";
  });
});

test("while an answer may still come, nothing is concluded from its absence", async () => {
  const vendorRequest = await approveOf(takeCompanies(1));
  await journalAsSent(vendorRequest);
  const sentAt = new Date();
  const setSentAt = (at: Date) =>
    world.database.admin.orm
      .update(vendorCalls)
      .set({ sentAt: at })
      .where(eq(vendorCalls.vendorRequest, vendorRequest));
  await setSentAt(sentAt);
  await expect(tell()).rejects.toMatchObject({ kind: "unavailable", isRetriable: true });
  expect(await states()).toEqual(["activating"]);
  await setSentAt(new Date(sentAt.getTime() - world.context.vendorAnswerWithinMs));
});

test("of twenty workers that tell at once one sends, and its keys are kept", async () => {
  await approveOf(takeCompanies(2));
  await world.sandbox.setFaults({ latencyMs: 100 });
  const results = await Promise.allSettled(Array.from({ length: 20 }, tell));
  expect(results.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
  expect(await countPuts(world.sandbox)).toBe(1);
  expect(await states()).toEqual(["activating", "activating"]);
  expect(await liveConnections()).toHaveLength(2);
});
