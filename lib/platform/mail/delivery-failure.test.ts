import { afterEach, beforeEach, expect, test } from "vitest";
import { type RefusingMailServer, startRefusingMailServer } from "@/testing/refusing-mail-server";
import { describeDeliveryFailure } from "./delivery-failure";
import { createMailer } from "./send-mail";

let server: RefusingMailServer;
beforeEach(async () => {
  server = await startRefusingMailServer();
});
afterEach(() => server.stop());

const mail = { to: "aino.esimerkki@example.com", subject: "Hello", text: "Hello", html: "<p>Hello</p>" };
async function send() {
  const mailer = createMailer({ smtpUrl: server.smtpUrl, from: "portal@portal.example" });
  const error = await mailer.sendMail(mail).then(
    () => null,
    (reason: unknown) => reason,
  );
  return error === null ? "taken" : describeDeliveryFailure(error);
}

test.each([
  ["RCPT", "550 5.1.1 <aino.esimerkki@example.com>: no such user", true],
  ["RCPT", "450 4.2.1 <aino.esimerkki@example.com>: mailbox busy", false],
  ["DATA", "554 5.7.1 message looks like spam", true],
  ["DATA", "451 4.3.0 try again later", false],
  // Our own address, which the operator can put right.
  ["MAIL", "553 5.7.1 sender address rejected: not owned by user", false],
] as const)("%s answered with %s", async (verb, answer, isFinal) => {
  server.refuse(verb, answer);
  const failure = await send();
  expect(failure).toMatchObject({ isFinal });
  expect(JSON.stringify(failure)).toContain(answer.slice(0, 9));
  expect(JSON.stringify(failure)).not.toContain("aino.esimerkki@");
});

test("nobody at the other end is passing trouble", async () => {
  await server.stop();
  expect(await send()).toMatchObject({ isFinal: false, said: expect.stringContaining("ECONNREFUSED") });
});

test("what is taken is taken", async () => {
  expect(await send()).toBe("taken");
});
