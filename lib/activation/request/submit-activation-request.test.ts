import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog, candidates, drafts, grants, termsAcceptances } from "@/db/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createAccount, createViewer } from "@/testing/fixtures/account";
import { freshCompanies, handToMember, prepareDraft } from "@/testing/fixtures/draft";
import {
  createIntegration,
  publishSpecification,
  type TestIntegration,
} from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { createRequest, readEvents, readRequest, submit } from "@/testing/fixtures/request";
import { makeSpecificationContent, PAGE_STEPS } from "@/testing/fixtures/specification";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

let integration: TestIntegration;
let viewer: Viewer;
beforeEach(async () => {
  integration = await createIntegration(database, { content: { cap: 3 } });
  viewer = await createViewer(database);
});

const refusal = (code: string) => expect.objectContaining({ code });
const inMs = (ms: number) => new Date(Date.now() + ms);
const MINUTE_MS = 60_000;

async function expectNothingSubmitted(draftId: string) {
  const draft = only(await database.admin.orm.select().from(drafts).where(eq(drafts.id, draftId)));
  expect(draft.state).toBe("open");
  const trail = await database.admin.orm
    .select()
    .from(auditLog)
    .where(eq(auditLog.accountId, viewer.accountId));
  expect(trail).toEqual([]);
}

describe("what a submission leaves", () => {
  test("one request with the picked environments, the event, the audit row and used up draft and grant", async () => {
    const [one, two, declined] = freshCompanies(3);
    const { requestId, draft, grantId } = await createRequest(database, viewer, integration, {
      offered: [`${one}`, `${two}`, `${declined}`],
      picked: [`${one}`, `${two}`],
    });
    const request = await readRequest(database, requestId);
    expect(request).toMatchObject({
      state: "processing",
      accountId: viewer.accountId,
      partnerId: integration.partner.id,
      specificationId: integration.specification.id,
      submittedBy: viewer.userId,
      notifiedEmail: viewer.email,
    });
    expect(request.activations).toMatchObject([
      { externalId: one, state: "approved", isOccupying: true, environmentName: `Company ${one}` },
      { externalId: two, state: "approved", isOccupying: true },
    ]);
    expect(await readEvents(database, requestId)).toEqual(["activation/request.submitted"]);
    const trail = await database.admin.orm.select().from(auditLog).where(eq(auditLog.subjectId, requestId));
    expect(trail).toMatchObject([
      { action: "request.submit", actorId: viewer.userId, outcome: "done", detail: { environments: 2 } },
    ]);
    const [draftRow] = await database.admin.orm.select().from(drafts).where(eq(drafts.id, draft.id));
    const [grantRow] = await database.admin.orm.select().from(grants).where(eq(grants.id, grantId));
    expect([draftRow?.state, grantRow?.state]).toEqual(["submitted", "used"]);
  });

  test("the consent names who accepted, not who pressed the button", async () => {
    const [accepter, submitter] = await createAccount(database, [
      "accepts@example.com",
      "submits@example.com",
    ]);
    if (!accepter || !submitter) throw new Error("two members are expected");
    const [company] = freshCompanies(1);
    const prepared = await prepareDraft(database, accepter, integration, { offered: [`${company}`] });
    const attempt = submit(database, submitter, integration, prepared);
    await expect(attempt, "the consent is not the colleague's").rejects.toMatchObject({ code: "gone" });
    await handToMember(database, accepter, submitter, prepared.draft.id);
    const requestId = await submit(database, submitter, integration, prepared);
    const consent = only(
      await database.admin.orm
        .select()
        .from(termsAcceptances)
        .where(eq(termsAcceptances.requestId, requestId)),
    );
    expect(consent).toMatchObject({
      acceptedBy: accepter.userId,
      acceptedEmail: "accepts@example.com",
      contentHash: integration.specification.contentHash,
      environments: [{ externalId: company, name: `Company ${company}` }],
    });
    expect((await readRequest(database, requestId)).submittedBy).toBe(submitter.userId);
  });

  test("with partner steps it waits, until the earlier of the time-out and ten minutes before the grant's end", async () => {
    const patient = await createIntegration(database, {
      content: { partnerSteps: PAGE_STEPS, decisionTimeoutSeconds: 3600 },
    });
    const byGrant = await createRequest(database, viewer, patient, { grantExpiresAt: inMs(30 * MINUTE_MS) });
    const request = await readRequest(database, byGrant.requestId);
    expect(request.state).toBe("awaiting_partner");
    expect(request.activations).toMatchObject([{ state: "awaiting_partner", isOccupying: true }]);
    expect(request.deadlineAt.getTime() - Date.now()).toBeGreaterThan(19 * MINUTE_MS);
    expect(request.deadlineAt.getTime() - Date.now()).toBeLessThanOrEqual(20 * MINUTE_MS);
    const bySpecification = await createRequest(database, viewer, patient, {
      grantExpiresAt: inMs(300 * MINUTE_MS),
    });
    const other = await readRequest(database, bySpecification.requestId);
    expect(other.deadlineAt.getTime() - other.submittedAt.getTime()).toBe(60 * MINUTE_MS);
  });
});

describe("refused", () => {
  test("when another version has been published since", async () => {
    const prepared = await prepareDraft(database, viewer, integration);
    const { integrationId: id, slug, partner } = integration;
    const content = makeSpecificationContent({ cap: 4 });
    const specification = await publishSpecification(database, { id, slug, partnerId: partner.id }, content);
    await expect(submit(database, viewer, { ...integration, specification }, prepared)).rejects.toEqual(
      refusal("changed_since_started"),
    );
    await expectNothingSubmitted(prepared.draft.id);
  });

  test("when the consent has expired, or was used up", async () => {
    const expired = await prepareDraft(database, viewer, integration, { grantExpiresAt: inMs(-1000) });
    await expect(submit(database, viewer, integration, expired)).rejects.toEqual(refusal("gone"));
    await expectNothingSubmitted(expired.draft.id);
  });

  test("when nothing is picked", async () => {
    const prepared = await prepareDraft(database, viewer, integration, { picked: [] });
    await expect(submit(database, viewer, integration, prepared)).rejects.toEqual(refusal("invalid_input"));
    await expectNothingSubmitted(prepared.draft.id);
  });

  test("one more than the cap; exactly the cap is fine", async () => {
    const tooMany = await prepareDraft(database, viewer, integration, { offered: freshCompanies(4) });
    await expect(submit(database, viewer, integration, tooMany)).rejects.toEqual(refusal("cap_exceeded"));
    await expectNothingSubmitted(tooMany.draft.id);
    const another = await createViewer(database);
    const full = await createRequest(database, another, integration, { offered: freshCompanies(3) });
    expect((await readRequest(database, full.requestId)).activations).toHaveLength(3);
  });

  test("when what is in flight leaves too little room", async () => {
    await createRequest(database, viewer, integration, { offered: freshCompanies(2) });
    const second = await prepareDraft(database, viewer, integration, { offered: freshCompanies(2) });
    await expect(submit(database, viewer, integration, second)).rejects.toEqual(refusal("cap_exceeded"));
    const { draft } = second;
    expect(only(await database.admin.orm.select().from(drafts).where(eq(drafts.id, draft.id))).state).toBe(
      "open",
    );
  });

  test("when the draft was submitted already", async () => {
    const prepared = await createRequest(database, viewer, integration);
    await expect(submit(database, viewer, integration, prepared)).rejects.toEqual(refusal("gone"));
  });

  test("when it is another account's draft", async () => {
    const prepared = await prepareDraft(database, viewer, integration);
    const stranger = await createViewer(database);
    await expect(submit(database, stranger, integration, prepared)).rejects.toBeInstanceOf(Error);
    await expectNothingSubmitted(prepared.draft.id);
  });
});

describe("an environment that is held for this integration", () => {
  test("by another account is not submitted with the rest: the submission is refused", async () => {
    const [shared, free] = freshCompanies(2);
    const prepared = await prepareDraft(database, viewer, integration, { offered: [`${shared}`, `${free}`] });
    await createRequest(database, await createViewer(database), integration, { offered: [`${shared}`] });
    await expect(submit(database, viewer, integration, prepared)).rejects.toEqual(
      refusal("environment_taken"),
    );
    await expectNothingSubmitted(prepared.draft.id);
  });

  test("may be submitted for another integration", async () => {
    const [company] = freshCompanies(1);
    await createRequest(database, viewer, integration, { offered: [`${company}`] });
    const other = await createIntegration(database);
    const { requestId } = await createRequest(database, viewer, other, { offered: [`${company}`] });
    expect((await readRequest(database, requestId)).activations).toMatchObject([{ externalId: company }]);
  });

  test("a candidate without rights or of the wrong product cannot be submitted, whatever its tick says", async () => {
    const [fine, powerless] = freshCompanies(2);
    const prepared = await prepareDraft(database, viewer, integration, {
      offered: [`${fine}`, `${powerless}`],
    });
    await database.admin.orm
      .update(candidates)
      .set({ rights: "missing" })
      .where(eq(candidates.externalId, `${powerless}`));
    await expect(submit(database, viewer, integration, prepared)).rejects.toEqual(
      refusal("environment_taken"),
    );
    await expectNothingSubmitted(prepared.draft.id);
  });
});
