import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog, outboxMails, tasks } from "@/db/schema";
import { withScope } from "@/db/scope";
import { getRequestView } from "@/lib/activation/request/queries";
import { settleActivationRequest } from "@/lib/activation/request/settle-activation-request";
import { timeOutActivationRequest } from "@/lib/activation/request/time-out-activation-request";
import type { Viewer } from "@/lib/people/account/schema";
import { createMailer, type Mailer } from "@/lib/platform/mail/send-mail";
import { recordBounce } from "@/lib/platform/outbox/record-bounce";
import type { BounceNotice } from "@/lib/platform/outbox/schema";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { createIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { asOperator, createOperator } from "@/testing/fixtures/operator";
import { createRequest, passDeadline, readEvents } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { type RefusingMailServer, startRefusingMailServer } from "@/testing/refusing-mail-server";
import { listMails } from "./queries";
import { resendMail } from "./resend-mail";
import { sendQueuedMail } from "./send-queued-mail";

let database: TestDatabase;
let context: WorkerContext;
let operator: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  operator = await createOperator(database);
});
afterAll(() => database.close());

let server: RefusingMailServer;
let mailer: Mailer;
let viewer: Viewer;
let requestId: string;
let mailId: string;
beforeEach(async () => {
  server = await startRefusingMailServer();
  mailer = createMailer({ smtpUrl: server.smtpUrl, from: "portal@portal.example" });
  viewer = await createViewer(database);
  const integration = await createIntegration(database, { content: { partnerSteps: PAGE_STEPS } });
  ({ requestId } = await createRequest(database, viewer, integration));
  await passDeadline(database, requestId);
  await timeOutActivationRequest(context, requestId);
  await settleActivationRequest(context, requestId);
  mailId = (await readMail()).id;
});
afterEach(() => server.stop());

const readMail = async () =>
  only(await database.admin.orm.select().from(outboxMails).where(eq(outboxMails.subjectId, requestId)));
const readTasks = () => database.admin.orm.select().from(tasks).where(eq(tasks.subjectId, mailId));
const customerSees = async () =>
  (await asCustomer(database, viewer, (tx) => getRequestView(tx, requestId, "en"))).mail;

describe("a refusal for good", () => {
  beforeEach(async () => {
    server.refuse("RCPT", `550 5.1.1 <${viewer.email}>: no such user`);
    expect(await sendQueuedMail(context, mailer, mailId)).toBe("failed");
  });

  test("ends the tries, tells the customer on the page, and is a task without the address", async () => {
    const mail = await readMail();
    expect(mail).toMatchObject({
      state: "failed",
      tries: 1,
      lastError: expect.stringContaining("550 5.1.1"),
    });
    expect(mail.lastError).not.toContain(viewer.email);
    expect(await customerSees()).toBe("failed");
    expect(await readTasks()).toMatchObject([{ kind: "mail_failed", resolvedAt: null }]);
    expect(await sendQueuedMail(context, mailer, mailId)).toBe("nothing");
  });

  test("an operator sees it with the server's words and a masked address, and has it sent again", async () => {
    const seen = await asOperator(database, operator, (tx) => listMails(tx, { state: "failed" }));
    const row = seen.mails.find(({ id }) => id === mailId);
    expect(row).toMatchObject({ tries: 1, lastError: expect.stringContaining("no such user") });
    expect(row?.recipientMasked).toMatch(/^.\*\*\*@example\.com$/);
    expect(JSON.stringify(seen)).not.toContain(viewer.email);

    const resend = () => asOperator(database, operator, (tx) => resendMail(tx, operator, mailId));
    await resend();
    await expect(resend()).rejects.toMatchObject({ code: "conflict" });
    expect(await readEvents(database, mailId)).toEqual(["mail/queued", "mail/queued"]);
    const audited = await database.admin.orm.select().from(auditLog).where(eq(auditLog.subjectId, mailId));
    expect(audited).toMatchObject([{ action: "mail.resend", actorId: operator.userId }]);

    const { messageId } = await readMail();
    server.refuse("RCPT", "250 ok");
    expect(await sendQueuedMail(context, mailer, mailId)).toBe("sent");
    expect(await readMail()).toMatchObject({ state: "sent", messageId, lastError: null });
    expect((await readTasks()).map(({ resolvedAt }) => resolvedAt !== null)).toEqual([true]);
    expect(await customerSees()).toBe("sent");
  });
});

test("passing trouble is thrown for the job to try again, without the address", async () => {
  server.refuse("RCPT", `451 4.7.1 <${viewer.email}>: greylisted`);
  const failure: unknown = await sendQueuedMail(context, mailer, mailId).catch((error: unknown) => error);
  expect(String(failure)).toContain("greylisted");
  expect(String(failure)).not.toContain(viewer.email);
  expect(await readMail()).toMatchObject({ state: "queued", tries: 1 });
  expect(await readTasks()).toEqual([]);
});

test("a mail that has nothing left to say is dropped, and no trouble", async () => {
  await database.admin.orm
    .update(outboxMails)
    .set({ kind: "request_awaits_partner" })
    .where(eq(outboxMails.id, mailId));
  expect(await sendQueuedMail(context, mailer, mailId)).toBe("nothing");
  expect(await readMail()).toMatchObject({ state: "dropped" });
  expect(await readTasks()).toEqual([]);
});

test("a mail that comes back has failed after all, once it counts as sent", async () => {
  const { messageId } = await readMail();
  const notice = { messageId, kind: "permanent", reason: `${viewer.email} does not exist` } as const;
  const tell = (changes: Partial<BounceNotice> = {}) =>
    withScope(database.web, { kind: "auth" }, (tx) => recordBounce(tx, { ...notice, ...changes }));
  expect(await tell()).toBe(false);
  await sendQueuedMail(context, mailer, mailId);
  expect(await tell({ kind: "transient" })).toBe(false);
  expect(await tell({ messageId: "<nobody@kytkin>" })).toBe(false);
  expect(await readMail()).toMatchObject({ state: "sent" });
  expect(await tell({ messageId: messageId.slice(1, -1) })).toBe(true);
  const mail = await readMail();
  expect(mail).toMatchObject({ state: "failed", lastError: expect.stringContaining("does not exist") });
  expect(mail.lastError).not.toContain(viewer.email);
  expect(await customerSees()).toBe("failed");
  expect(await readTasks()).toMatchObject([{ kind: "mail_failed", resolvedAt: null }]);
  expect(await tell()).toBe(false);
});
