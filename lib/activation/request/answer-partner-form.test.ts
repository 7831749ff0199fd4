import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { freshCompanies } from "@/testing/fixtures/draft";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { createRequest, passDeadline, readEvents, readRequest } from "@/testing/fixtures/request";
import { FORM_STEPS, PAGE_STEPS } from "@/testing/fixtures/specification";
import { answerPartnerForm } from "./answer-partner-form";
import { cancelActivationRequest } from "./cancel-activation-request";

let database: TestDatabase;
let integration: TestIntegration;
beforeAll(async () => {
  database = await createTestDatabase();
  integration = await createIntegration(database, { content: { partnerSteps: FORM_STEPS } });
});
afterAll(() => database.close());

let viewer: Viewer;
let requestId: string;
beforeEach(async () => {
  viewer = await createViewer(database);
  ({ requestId } = await createRequest(database, viewer, integration, { offered: freshCompanies(2) }));
});

const GOOD = { account: " 4711 ", contact: "", plan: "small" };
const answer = (given: Record<string, string>, by = viewer) =>
  asCustomer(database, by, (tx) => answerPartnerForm(tx, by, requestId, given));

test("valid answers approve all environments and are kept, trimmed and without what was not asked", async () => {
  expect(await answer({ ...GOOD, isAdmin: "yes" })).toEqual({ ok: true });
  expect(await readRequest(database, requestId)).toMatchObject({
    state: "processing",
    decidedBy: "form",
    formAnswers: { account: "4711", contact: "", plan: "small" },
    activations: [{ state: "approved" }, { state: "approved" }],
  });
  expect((await readRequest(database, requestId)).formAnswers).not.toHaveProperty("isAdmin");
  expect(await readEvents(database, requestId)).toEqual([
    "activation/request.submitted",
    "activation/request.decided",
  ]);
});

describe("wrong answers change nothing and say what is wrong", () => {
  test.each([
    ["nothing", {}, { account: "required", plan: "required" }],
    ["spaces", { ...GOOD, account: "  " }, { account: "required" }],
    ["too long", { ...GOOD, account: "x".repeat(11) }, { account: "too_long" }],
    ["no address", { ...GOOD, contact: "not an address" }, { contact: "email_without_at" }],
    ["no choice of ours", { ...GOOD, plan: "huge" }, { plan: "choice" }],
  ])("%s", async (_, given, problems) => {
    expect(await answer(given)).toEqual({ ok: false, problems });
    expect(await readRequest(database, requestId)).toMatchObject({
      state: "awaiting_partner",
      formAnswers: null,
    });
  });
});

test("answers come once", async () => {
  await answer(GOOD);
  await expect(answer({ ...GOOD, plan: "large" })).rejects.toMatchObject({ code: "conflict" });
  expect((await readRequest(database, requestId)).formAnswers).toMatchObject({ plan: "small" });
});

test("past the deadline they are too late", async () => {
  await passDeadline(database, requestId);
  await expect(answer(GOOD)).rejects.toMatchObject({ code: "gone" });
  expect((await readRequest(database, requestId)).state).toBe("awaiting_partner");
});

test("of two people who answer and cancel at once, one is first", async () => {
  const results = await Promise.allSettled([
    answer(GOOD),
    asCustomer(database, viewer, (tx) => cancelActivationRequest(tx, viewer, requestId)),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const { state } = await readRequest(database, requestId);
  expect(state).toBe(results[0]?.status === "fulfilled" ? "processing" : "cancelled");
});

test("a stranger's answers are to a request that does not exist", async () => {
  await expect(answer(GOOD, await createViewer(database))).rejects.toMatchObject({ code: "not_found" });
});

test("a request without a form takes no answers", async () => {
  const other = await createIntegration(database, { content: { partnerSteps: PAGE_STEPS } });
  ({ requestId } = await createRequest(database, viewer, other));
  await expect(answer(GOOD)).rejects.toMatchObject({ code: "conflict" });
});
