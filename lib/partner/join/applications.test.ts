import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { outboxMails, partnerApplications, partnerMembers, partners } from "@/db/schema";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import type { Viewer } from "@/lib/people/account/schema";
import { exportData } from "@/lib/people/profile/export-data";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { only } from "@/testing/fixtures/only";
import { asOperator, createOperator } from "@/testing/fixtures/operator";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { askToJoin } from "./ask-to-join";
import { acceptApplication, refuseApplication } from "./decide-application";
import { findOwnApplication, listApplications } from "./queries";
import { applicationInput, suggestSlug } from "./schema";

let database: TestDatabase;
let operator: Viewer;
let viewer: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  operator = await createOperator(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  viewer = await createViewer(database);
});

const input = {
  name: "Uusi Ohjelmisto Oy",
  businessId: "1234567-8",
  websiteUrl: "https://uusi.example",
  message: "Orders of web shops become invoices.",
};
const ask = (by = viewer) => asCustomer(database, by, (tx) => askToJoin(tx, by, input));
const own = (by = viewer) => asCustomer(database, by, (tx) => findOwnApplication(tx, by));
async function findId(by = viewer): Promise<string> {
  const rows = await database.admin.orm
    .select()
    .from(partnerApplications)
    .where(eq(partnerApplications.userId, by.userId));
  return only(rows).id;
}
const accept = async (slug: string, by = operator) => {
  const applicationId = await findId();
  return asOperator(database, by, (tx) => acceptApplication(tx, by, { applicationId, slug }));
};
async function readMail(
  kind: "partner_application_received" | "partner_application_accepted" | "partner_application_refused",
) {
  const rows = await database.admin.orm.select().from(outboxMails).where(eq(outboxMails.kind, kind));
  const mail = rows.find(({ recipient }) => recipient === viewer.email);
  return mail ? composeMail(makeWorkerContext(database), mail) : null;
}

describe("who asks to become a partner", () => {
  test("is told by mail, is seen by the operator alone, and asks once at a time", async () => {
    await ask();
    expect(await own()).toMatchObject({ state: "open", name: input.name });
    expect((await readMail("partner_application_received"))?.text).toContain(input.name);
    await expect(ask()).rejects.toMatchObject({ code: "conflict" });
    expect(await own(await createViewer(database))).toBeNull();
    const { person } = await exportData(database.web, viewer);
    expect(person).toMatchObject({
      partners: [],
      partnerApplications: [{ name: input.name, state: "open" }],
    });
    const seen = await asOperator(database, operator, listApplications);
    expect(seen.find(({ email }) => email === viewer.email)).toMatchObject({ ...input, state: "open" });
    expect(await asOperator(database, await createViewer(database), listApplications)).toEqual([]);
  });

  test("is made a partner by no statement of somebody who is no operator", async () => {
    await ask();
    const applicationId = await findId();
    const accepted = await asOperator(database, viewer, (tx) =>
      tx.execute(
        sql`select kytkin.accept_partner_application(${applicationId}, ${randomUUID()}, 'mine') as id`,
      ),
    );
    expect([...accepted]).toEqual([{ id: null }]);
    expect(await own()).toMatchObject({ state: "open" });
  });

  test("becomes the owner of a partner when accepted, and is told where its console is", async () => {
    await ask();
    const slug = `uusi-${Date.now()}`;
    await accept(slug);
    const partner = only(await database.admin.orm.select().from(partners).where(eq(partners.slug, slug)));
    expect(partner).toMatchObject({ name: input.name, notifyEmail: viewer.email });
    const members = await database.admin.orm
      .select()
      .from(partnerMembers)
      .where(eq(partnerMembers.partnerId, partner.id));
    expect(members).toMatchObject([{ userId: viewer.userId, role: "owner" }]);
    const { person } = await exportData(database.web, viewer);
    expect(person.partners).toMatchObject([{ name: input.name, role: "owner" }]);
    expect((await readMail("partner_application_accepted"))?.text).toContain(`/partner/${slug}`);
    await expect(accept(`${slug}-2`)).rejects.toMatchObject({ code: "conflict" });
  });

  test("is not accepted with the address of another partner", async () => {
    await database.admin.orm
      .insert(partners)
      .values({ slug: "taken", name: "Taken", notifyEmail: "a@example.com" })
      .onConflictDoNothing();
    await ask();
    await expect(accept("taken")).rejects.toMatchObject({ code: "invalid_input" });
    expect(await own()).toMatchObject({ state: "open" });
  });

  test("reads the reason of a refusal, here and in the mail, and may ask again", async () => {
    await ask();
    const applicationId = await findId();
    const reason = "Please write from your company's address.";
    await asOperator(database, operator, (tx) => refuseApplication(tx, operator, { applicationId, reason }));
    expect(await own()).toMatchObject({ state: "refused", reason });
    expect((await readMail("partner_application_refused"))?.text).toContain(reason);
    await ask();
    expect(await own()).toMatchObject({ state: "open" });
  });

  test("cannot accept itself, nor can anybody who is no operator", async () => {
    await ask();
    await expect(accept("mine", viewer)).rejects.toMatchObject({ code: "not_found" });
    expect(await own()).toMatchObject({ state: "open" });
  });
});

test.each([{ name: "" }, { businessId: "<b>" }, { websiteUrl: "javascript:alert(1)" }, { message: "Hello" }])(
  "a request with %j is not taken",
  (change) => {
    expect(applicationInput.safeParse({ ...input, ...change }).success).toBe(false);
  },
);

test.each([
  ["Esimerkki Software Oy", "esimerkki-software-oy"],
  ["Ääkkösiä & Øre", "aakkosia-re"],
  ["株式会社", "partner"],
])("%s has the address part %s", (name, slug) => {
  expect(suggestSlug(name)).toBe(slug);
});
