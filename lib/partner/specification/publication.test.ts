import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog, outboxEvents, outboxMails, specificationReviews, specifications } from "@/db/schema";
import { type SystemTransaction, withScope } from "@/db/scope";
import { candidateOf } from "@/lib/catalogue/draft/to-content";
import { publishSpecification } from "@/lib/catalogue/integration/publish-specification";
import { specificationContent } from "@/lib/catalogue/integration/schema";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import type { Viewer } from "@/lib/people/account/schema";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { makeDraft } from "@/testing/fixtures/draft-content";
import { createIntegration as createOther } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { asOperator, createOperator } from "@/testing/fixtures/operator";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { createIntegration } from "./create-integration";
import { decideReview } from "./decide-review";
import { getOwnIntegration } from "./find-integration";
import { readPublicationTime } from "./publication-time";
import { publishApproved } from "./publish-approved";
import { publishDue, sweepPublications } from "./publish-due";
import { getIntegrationPage } from "./queries";
import { saveDraft } from "./save-draft";
import { schedulePublication } from "./schedule-publication";
import { submitSpecification, withdrawSubmission } from "./submit-specification";

const HOUR_MS = 3_600_000;
const soon = () => new Date(Date.now() + HOUR_MS);
const later = () => new Date(Date.now() + 2 * HOUR_MS);

let database: TestDatabase;
let owner: PartnerMember;
let support: PartnerMember;
let operator: Viewer;
let vendorApplicationId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  const model = await createOther(database);
  vendorApplicationId = model.vendorApplicationId;
  owner = await createMember(database, model.partner.id, "owner");
  support = await createMember(database, model.partner.id, "support");
  operator = await createOperator(database);
});
afterAll(() => database.close());

let slug: string;
let integrationId: string;
let id: string;
let made = 0;
beforeEach(async () => {
  made += 1;
  slug = `timed-${made}`;
  const input = {
    name: "Esimerkki Orders",
    slug,
    vendorApplicationId,
    mainLanguage: "en",
    copyOf: null,
  } as const;
  await asMember(database, owner, (tx) => createIntegration(tx, owner, input));
  const writer = "0190a0a0-0000-7000-8000-000000000001";
  await asMember(database, owner, async (tx) => {
    const integration = await getOwnIntegration(tx, owner, slug);
    integrationId = integration.id;
    await saveDraft(tx, owner, integration, { content: makeDraft(), revision: 1, writer, sequence: 1 });
    await submitSpecification(tx, owner, integration, { revision: 2, note: null });
  });
  id = (await page()).versions[0]?.id ?? "";
});

const page = () => asMember(database, owner, (tx) => getIntegrationPage(tx, owner, slug));
const approve = () =>
  asOperator(database, operator, (tx) =>
    decideReview(tx, operator, { specificationId: id, outcome: "approved", reason: null, comments: {} }, 1),
  );
const set = (at: Date | null, by = owner) =>
  asMember(database, by, (tx) => schedulePublication(tx, by, id, at));
const asWorker = <T>(work: (tx: SystemTransaction) => Promise<T>) =>
  withScope(database.worker, { kind: "system", reason: "test" }, work);
const due = (now: Date) => asWorker((tx) => publishDue(tx, id, now));
const stateOf = async () =>
  only(await database.admin.orm.select().from(specifications).where(eq(specifications.id, id))).state;
const mailsOf = async () =>
  (await database.admin.orm.select().from(outboxMails).where(eq(outboxMails.subjectId, id))).map(
    ({ kind }) => kind,
  );
/** Another version by the operator's command, as `integration:import` publishes one. */
const importVersion = () =>
  asWorker((tx) =>
    publishSpecification(
      tx,
      { id: integrationId, partnerId: owner.partnerId, slug },
      specificationContent.parse({ ...candidateOf(makeDraft()), cap: 7 }),
    ),
  );

describe("a time that is set", () => {
  test("publishes the version then, once, and tells the partner", async () => {
    await approve();
    await set(soon());
    expect((await page()).review?.publication).toMatchObject({ refused: null });
    expect(await due(new Date())).toBeInstanceOf(Date);
    expect(await stateOf()).toBe("approved");
    await Promise.all([due(later()), due(later()), asWorker((tx) => sweepPublications(tx, later()))]);
    expect(await stateOf()).toBe("published");
    expect(await mailsOf()).toEqual(["specification_approved", "specification_published"]);
    const rows = await database.admin.orm.select().from(auditLog).where(eq(auditLog.subjectId, id));
    expect(rows.filter(({ action }) => action === "specification.publish")).toMatchObject([
      { actorKind: "system", outcome: "done" },
    ]);
    const mail = only(
      (await database.admin.orm.select().from(outboxMails).where(eq(outboxMails.subjectId, id))).filter(
        ({ kind }) => kind === "specification_published",
      ),
    );
    const composed = await composeMail(makeWorkerContext(database), mail);
    expect(composed?.text).toContain("was published at the time that you set");
  });

  test("is carried out by the sweep when its job is lost", async () => {
    await approve();
    await set(soon());
    await asWorker((tx) => sweepPublications(tx, new Date()));
    expect(await stateOf()).toBe("approved");
    await asWorker((tx) => sweepPublications(tx, later()));
    expect(await stateOf()).toBe("published");
  });

  test("wakes a job for each time, and may be changed or taken back", async () => {
    await approve();
    const [first, second] = [soon(), later()];
    await set(first);
    await set(second);
    expect(await due(first)).toEqual(second);
    await set(null);
    expect(await due(later())).toBeNull();
    expect(await stateOf()).toBe("approved");
    expect((await page()).review?.publication).toBeNull();
    const events = await database.admin.orm
      .select()
      .from(outboxEvents)
      .where(eq(outboxEvents.name, "specification/publication.set"));
    expect(events.filter(({ data }) => data.specificationId === id)).toHaveLength(2);
  });

  test("does nothing once the version was withdrawn, which the page says, or published by hand", async () => {
    await approve();
    await set(soon());
    await asMember(database, owner, (tx) => withdrawSubmission(tx, owner, id));
    expect(await due(later())).toBeNull();
    expect(await stateOf()).toBe("withdrawn");
    expect((await page()).review).toMatchObject({ state: "withdrawn", publication: { refused: null } });
    expect(await mailsOf()).toEqual(["specification_approved"]);
  });

  test("published by hand before is not published again", async () => {
    await approve();
    await set(soon());
    await asMember(database, owner, (tx) => publishApproved(tx, owner, id));
    expect(await due(later())).toBeNull();
    expect(await mailsOf()).toEqual(["specification_approved"]);
  });

  test("is refused, and said to be, when a newer version was published meanwhile", async () => {
    await approve();
    await set(soon());
    await importVersion();
    await due(later());
    await due(later());
    expect(await stateOf()).toBe("approved");
    expect((await page()).review?.publication).toMatchObject({ refused: "newer_published" });
    expect(await mailsOf()).toEqual(["specification_approved", "specification_not_published"]);
    await set(later());
    expect((await page()).review?.publication, "another time is another try").toMatchObject({
      refused: null,
    });
  });

  test("is an editor's, of an approved version, in the future; the database refuses the rest too", async () => {
    await expect(set(soon()), "in review").rejects.toMatchObject({ code: "not_found" });
    await approve();
    await expect(set(soon(), support)).rejects.toMatchObject({ code: "forbidden" });
    await expect(set(new Date(Date.now() - HOUR_MS))).rejects.toThrow();
    const stranger = await createMember(database, (await createOther(database)).partner.id, "owner");
    await expect(set(soon(), stranger)).rejects.toMatchObject({ code: "not_found" });
    const forged = (values: object, by: PartnerMember) =>
      asMember(database, by, (tx) =>
        tx
          .update(specificationReviews)
          .set(values)
          .where(eq(specificationReviews.specificationId, id))
          .returning({ id: specificationReviews.specificationId }),
      );
    expect(await forged({ publishAt: soon(), publishSetBy: support.userId }, support)).toEqual([]);
    await expect(forged({ publishAt: soon(), publishSetBy: support.userId }, owner)).rejects.toThrow();
    await expect(forged({ reason: "x" }, owner)).rejects.toThrow();
  });
});

describe("the form's time", () => {
  const now = new Date("2026-11-30T10:00:00Z");
  const read = (at: string, zone = "Europe/Helsinki") =>
    readPublicationTime({ specificationId: "0190a0a0-0000-7000-8000-000000000001", at, zone }, now);
  test.each([
    ["2026-12-24T08:00", "Europe/Helsinki", "2026-12-24T06:00:00.000Z"],
    ["2027-06-24T08:00", "Europe/Helsinki", "2027-06-24T05:00:00.000Z"],
    ["2026-12-24T08:00", "America/New_York", "2026-12-24T13:00:00.000Z"],
    // A clock time that the change to summer time leaves out.
    ["2027-03-28T03:30", "Europe/Helsinki", "2027-03-28T01:30:00.000Z"],
  ])("%s in %s is %s", (at, zone, moment) => {
    expect(read(at, zone)).toMatchObject({ at: new Date(moment) });
  });
  test.each([
    ["", "required"],
    ["tomorrow", "required"],
    ["2026-99-01T08:00", "required"],
    ["2027-02-30T08:00", "required"],
    ["2026-12-24T08:00Z", "required"],
    ["2026-11-30T11:59", "time_past"],
    ["2028-01-01T08:00", "time_too_late"],
  ])("%j is refused: %s", (at, error) => {
    expect(read(at)).toEqual({ error });
  });
});
