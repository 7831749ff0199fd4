import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accounts, candidates, drafts, grants, memberships, outboxMails } from "@/db/schema";
import { withScope } from "@/db/scope";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import type { Viewer } from "@/lib/people/account/schema";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { prepareDraft } from "@/testing/fixtures/draft";
import { only } from "@/testing/fixtures/only";
import { readEvents } from "@/testing/fixtures/request";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { confirmGrant } from "./confirm-grant";
import { confirmInitiator, findConfirmation } from "./confirm-initiator";
import { getVendorReturn } from "./queries";
import { readGrant } from "./read-grant";
import { returnFromVendor } from "./return-from-vendor";

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld();
});
afterAll(() => world.close());

let viewer: Viewer;
beforeEach(async () => {
  await world.sandbox.reset();
  viewer = await createViewer(world.database);
});

const COMPANIES = [15501, 15502];

/** What the vendor's dialog ends in, asked for by this person. */
async function consent(initiatorEmail = viewer.email, slug = world.integration.slug): Promise<string> {
  const { requestId } = await world.sandbox.addRequest({
    vendorIntegrationId: slug,
    initiatorEmail,
    companyIds: COMPANIES,
  });
  return String(requestId);
}
const comeBack = (vendorRequest: string, by = viewer) =>
  asCustomer(world.database, by, (tx) =>
    returnFromVendor(tx, by, { kind: "request", slug: world.integration.slug, vendorRequest }),
  );
const read = (grantId: string) => readGrant(world.context, grantId);
const stored = async (grantId: string) =>
  only(await world.database.admin.orm.select().from(grants).where(eq(grants.id, grantId)));
const shown = (grantId: string, by = viewer) =>
  asCustomer(world.database, by, (tx) => getVendorReturn(tx, by, grantId, "en"));
const visibleCandidates = (grantId: string, by = viewer) =>
  asCustomer(world.database, by, (tx) => tx.select().from(candidates).where(eq(candidates.grantId, grantId)));

/** A draft from which this person went to the vendor. */
async function startFromDraft(): Promise<string> {
  const { draft, grantId } = await prepareDraft(world.database, viewer, world.integration);
  await world.database.admin.orm.delete(candidates).where(eq(candidates.grantId, grantId));
  await world.database.admin.orm.delete(grants).where(eq(grants.id, grantId));
  await world.database.admin.orm
    .update(drafts)
    .set({ consentStartedAt: new Date(), selectedAt: null })
    .where(eq(drafts.id, draft.id));
  return draft.id;
}

describe("coming back", () => {
  test("takes note and asks nobody yet; twice is the same grant", async () => {
    const vendorRequest = await consent();
    const grantId = await comeBack(vendorRequest);
    expect(await comeBack(vendorRequest)).toBe(grantId);
    expect(await stored(grantId)).toMatchObject({ state: "reading", userId: viewer.userId, draftId: null });
    expect(await readEvents(world.database, grantId)).toEqual(["grant/returned"]);
    expect(await world.sandbox.listCalls()).toEqual([]);
  });
});

describe("the one who consented is the one who came back", () => {
  test("from a draft: the companies can be picked at once", async () => {
    const draftId = await startFromDraft();
    const grantId = await comeBack(await consent());
    expect(await read(grantId)).toEqual({ state: "open" });
    expect(await stored(grantId)).toMatchObject({
      draftId,
      state: "open",
      linkToken: world.integration.linkToken,
    });
    const rows = await visibleCandidates(grantId);
    expect(rows.map((row) => row.externalId).toSorted()).toEqual(COMPANIES.map(String));
    expect(rows[0]).toMatchObject({ name: expect.stringMatching(/Oy$/), country: "FI", rights: "full" });
    expect(await shown(grantId)).toEqual({ state: "done", linkToken: world.integration.linkToken });
  });

  test("in another spelling of the address", async () => {
    await startFromDraft();
    const grantId = await comeBack(await consent(viewer.email.toUpperCase()));
    expect(await read(grantId)).toEqual({ state: "open" });
  });

  test("reading twice changes nothing more", async () => {
    await startFromDraft();
    const grantId = await comeBack(await consent());
    await Promise.all([read(grantId), read(grantId), read(grantId)]);
    expect(await read(grantId)).toEqual({ state: "open" });
    expect(await visibleCandidates(grantId)).toHaveLength(COMPANIES.length);
  });

  test("a fresh consent takes the place of the draft's older one, which is released", async () => {
    await startFromDraft();
    const older = await comeBack(await consent());
    await read(older);
    const newer = await comeBack(await consent());
    await read(newer);
    expect(await readEvents(world.database, older)).toContain("grant/release.wanted");
    expect(await readEvents(world.database, newer)).not.toContain("grant/release.wanted");
  });

  test("without a draft: a page asks who it was, and going on claims it", async () => {
    const grantId = await comeBack(await consent());
    expect(await read(grantId)).toEqual({ state: "unconfirmed" });
    expect(await shown(grantId)).toMatchObject({
      state: "confirm",
      viewerEmail: viewer.email,
      companies: [{ externalId: "15501" }, { externalId: "15502" }],
    });
    await asCustomer(world.database, viewer, (tx) => confirmGrant(tx, viewer, grantId));
    expect((await stored(grantId)).state).toBe("open");
    await asCustomer(world.database, viewer, (tx) => confirmGrant(tx, viewer, grantId));
  });
});

describe("somebody else consented", () => {
  const initiator = "initiator.person@example.com";

  async function awaitInitiator(): Promise<string> {
    const grantId = await comeBack(await consent(initiator));
    expect(await read(grantId)).toEqual({ state: "awaiting_initiator" });
    return grantId;
  }
  /** The token of the mail as it is composed now. */
  async function readMailedToken(grantId: string): Promise<string> {
    const mail = only(
      await world.database.admin.orm.select().from(outboxMails).where(eq(outboxMails.subjectId, grantId)),
    );
    expect(mail).toMatchObject({ kind: "claim_needs_initiator", recipient: initiator });
    const composed = await composeMail(world.context, mail);
    expect(composed?.text).toContain(viewer.email);
    return /confirm\?token=([\w-]+)/.exec(composed?.text ?? "")?.[1] ?? "";
  }
  const confirm = (token: string) =>
    withScope(world.database.web, { kind: "public" }, (tx) => confirmInitiator(tx, token));

  test("the address is masked, the companies hidden, and nothing can be claimed", async () => {
    const grantId = await awaitInitiator();
    const view = await shown(grantId);
    expect(view).toMatchObject({ state: "awaiting_initiator", maskedEmail: "i***n@example.com" });
    expect(JSON.stringify(view)).not.toContain(initiator);
    expect(await visibleCandidates(grantId)).toEqual([]);
    await expect(
      asCustomer(world.database, viewer, (tx) => confirmGrant(tx, viewer, grantId)),
    ).rejects.toMatchObject({ code: "not_found" });
    const self = asCustomer(world.database, viewer, (tx) =>
      tx.update(grants).set({ state: "open" }).where(eq(grants.id, grantId)).returning({ id: grants.id }),
    );
    expect(await self.catch(() => [])).toEqual([]);
    expect((await stored(grantId)).state).toBe("awaiting_initiator");
  });

  test("the token of the mail opens it, once", async () => {
    const grantId = await awaitInitiator();
    const token = await readMailedToken(grantId);
    expect((await stored(grantId)).confirmTokenHash).not.toContain(token);
    const preview = await withScope(world.database.web, { kind: "public" }, (tx) =>
      findConfirmation(tx, token),
    );
    expect(preview).toMatchObject({ maskedEmail: "i***n@example.com" });
    await confirm(token);
    expect((await stored(grantId)).state).toBe("open");
    expect(await visibleCandidates(grantId)).toHaveLength(COMPANIES.length);
    await expect(confirm(token)).rejects.toMatchObject({ code: "not_found" });
  });

  test("a mail that is sent again ends the token of the one before", async () => {
    const grantId = await awaitInitiator();
    const [first, second] = [await readMailedToken(grantId), await readMailedToken(grantId)];
    await expect(confirm(first)).rejects.toMatchObject({ code: "not_found" });
    await confirm(second);
  });

  test("after a day, or past the vendor's expiry, the token opens nothing", async () => {
    const [old, expired] = [await awaitInitiator(), await awaitInitiator()];
    const tokens = [await readMailedToken(old), await readMailedToken(expired)];
    const past = new Date(Date.now() - 25 * 3600 * 1000);
    const { orm } = world.database.admin;
    await orm.update(grants).set({ createdAt: past }).where(eq(grants.id, old));
    await orm.update(grants).set({ expiresAt: past }).where(eq(grants.id, expired));
    for (const token of tokens) await expect(confirm(token)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("refused, with a reason that says what to do", () => {
  const refusedAs = async (grantId: string) => {
    expect(await read(grantId)).toEqual({ state: "refused" });
    const view = await shown(grantId);
    return view.state === "refused" ? view.code : view.state;
  };

  test("an unknown request", async () => {
    expect(await refusedAs(await comeBack("1999999999"))).toBe("not_found");
  });

  test("one that has expired", async () => {
    const vendorRequest = await consent();
    await world.sandbox.setFaults({ expireRequest: { requestId: Number(vendorRequest) } });
    expect(await refusedAs(await comeBack(vendorRequest))).toBe("expired");
  });

  test("one of another integration of the same partner", async () => {
    const grantId = await comeBack(await consent(viewer.email, "esimerkki-reports"));
    expect(await refusedAs(grantId)).toBe("other_integration");
    expect(
      await world.database.admin.orm.select().from(candidates).where(eq(candidates.grantId, grantId)),
    ).toEqual([]);
  });

  test("one that the same person claimed in another account first, from a draft or without one", async () => {
    const vendorRequest = await consent();
    await startFromDraft();
    expect(await read(await comeBack(vendorRequest))).toEqual({ state: "open" });
    const [account] = await world.database.admin.orm.insert(accounts).values({ name: "Other" }).returning();
    viewer = { ...viewer, accountId: String(account?.id) };
    await world.database.admin.orm.insert(memberships).values(viewer);
    expect(await refusedAs(await comeBack(vendorRequest))).toBe("already_claimed");
    await startFromDraft();
    expect(await refusedAs(await comeBack(vendorRequest))).toBe("already_claimed");
  });

  test("a refusal may have been a passing one: coming back again reads again", async () => {
    const first = await comeBack("1999999998");
    await read(first);
    const second = await comeBack("1999999998");
    expect(second).not.toBe(first);
    expect((await stored(second)).state).toBe("reading");
  });

  test("while the vendor is down nothing is decided", async () => {
    const grantId = await comeBack(await consent());
    await world.sandbox.setFaults({ failNext: [{ method: "GET", status: 503 }] });
    await expect(read(grantId)).rejects.toMatchObject({ kind: "unavailable" });
    expect((await stored(grantId)).state).toBe("reading");
    expect(await read(grantId)).toEqual({ state: "unconfirmed" });
  });
});

test("of twenty people who confirm one vendor request at once, one has it", async () => {
  const vendorRequest = await consent();
  const ids: { grantId: string; by: Viewer }[] = [];
  for (let count = 0; count < 20; count++) {
    const by = await createViewer(world.database);
    const grantId = await comeBack(vendorRequest, by);
    await world.database.admin.orm
      .update(grants)
      .set({ state: "unconfirmed", expiresAt: new Date(Date.now() + 3600_000) })
      .where(eq(grants.id, grantId));
    ids.push({ grantId, by });
  }
  const results = await Promise.allSettled(
    ids.map(({ grantId, by }) => asCustomer(world.database, by, (tx) => confirmGrant(tx, by, grantId))),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const result of results)
    if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "not_found" });
});
