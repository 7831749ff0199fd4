import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { handoffCodes } from "@/db/schema";
import { cancelActivationRequest } from "@/lib/activation/request/cancel-activation-request";
import { openPartnerPage } from "@/lib/activation/request/open-partner-page";
import { sha256 } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, asPartner, createViewer } from "@/testing/fixtures/account";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { createRequest, passDeadline, readRequest } from "@/testing/fixtures/request";
import { FORM_STEPS, PAGE_STEPS } from "@/testing/fixtures/specification";
import { redeemHandoff } from "./redeem-handoff";

let database: TestDatabase;
let integration: TestIntegration;
beforeAll(async () => {
  database = await createTestDatabase();
  integration = await createIntegration(database, { content: { partnerSteps: PAGE_STEPS } });
});
afterAll(() => database.close());

let viewer: Viewer;
let requestId: string;
beforeEach(async () => {
  viewer = await createViewer(database);
  ({ requestId } = await createRequest(database, viewer, integration));
});

const open = (by = viewer) => asCustomer(database, by, (tx) => openPartnerPage(tx, by, requestId));
const openCode = async () => (await open()).searchParams.get("code") ?? "";
const redeem = (code: string, by = integration) =>
  asPartner(database, by.caller, (tx) => redeemHandoff(tx, by.caller, code));
const refusal = (code: string) => expect.objectContaining({ code });
const storedCode = async (code: string) =>
  only(
    await database.admin.orm
      .select()
      .from(handoffCodes)
      .where(eq(handoffCodes.codeHash, sha256(code))),
  );

describe("opening the partner's page", () => {
  test("adds a code to the partner's own URL and nothing that tells who or what", async () => {
    const url = await open();
    expect(`${url.origin}${url.pathname}`).toBe("https://partner.example/start");
    expect([...url.searchParams.keys()]).toEqual(["campaign", "code"]);
    for (const told of [requestId, viewer.accountId, viewer.userId, viewer.email])
      expect(decodeURIComponent(url.href)).not.toContain(told);
    expect((await readRequest(database, requestId)).partnerPageOpenedAt).toBeInstanceOf(Date);
  });

  test("again gives another code; both work, each once", async () => {
    const codes = [await openCode(), await openCode()];
    expect(new Set(codes).size).toBe(2);
    for (const code of codes) expect((await redeem(code)).id).toBe(requestId);
  });

  test("keeps the time of the first opening", async () => {
    await open();
    const first = (await readRequest(database, requestId)).partnerPageOpenedAt;
    await open();
    expect((await readRequest(database, requestId)).partnerPageOpenedAt).toEqual(first);
  });

  test("is refused once the request no longer waits, and where there is no page", async () => {
    await passDeadline(database, requestId);
    await expect(open()).rejects.toEqual(refusal("conflict"));
    const cancelled = await createRequest(database, await createViewer(database), integration);
    requestId = cancelled.requestId;
    await expect(open()).rejects.toEqual(refusal("not_found"));
    const withForm = await createIntegration(database, { content: { partnerSteps: FORM_STEPS } });
    ({ requestId } = await createRequest(database, viewer, withForm));
    await expect(open()).rejects.toEqual(refusal("conflict"));
    await asCustomer(database, viewer, (tx) => cancelActivationRequest(tx, viewer, requestId));
    await expect(open()).rejects.toEqual(refusal("conflict"));
  });
});

describe("redeeming", () => {
  test("gives the request with its submitted environments", async () => {
    const { activations } = await readRequest(database, requestId);
    expect(await redeem(await openCode())).toMatchObject({
      id: requestId,
      environments: activations.map(({ environmentId }) => ({ environmentId, state: "awaiting_partner" })),
    });
  });

  test("works once, also for twenty at the same moment", async () => {
    const code = await openCode();
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => redeem(code)));
    const refused = tries.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(refused).toHaveLength(19);
    for (const reason of refused) expect(reason).toEqual(refusal("gone"));
  });

  test("ends ten minutes after the opening", async () => {
    const code = await openCode();
    const lifetimeMs = (await storedCode(code)).expiresAt.getTime() - Date.now();
    expect(lifetimeMs).toBeGreaterThan(9 * 60_000);
    expect(lifetimeMs).toBeLessThanOrEqual(10 * 60_000);
    await database.admin.orm
      .update(handoffCodes)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(handoffCodes.codeHash, sha256(code)));
    await expect(redeem(code)).rejects.toEqual(refusal("gone"));
  });

  test("of an unknown code and of another partner's is the same, and leaves the code good", async () => {
    const other = await createIntegration(database, { content: { partnerSteps: PAGE_STEPS } });
    const code = await openCode();
    await expect(redeem("unknown")).rejects.toEqual(refusal("not_found"));
    await expect(redeem(code, other)).rejects.toEqual(refusal("not_found"));
    expect((await redeem(code)).id).toBe(requestId);
  });

  test("with a key of the other stage is refused and leaves the code good", async () => {
    const production = await createIntegration(database, {
      partnerId: integration.partner.id,
      stage: "production",
    });
    const code = await openCode();
    await expect(redeem(code, production)).rejects.toEqual(refusal("not_found"));
    expect((await redeem(code)).id).toBe(requestId);
  });

  test("is stored as a hash alone", async () => {
    const code = await openCode();
    expect(JSON.stringify(await storedCode(code))).not.toContain(code);
  });
});
