import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MailDev } from "maildev";
import { createTranslator } from "next-intl";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { randomToken } from "@/lib/core/hash";
import { createMailer } from "@/lib/platform/mail/send-mail";
import messages from "@/messages/en/mail.json";
import { startRefusingMailServer } from "@/testing/refusing-mail-server";
import { waitFor } from "@/testing/wait-for";
import { sendSignInMail, signInLink } from "./send-sign-in-mail";

let directory: string;
let catcher: MailDev;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "kytkin-mail-"));
  catcher = new MailDev({
    ip: "127.0.0.1",
    smtp: 0,
    disableWeb: true,
    mailDirectory: directory,
    silent: true,
  });
  await catcher.start();
});
afterAll(async () => {
  await catcher.stop();
  await rm(directory, { recursive: true, force: true });
});
const smtp = () => {
  const servers = catcher.getServers();
  if (!servers) throw new Error("The mail catcher is not running.");
  return servers.smtp;
};
afterEach(() => smtp().deleteAllEmails());

const publicUrl = "https://portal.example";
const words = createTranslator({ locale: "en", messages, namespace: "mail.signIn" });
const mailer = (port: number) =>
  createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: "Kytkin <portal@portal.example>" });
const secrets = () => ({ id: crypto.randomUUID(), linkToken: randomToken(), code: "042137" });

async function send(email: string) {
  const sent = secrets();
  await sendSignInMail(mailer(smtp().getPort()), { publicUrl, email, locale: "en", words, secrets: sent });
  const mail = await waitFor(async () => {
    const [first] = await smtp().getAllEmails();
    if (!first) throw new Error("no mail yet");
    return first;
  });
  return { sent, mail };
}

test("the mail holds the link and the code, in text and in HTML, and no other secret", async () => {
  const { sent, mail } = await send("aino@example.com");
  const link = `${publicUrl}/sign-in/link?token=${sent.linkToken}`;
  expect(signInLink(publicUrl, sent.linkToken)).toBe(link);
  expect(mail.to).toMatchObject([{ address: "aino@example.com" }]);
  expect(mail.subject).not.toContain("042");
  for (const body of [mail.text, mail.html]) {
    expect(body).toContain(link);
    expect(body).toContain("042 137");
    expect(body).not.toContain(sent.id);
    // Every address in it is the link itself: nothing is loaded from elsewhere and nobody is told of the opening.
    const addresses = String(body).match(/https?:\/\/[^\s"<>]+/g) ?? [];
    expect(new Set(addresses)).toEqual(new Set([link]));
  }
  expect(mail.headers).toMatchObject({ "auto-submitted": "auto-generated" });
});

test("a mail server that is down is no error for the one who asked", async () => {
  const input = { publicUrl, email: "aino@example.com", locale: "en", words, secrets: secrets() };
  await expect(sendSignInMail(mailer(1), input, [1, 1])).resolves.toBeUndefined();
  await expect(
    mailer(1).sendMail({ to: input.email, subject: "s", text: "t", html: "h" }),
  ).rejects.toMatchObject({ code: "ESOCKET" });
});

test("a server that says later gets the mail again; one that says no does not", async () => {
  const server = await startRefusingMailServer();
  const email = "aino@example.com";
  try {
    const { sendMail } = createMailer({ smtpUrl: server.smtpUrl, from: "portal@portal.example" });
    let tries = 0;
    const counting = {
      sendMail: async (mail: Parameters<typeof sendMail>[0]) => {
        tries += 1;
        if (tries === 3) server.refuse("RCPT", "");
        await sendMail(mail);
      },
    };
    const input = { publicUrl, email, locale: "en", words, secrets: secrets() };
    server.refuse("RCPT", `450 4.2.0 <${email}>: greylisted`);
    await sendSignInMail(counting, input, [1, 1, 1, 1]);
    expect(tries).toBe(3);
    tries = 10;
    server.refuse("RCPT", `550 5.1.1 <${email}>: no such user`);
    await sendSignInMail(counting, input, [1, 1, 1, 1]);
    expect(tries).toBe(11);
  } finally {
    await server.stop();
  }
});
