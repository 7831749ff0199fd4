import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { activations, emailChanges, outboxMails } from "@/db/schema";
import { settleActivationRequest } from "@/lib/activation/request/settle-activation-request";
import { randomToken, sha256 } from "@/lib/core/hash";
import type { Viewer } from "@/lib/people/account/schema";
import { inviteColleague } from "@/lib/people/membership/invite-colleague";
import { confirmEmailChange } from "@/lib/people/profile/confirm-email-change";
import { purgeEmailChanges } from "@/lib/people/profile/purge-email-changes";
import { requestEmailChange } from "@/lib/people/profile/request-email-change";
import { pseudonymOf } from "@/lib/people/profile/rules";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createAccount, createViewer } from "@/testing/fixtures/account";
import { freshCompanies } from "@/testing/fixtures/draft";
import { findEverywhere } from "@/testing/fixtures/find-everywhere";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { createRequest, readRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { erasePerson } from "./erase-person";

let database: TestDatabase;
let context: WorkerContext;
let integration: TestIntegration;
let viewer: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  integration = await createIntegration(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  viewer = await createViewer(database);
});

const inHalfAYear = new Date(Date.now() + 180 * 24 * 3600 * 1000);

/** A request of theirs that has ended, its mail queued; gives its id. */
async function finishRequest(by: Viewer, options?: Parameters<typeof createRequest>[3]): Promise<string> {
  const { requestId } = await createRequest(database, by, integration, options);
  await database.admin.orm
    .update(activations)
    .set({ state: "rejected", rejectionReason: "No.", isOccupying: false })
    .where(eq(activations.requestId, requestId));
  await settleActivationRequest(context, requestId);
  return requestId;
}

/** Has the viewer sign in by another address from now on. */
async function change(): Promise<void> {
  const email = `new-${randomToken(8).toLowerCase()}@example.org`;
  await asCustomer(database, viewer, (tx) => requestEmailChange(tx, viewer, email));
  const token = randomToken();
  await database.admin.orm
    .update(emailChanges)
    .set({ tokenHash: sha256(token) })
    .where(eq(emailChanges.newEmail, email));
  await asCustomer(database, viewer, (tx) => confirmEmailChange(tx, viewer, token));
  viewer = { ...viewer, email };
}
const sendAll = () => database.admin.orm.update(outboxMails).set({ state: "sent", sentAt: new Date() });

describe("an address that the person had before", () => {
  test("is left nowhere", async () => {
    const former = viewer.email;
    const other = await createViewer(database);
    await asCustomer(database, other, (tx) => inviteColleague(tx, other, { email: former }));
    await finishRequest(viewer);
    await sendAll();
    await change();
    const between = viewer.email;
    await change();
    expect(await erasePerson(context, viewer.userId)).toBe("erased");
    for (const address of [former, between, viewer.email])
      expect(await findEverywhere(database, address)).toEqual([]);
  });

  test("is left nowhere either when the change itself was forgotten", async () => {
    const former = viewer.email;
    const requestId = await finishRequest(viewer);
    await sendAll();
    await change();
    await asSystem(context, "test", (tx) => purgeEmailChanges(tx, inHalfAYear));
    expect(await findEverywhere(database, former)).toEqual([
      "activation_requests",
      "terms_acceptances",
      "outbox_mails",
    ]);
    expect(await erasePerson(context, viewer.userId)).toBe("erased");
    expect(await findEverywhere(database, former)).toEqual([]);
    expect(await readRequest(database, requestId)).toMatchObject({
      notifiedEmail: pseudonymOf(viewer.userId),
    });
  });

  test("and that is somebody else's by now stays theirs, with their mails", async () => {
    const former = viewer.email;
    await change();
    const heir = await createViewer(database, former);
    const requestId = await finishRequest(heir);
    expect(await erasePerson(context, viewer.userId)).toBe("erased");
    expect(await readRequest(database, requestId)).toMatchObject({ notifiedEmail: former });
    const mails = await database.admin.orm
      .select()
      .from(outboxMails)
      .where(eq(outboxMails.subjectId, requestId));
    expect(mails).toMatchObject([{ recipient: former, state: "queued" }]);
  });
});

test("a colleague who was told in the person's place keeps their mail", async () => {
  const name = randomToken(6).toLowerCase();
  const [leaver, colleague] = await createAccount(database, [
    `a-${name}@example.com`,
    `b-${name}@example.com`,
  ]);
  if (!leaver || !colleague) throw new Error("two members");
  const requestId = await finishRequest(leaver);
  const isAbout = eq(outboxMails.subjectId, requestId);
  await database.admin.orm.update(outboxMails).set({ recipient: colleague.email }).where(isAbout);
  expect(await erasePerson(context, leaver.userId)).toBe("erased");
  expect(await database.admin.orm.select().from(outboxMails).where(isAbout)).toMatchObject([
    { recipient: colleague.email, state: "queued" },
  ]);
});

test("a company that was offered and never submitted is not named any more; one that was submitted is", async () => {
  const [picked = "", left = ""] = freshCompanies(2);
  await finishRequest(viewer, { offered: [picked, left], picked: [picked] });
  expect(await findEverywhere(database, `Company ${left}`)).toEqual(["candidates"]);
  expect(await erasePerson(context, viewer.userId)).toBe("erased");
  expect(await findEverywhere(database, `Company ${left}`)).toEqual([]);
  expect((await findEverywhere(database, `Company ${picked}`)).sort()).toEqual([
    "activations",
    "terms_acceptances",
  ]);
});
