import { readFile } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { outboxMails } from "@/db/schema";
import { settleActivationRequest } from "@/lib/activation/request/settle-activation-request";
import { timeOutActivationRequest } from "@/lib/activation/request/time-out-activation-request";
import { createMailer, type Mailer } from "@/lib/platform/mail/send-mail";
import type { WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { createIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { createRequest, passDeadline, readEvents } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { type MailCatcher, startMailCatcher } from "@/testing/mail-catcher";
import { sendQueuedMail } from "./send-queued-mail";

let database: TestDatabase;
let context: WorkerContext;
let catcher: MailCatcher;
beforeAll(async () => {
  [database, catcher] = await Promise.all([createTestDatabase(), startMailCatcher()]);
  context = makeWorkerContext(database);
  mailer = createMailer({ smtpUrl: catcher.smtpUrl, from });
});
afterAll(async () => {
  await catcher.stop();
  await database.close();
});

const from = "Kytkin <portal@portal.example>";
let mailer: Mailer;
/** Nobody listens there. */
const deafServer = createMailer({ smtpUrl: "smtp://127.0.0.1:1", from });

let requestId: string;
let recipient: string;
beforeEach(async () => {
  const viewer = await createViewer(database);
  const integration = await createIntegration(database, { content: { partnerSteps: PAGE_STEPS } });
  ({ requestId } = await createRequest(database, viewer, integration));
  recipient = viewer.email;
  await passDeadline(database, requestId);
  await timeOutActivationRequest(context, requestId);
});

const queued = async () =>
  only(await database.admin.orm.select().from(outboxMails).where(eq(outboxMails.subjectId, requestId)));

test("a settled request gets one mail, however often and at once it is settled", async () => {
  await Promise.all(Array.from({ length: 10 }, () => settleActivationRequest(context, requestId)));
  const mail = await queued();
  expect(mail).toMatchObject({ kind: "request_settled", recipient, state: "queued", tries: 0 });
  expect(await readEvents(database, mail.id)).toEqual(["mail/queued"]);
});

test("it goes to whom it was promised, with replies to the partner's support, and is sent once", async () => {
  await settleActivationRequest(context, requestId);
  const { id, messageId } = await queued();
  expect(await sendQueuedMail(context, mailer, id)).toBe("sent");
  expect(await sendQueuedMail(context, mailer, id)).toBe("nothing");
  const mail = only(await catcher.listMails(recipient, 1));
  expect(mail.headers).toMatchObject({ "message-id": messageId });
  // The catcher reads this header as one of the fields that it does not show.
  expect(await readFile(String(mail.source), "utf8")).toMatch(/^Reply-To: support@partner\.example\r?$/m);
  expect(mail.text).toContain(`https://portal.example/requests/${requestId}`);
  expect(await queued()).toMatchObject({ state: "sent", tries: 1, lastError: null });
});

test("while the mail server refuses it stays queued, under the same Message-ID", async () => {
  await settleActivationRequest(context, requestId);
  const { id, messageId } = await queued();
  await expect(sendQueuedMail(context, deafServer, id)).rejects.toThrow("ECONNREFUSED");
  const refused = { state: "queued", tries: 1, lastError: expect.stringContaining("ECONNREFUSED") };
  expect(await queued()).toMatchObject(refused);
  await sendQueuedMail(context, mailer, id);
  const mail = only(await catcher.listMails(recipient, 1));
  expect(mail.headers).toMatchObject({ "message-id": messageId });
  expect(await queued()).toMatchObject({ state: "sent", tries: 2 });
});

test("a mark that was lost after the sending means the same message again, not another one", async () => {
  await settleActivationRequest(context, requestId);
  const { id } = await queued();
  await sendQueuedMail(context, mailer, id);
  await database.admin.orm.update(outboxMails).set({ state: "queued" }).where(eq(outboxMails.id, id));
  await sendQueuedMail(context, mailer, id);
  const mails = await catcher.listMails(recipient, 2);
  expect(new Set(mails.map((mail) => mail.headers["message-id"])).size).toBe(1);
});
