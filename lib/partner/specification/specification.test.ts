import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  auditLog,
  checkedAddresses,
  integrations,
  outboxMails,
  partners,
  specificationDrafts,
  specificationReviews,
  specifications,
} from "@/db/schema";
import { withScope } from "@/db/scope";
import { withValueAt } from "@/lib/catalogue/draft/merge";
import type { DraftContent } from "@/lib/catalogue/draft/schema";
import { candidateOf } from "@/lib/catalogue/draft/to-content";
import { contentHash } from "@/lib/catalogue/integration/content-hash";
import { findLink } from "@/lib/catalogue/integration/queries";
import { specificationContent } from "@/lib/catalogue/integration/schema";
import { sha256 } from "@/lib/core/hash";
import { erasePerson } from "@/lib/operations/erasure/erase-person";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { makeDraft } from "@/testing/fixtures/draft-content";
import {
  createIntegration as createOther,
  publishSpecification,
  type TestIntegration,
} from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { asOperator, createOperator } from "@/testing/fixtures/operator";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { beginDraft } from "./begin-draft";
import { checkAddress } from "./check-address";
import { createIntegration } from "./create-integration";
import { decideReview } from "./decide-review";
import { getEditorView } from "./editor-view";
import { getOwnIntegration } from "./find-integration";
import { getDraftPreview } from "./preview";
import { publishApproved } from "./publish-approved";
import { getIntegrationPage, listOwnIntegrations } from "./queries";
import { getReview, listReviews } from "./review-queries";
import { saveDraft } from "./save-draft";
import { submitSpecification, withdrawSubmission } from "./submit-specification";

let database: TestDatabase;
let model: TestIntegration;
let owner: PartnerMember;
let admin: PartnerMember;
let support: PartnerMember;
let operator: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  model = await createOther(database);
  // The fixture's own version has frequencies in words, which a draft has not.
  const { integrationId: id, partner, slug: of } = model;
  const content = specificationContent.parse(candidateOf(makeDraft()));
  await publishSpecification(database, { id, partnerId: partner.id, slug: of }, content);
  owner = await createMember(database, model.partner.id, "owner");
  admin = await createMember(database, model.partner.id, "admin");
  support = await createMember(database, model.partner.id, "support");
  operator = await createOperator(database);
});
afterAll(() => database.close());

let slug: string;
let made = 0;
beforeEach(async () => {
  made += 1;
  slug = `made-${made}`;
  await asMember(database, owner, (tx) => createIntegration(tx, owner, inputFor(slug)));
});

const inputFor = (wanted: string) => ({
  name: "Esimerkki Orders",
  slug: wanted,
  vendorApplicationId: model.vendorApplicationId,
  mainLanguage: "en" as const,
  copyOf: null,
});
const WRITER = "0190a0a0-0000-7000-8000-000000000001";
const OTHER_WRITER = "0190a0a0-0000-7000-8000-000000000002";

type Saving = { content?: DraftContent; revision?: number; writer?: string; sequence?: number };
const save = (member: PartnerMember, saving: Saving = {}, of = slug) =>
  asMember(database, member, async (tx) =>
    saveDraft(tx, member, await getOwnIntegration(tx, member, of), {
      content: makeDraft(),
      revision: 1,
      writer: WRITER,
      sequence: 1,
      ...saving,
    }),
  );
const submit = (member: PartnerMember, revision = 2, of = slug) =>
  asMember(database, member, async (tx) =>
    submitSpecification(tx, member, await getOwnIntegration(tx, member, of), {
      revision,
      note: "Please read.",
    }),
  );
const page = (of = slug) => asMember(database, owner, (tx) => getIntegrationPage(tx, owner, of));
const newestId = async (of = slug) => (await page(of)).versions[0]?.id ?? "";
const decide = async (outcome: "approved" | "rejected", by = operator, of = slug, approvals = 1) => {
  const specificationId = await newestId(of);
  await asOperator(database, by, (tx) =>
    decideReview(
      tx,
      by,
      {
        specificationId,
        outcome,
        reason: outcome === "rejected" ? "The price is missing." : null,
        comments: outcome === "rejected" ? { price: "Name an amount." } : {},
      },
      approvals,
    ),
  );
};
const publish = async (member: PartnerMember, id: string) =>
  asMember(database, member, (tx) => publishApproved(tx, member, id));

describe("a new integration", () => {
  test("has a draft with its name, and is in the partner's list alone", async () => {
    const view = await asMember(database, owner, (tx) => getEditorView(tx, owner, slug));
    expect(view).toMatchObject({ name: "Esimerkki Orders", state: { revision: 1 }, submission: null });
    expect(view?.state.problems.some(({ weight }) => weight === "must")).toBe(true);
    const listed = await asMember(database, owner, listOwnIntegrations);
    expect(listed.find((one) => one.slug === slug)).toMatchObject({
      publishedVersion: null,
      submission: null,
      hasUnsentChanges: true,
    });
    const stranger = await createMember(database, (await createOther(database)).partner.id, "owner");
    await expect(
      asMember(database, stranger, (tx) => getIntegrationPage(tx, stranger, slug)),
    ).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(save(stranger)).rejects.toMatchObject({ code: "not_found" });
  });

  test("is not made under a taken address part, on another partner's application, or by support", async () => {
    const make = (member: PartnerMember, input: Parameters<typeof createIntegration>[2]) =>
      asMember(database, member, (tx) => createIntegration(tx, member, input));
    await expect(make(owner, inputFor(slug))).rejects.toMatchObject({ code: "conflict" });
    await expect(make(support, inputFor("by-support"))).rejects.toMatchObject({ code: "forbidden" });
    const foreign = await createOther(database);
    await expect(
      make(owner, { ...inputFor("foreign"), vendorApplicationId: foreign.vendorApplicationId }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  test("begins with the texts of another one, under its own name", async () => {
    await save(owner);
    const from = only(
      await database.admin.orm.select().from(integrations).where(eq(integrations.slug, slug)),
    );
    const copy = `${slug}-copy`;
    await asMember(database, owner, (tx) =>
      createIntegration(tx, owner, { ...inputFor(copy), name: "Esimerkki Orders 2", copyOf: from.id }),
    );
    const view = await asMember(database, owner, (tx) => getEditorView(tx, owner, copy));
    expect(view?.content).toEqual({ ...makeDraft(), name: { en: "Esimerkki Orders 2" } });
  });

  test("that was imported gets a draft of its published version", async () => {
    const of = model.slug;
    const begin = () =>
      asMember(database, owner, async (tx) => beginDraft(tx, owner, await getOwnIntegration(tx, owner, of)));
    await begin();
    await begin();
    expect(await page(of)).toMatchObject({ draft: { hasUnsentChanges: false }, name: "Esimerkki Orders" });
  });
});

describe("saving", () => {
  test("keeps an unfinished draft as it is, with what is wrong of it", async () => {
    const content = withValueAt(
      withValueAt(makeDraft(), ["cap"], null),
      ["privacyPolicy", "url"],
      "not an address",
    );
    const saved = await save(owner, { content });
    expect(saved).toMatchObject({ kind: "saved", revision: 2 });
    const problems = saved.kind === "saved" ? saved.problems.map(({ path, code }) => `${path} ${code}`) : [];
    expect(problems).toEqual(expect.arrayContaining(["cap required", "privacyPolicy.url web_address"]));
    const view = await asMember(database, owner, (tx) => getEditorView(tx, owner, slug));
    expect(view?.content).toEqual(content);
  });

  test("by a second page that does not know the newest text changes nothing and gives it", async () => {
    await save(owner);
    const theirs = withValueAt(makeDraft(), ["cap"], 5);
    await save(owner, { content: theirs, revision: 2, sequence: 2 });
    const mine = withValueAt(makeDraft(), ["cap"], 7);
    expect(await save(admin, { content: mine, revision: 2, writer: OTHER_WRITER })).toMatchObject({
      kind: "conflict",
      revision: 3,
      savedBy: owner.email,
      content: { cap: 5 },
    });
    expect(
      await save(admin, { content: mine, revision: 3, writer: OTHER_WRITER, sequence: 2 }),
    ).toMatchObject({
      kind: "saved",
      revision: 4,
    });
  });

  test("by a page whose answer was lost is no conflict, and what is late changes nothing", async () => {
    await save(owner, { content: withValueAt(makeDraft(), ["cap"], 3) });
    const next = await save(owner, { content: withValueAt(makeDraft(), ["cap"], 4), sequence: 3 });
    expect(next).toMatchObject({ kind: "saved", revision: 3 });
    await save(owner, { content: withValueAt(makeDraft(), ["cap"], 2), sequence: 2 });
    const view = await asMember(database, owner, (tx) => getEditorView(tx, owner, slug));
    expect(view?.content.cap).toBe(4);
  });

  test("of two pages at once lets one of them win", async () => {
    const results = await Promise.all([
      save(owner, { content: withValueAt(makeDraft(), ["cap"], 3) }),
      save(admin, { content: withValueAt(makeDraft(), ["cap"], 4), writer: OTHER_WRITER }),
    ]);
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(["conflict", "saved"]);
  });

  test("is not for support, who reads", async () => {
    await expect(save(support)).rejects.toMatchObject({ code: "forbidden" });
    const view = await asMember(database, support, (tx) => getEditorView(tx, support, slug));
    expect(view?.name).toBe("Esimerkki Orders");
  });

  test("has the worker call new addresses, and says what they answered", async () => {
    await save(owner);
    const rows = await database.admin.orm.select().from(checkedAddresses);
    const address = only(rows.filter(({ address: one }) => one === "https://partner.example/privacy"));
    expect(address).toMatchObject({ checkedAt: null, partnerId: owner.partnerId });
    // No name of the domain `example` leads anywhere.
    await checkAddress(makeWorkerContext(database), address.id);
    const saved = await save(owner, {
      content: withValueAt(makeDraft(), ["cap"], 9),
      revision: 2,
      sequence: 2,
    });
    const found = saved.kind === "saved" ? saved.problems : [];
    expect(found).toContainEqual(
      expect.objectContaining({ path: "privacyPolicy.url", code: "no_answer", weight: "should" }),
    );
  });
});

describe("from a draft to a published version", () => {
  test("submit, reject with a reason, submit again, approve, publish; the hash is of the stored bytes", async () => {
    await save(owner);
    await submit(owner);
    expect((await page()).review).toMatchObject({ state: "in_review", note: "Please read.", version: 1 });
    const { waiting } = await asOperator(database, operator, (tx) => listReviews(tx, operator));
    expect(waiting.at(-1)).toMatchObject({ integrationName: "Esimerkki Orders", version: 1, isOwn: false });

    const rejectedId = await newestId();
    await decide("rejected");
    expect((await page()).review).toMatchObject({
      state: "rejected",
      reason: "The price is missing.",
      comments: { price: "Name an amount." },
    });
    const mails = await database.admin.orm
      .select()
      .from(outboxMails)
      .where(eq(outboxMails.subjectId, rejectedId));
    const composed = await composeMail(makeWorkerContext(database), only(mails));
    expect(composed?.text).toContain("The price is missing.");
    expect(composed?.text).toContain("Name an amount.");
    expect(composed?.text).toContain(`/integrations/${slug}`);

    const priced = withValueAt(makeDraft(), ["price"], {
      ...makeDraft().price,
      kind: "known",
      amountMinor: 1290,
      oneOffMinor: 5000,
    });
    await save(admin, { content: priced, revision: 2, writer: OTHER_WRITER });
    await submit(admin, 3);
    await decide("approved");
    const id = await newestId();
    await expect(publish(support, id)).rejects.toMatchObject({ code: "forbidden" });
    const other = await createMember(database, (await createOther(database)).partner.id, "owner");
    for (const member of [support, other]) {
      const [row] = await asMember(database, member, (tx) =>
        tx.execute(sql`select kytkin.publish_specification(${id}) as "isPublished"`),
      );
      expect(row, "by no statement of another role or partner").toEqual({ isPublished: false });
    }
    await publish(owner, id);
    const row = only(await database.admin.orm.select().from(specifications).where(eq(specifications.id, id)));
    expect(row).toMatchObject({ state: "published", version: 2 });
    expect(row.contentHash).toBe(
      contentHash({ integrationSlug: slug, version: row.version, content: row.content }),
    );
    await expect(publish(owner, id), "once").rejects.toMatchObject({ code: "not_found" });
    const actions = await database.admin.orm.select().from(auditLog).where(eq(auditLog.subjectId, id));
    expect(actions.map(({ action }) => action)).toEqual([
      "specification.submit",
      "specification.approve",
      "specification.publish",
    ]);
  });

  test("the next version takes the place of the published one, and its links lead to it", async () => {
    const of = model.slug;
    await asMember(database, owner, async (tx) =>
      beginDraft(tx, owner, await getOwnIntegration(tx, owner, of)),
    );
    const { content, state } = (await asMember(database, owner, (tx) => getEditorView(tx, owner, of))) ?? {};
    if (!content || !state) throw new Error("no draft");
    await expect(submit(owner, state.revision, of), "nothing is new").rejects.toMatchObject({
      code: "conflict",
    });
    const changed = withValueAt(
      content,
      ["technicalUser", "rights"],
      [
        { path: "sales.customerRegister", level: "VIEWING_RIGHTS", reason: { en: "Reads customers." } },
        { path: "sales.salesInvoiceSearch", level: "VIEWING_RIGHTS", reason: { en: "Reads products." } },
      ],
    );
    await save(owner, { content: changed, revision: state.revision }, of);
    await submit(owner, state.revision + 1, of);
    const id = await newestId(of);
    const review = await asOperator(database, operator, (tx) => getReview(tx, operator, id));
    expect(review.differences.map(({ field }) => field)).toEqual(["technicalUser"]);
    expect(review.rights.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "changed sales.customerRegister",
      "added sales.salesInvoiceSearch",
    ]);
    const wider = {
      verdict: "needs_consent",
      findings: [
        {
          field: "technicalUser",
          verdict: "needs_consent",
          why: "wider_right",
          detail: "sales.salesInvoiceSearch",
        },
      ],
    };
    expect(review.change, "for the operator").toEqual(wider);
    const editor = () => asMember(database, owner, (tx) => getEditorView(tx, owner, of));
    expect((await editor())?.state.change, "before it is submitted").toEqual(wider);
    await decide("approved", operator, of);
    expect((await page(of)).review?.change, "at its publication").toEqual(wider);
    await publish(owner, id);
    expect((await editor())?.state.change, "nothing differs any more").toBeNull();
    const link = await withScope(database.web, { kind: "public", linkHash: sha256(model.linkToken) }, (tx) =>
      findLink(tx, model.linkToken, "en"),
    );
    expect(link).toMatchObject({ kind: "live", view: { specification: { id, version: 3 } } });
  });

  test("nothing is submitted with something to put right, twice, or from an older text", async () => {
    await expect(submit(owner, 1)).rejects.toMatchObject({ code: "checks_failed" });
    await save(owner);
    await expect(submit(owner, 1)).rejects.toMatchObject({ code: "changed_since_started" });
    await submit(owner);
    await expect(submit(admin)).rejects.toMatchObject({ code: "conflict" });
  });

  test("who submitted does not decide, whatever else they are", async () => {
    const both = await createOperator(database);
    const member: PartnerMember = { ...owner, userId: both.userId };
    await database.admin.sql`insert into partner_members (partner_id, user_id, role)
      values (${owner.partnerId}, ${both.userId}, 'owner')`;
    await save(member);
    await submit(member);
    await expect(decide("approved", both)).rejects.toMatchObject({ code: "forbidden" });
    // And the database refuses too, without the guard.
    const id = await newestId();
    const reached = await asOperator(database, both, (tx) =>
      tx.update(specifications).set({ state: "approved" }).where(eq(specifications.id, id)).returning(),
    );
    expect(reached).toEqual([]);
  });

  test("no statement of a partner's publishes or approves what was not reviewed", async () => {
    await save(owner);
    await submit(owner);
    const id = await newestId();
    for (const state of ["published", "approved"])
      await expect(
        asMember(database, owner, (tx) =>
          tx.update(specifications).set({ state }).where(eq(specifications.id, id)),
        ),
      ).rejects.toThrow();
    await expect(publish(owner, id)).rejects.toMatchObject({ code: "not_found" });
    const stranger = await createMember(database, (await createOther(database)).partner.id, "owner");
    await expect(
      asMember(database, stranger, (tx) => withdrawSubmission(tx, stranger, id)),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("what is withdrawn is not decided any more, and leaves room for another", async () => {
    await save(owner);
    await submit(owner);
    const id = await newestId();
    await asMember(database, admin, (tx) => withdrawSubmission(tx, admin, id));
    await expect(decide("approved")).rejects.toMatchObject({ code: "conflict" });
    await submit(owner);
    expect((await page()).review).toMatchObject({ state: "in_review", version: 2 });
  });
});

describe("an approval that takes two operators", () => {
  const approve = (by: Viewer) => decide("approved", by, slug, 2);
  const review = async (by: Viewer, id: string) => asOperator(database, by, (tx) => getReview(tx, by, id));
  const stateOf = async (id: string) =>
    only(await database.admin.orm.select().from(specifications).where(eq(specifications.id, id))).state;

  test("is not the same one twice, shows who was first, and mails once", async () => {
    const second = await createOperator(database);
    await save(owner);
    await submit(owner);
    const id = await newestId();
    await approve(operator);
    expect(await stateOf(id)).toBe("in_review");
    expect((await page()).review).toMatchObject({ state: "in_review", decidedAt: null, reason: null });
    await expect(approve(operator)).rejects.toMatchObject({ code: "conflict" });
    expect((await review(operator, id)).firstApproval).toMatchObject({ by: operator.email, isOwn: true });
    const { waiting } = await asOperator(database, second, (tx) => listReviews(tx, second));
    expect(waiting.find(({ specificationId }) => specificationId === id)?.firstApproval).toMatchObject({
      by: operator.email,
      isOwn: false,
    });
    await approve(second);
    expect(await stateOf(id)).toBe("approved");
    const mails = await database.admin.orm.select().from(outboxMails).where(eq(outboxMails.subjectId, id));
    expect(mails).toHaveLength(1);
    const actions = await database.admin.orm
      .select()
      .from(auditLog)
      .where(eq(auditLog.subjectId, id))
      .orderBy(auditLog.at);
    expect(actions.map(({ action }) => action)).toEqual([
      "specification.submit",
      "specification.approve_first",
      "specification.approve",
    ]);
  });

  test("of two who approve at the same moment is complete", async () => {
    const second = await createOperator(database);
    await save(owner);
    await submit(owner);
    const id = await newestId();
    await Promise.all([approve(operator), approve(second)]);
    expect(await stateOf(id)).toBe("approved");
  });

  test("is ended by a rejection of either of them", async () => {
    await save(owner);
    await submit(owner);
    const id = await newestId();
    await approve(operator);
    await decide("rejected", operator, slug, 2);
    expect(await stateOf(id)).toBe("rejected");
  });

  test("is not the submitter's, first or second, whatever statement", async () => {
    const both = await createOperator(database);
    const member: PartnerMember = { ...owner, userId: both.userId };
    await database.admin.sql`insert into partner_members (partner_id, user_id, role)
      values (${owner.partnerId}, ${both.userId}, 'owner')`;
    await save(member);
    await submit(member);
    await expect(approve(both)).rejects.toMatchObject({ code: "forbidden" });
    const id = await newestId();
    const reached = await asOperator(database, both, (tx) =>
      tx
        .update(specificationReviews)
        .set({ firstApprovedBy: both.userId, firstApprovedAt: new Date() })
        .where(eq(specificationReviews.specificationId, id))
        .returning({ id: specificationReviews.specificationId }),
    );
    expect(reached).toEqual([]);
    await approve(operator);
    await expect(
      asOperator(database, operator, (tx) =>
        tx
          .update(specificationReviews)
          .set({ decidedBy: operator.userId, decidedAt: new Date() })
          .where(eq(specificationReviews.specificationId, id)),
      ),
      "one operator for both",
    ).rejects.toThrow();
  });
});

test("the preview shows a draft that is far from whole", async () => {
  const view = await asMember(database, support, (tx) =>
    getDraftPreview(tx, support, slug, { language: "fi", missing: "[puuttuu]" }),
  );
  expect(view.specification.content).toMatchObject({
    name: "Esimerkki Orders",
    summary: "[puuttuu]",
    languages: { name: "en" },
  });
});

test("the review's mail goes to the partner's address for reviews", async () => {
  await database.admin.orm
    .update(partners)
    .set({ reviewEmail: "reviews@partner.example" })
    .where(eq(partners.id, owner.partnerId));
  await save(owner);
  await submit(owner);
  await decide("approved");
  const id = await newestId();
  const mails = await database.admin.orm.select().from(outboxMails).where(eq(outboxMails.subjectId, id));
  expect(only(mails).recipient).toBe("reviews@partner.example");
});

test("a person who is erased leaves drafts and reviews under a pseudonym", async () => {
  const leaver = await createMember(database, owner.partnerId, "admin");
  await save(leaver);
  await submit(leaver);
  expect(await erasePerson(makeWorkerContext(database), leaver.userId)).toBe("erased");
  const drafts = await database.admin.orm
    .select()
    .from(specificationDrafts)
    .where(eq(specificationDrafts.savedBy, leaver.userId));
  const reviews = await database.admin.orm
    .select()
    .from(specificationReviews)
    .where(eq(specificationReviews.submittedBy, leaver.userId));
  expect([drafts.length, reviews.length]).toEqual([1, 1]);
});
