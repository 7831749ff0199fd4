import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { activationRequests, outboxMails } from "@/db/schema";
import { getRequestView } from "@/lib/activation/request/queries";
import { createMailer } from "@/lib/platform/mail/send-mail";
import { asCustomer } from "@/testing/fixtures/account";
import { only } from "@/testing/fixtures/only";
import { createVendorWorld, submitToVendor, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { startWorkerProcess } from "@/testing/fixtures/worker-process";
import { type MailCatcher, startMailCatcher } from "@/testing/mail-catcher";
import { waitFor } from "@/testing/wait-for";

let world: VendorWorld;
let catcher: MailCatcher;
beforeAll(async () => {
  [world, catcher] = await Promise.all([createVendorWorld(), startMailCatcher()]);
});
afterAll(async () => {
  await catcher.stop();
  await world.close();
});

const PATIENCE = { timeout: 30_000 };

test("a mail server that is down delays the mail: the page says so, and it comes once when the server is back", async () => {
  await catcher.stop();
  const mailer = createMailer({ smtpUrl: catcher.smtpUrl, from: "Kytkin <portal@portal.example>" });
  const stopWorker = await startWorkerProcess(world.database, world.context, mailer, [100]);
  const { requestId, viewer } = await submitToVendor(world, [15501]);
  const { orm } = world.database.admin;
  const readMail = async () =>
    only(await orm.select().from(outboxMails).where(eq(outboxMails.subjectId, requestId)));
  const readView = () => asCustomer(world.database, viewer, (tx) => getRequestView(tx, requestId, "en"));

  // Tried more than once and still there.
  await waitFor(async () => expect((await readMail()).tries).toBeGreaterThan(1), PATIENCE);
  expect(await readMail()).toMatchObject({
    state: "queued",
    lastError: expect.stringContaining("ECONNREFUSED"),
  });
  expect(await readView()).toMatchObject({ state: "settled", mail: "not_yet" });
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await orm
    .update(activationRequests)
    .set({ settledAt: anHourAgo })
    .where(eq(activationRequests.id, requestId));
  expect((await readView()).mail).toBe("delayed");

  catcher = await startMailCatcher(catcher.port);
  const arrived = only(await catcher.listMails(viewer.email, 1));
  await waitFor(async () => expect((await readMail()).state).toBe("sent"), PATIENCE);
  expect(arrived.headers).toMatchObject({ "message-id": (await readMail()).messageId });
  expect((await readView()).mail).toBe("sent");
  await stopWorker();
  expect(await catcher.listMails(viewer.email, 1)).toHaveLength(1);
}, 60_000);
