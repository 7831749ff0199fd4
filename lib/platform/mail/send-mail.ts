import { createTransport } from "nodemailer";
import { cleanLine } from "@/lib/core/outside-text";

type Mail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  replyTo?: string;
  /** With angle brackets, e.g. `<id@portal.example>`: the same for every try of one mail. */
  messageId?: string;
  headers?: Record<string, string>;
};
export type MailerSettings = {
  smtpUrl: string;
  from: string;
  /** The envelope's sender, where it is not the address in `from`. */
  returnPath?: string;
};
export type Mailer = { sendMail(mail: Mail): Promise<void> };

const TIMEOUTS = { connectionTimeout: "10000", greetingTimeout: "10000", socketTimeout: "20000" };

/** nodemailer reads options from the URL's query; what the installation's own URL says goes first. */
function withTimeouts(smtpUrl: string): string {
  const url = new URL(smtpUrl);
  for (const [name, milliseconds] of Object.entries(TIMEOUTS)) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, milliseconds);
  }
  return url.href;
}

/** One address without a name; throws `EENVELOPE`, as nodemailer does, for anything that could be read as more. */
function oneAddress(address: string): { name: string; address: string } {
  if (/^[^\s\p{C},;:<>()[\]"\\@]+@[^\s\p{C},;:<>()[\]"\\@]+$/u.test(address)) return { name: "", address };
  // As a refused recipient: another try cannot help.
  throw Object.assign(new Error("not one e-mail address"), {
    code: "EENVELOPE",
    command: "RCPT TO",
    responseCode: 553,
  });
}

/**
 * Sends through an SMTP server: `smtp://user:password@host:port`, or `smtps://` for TLS from the start. `sendMail`
 * rejects with nodemailer's error when the server refuses or does not answer.
 */
export function createMailer(settings: MailerSettings): Mailer {
  const transport = createTransport(withTimeouts(settings.smtpUrl), {
    from: settings.from,
    // Keeps out-of-office answers away (RFC 3834).
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    sendMail: async ({ to, replyTo, subject, ...mail }) => {
      // Objects, which nodemailer takes as they are; of a text it makes a list.
      const recipient = oneAddress(to);
      await transport.sendMail({
        ...mail,
        subject: cleanLine(subject),
        to: recipient,
        ...(replyTo !== undefined && { replyTo: oneAddress(replyTo) }),
        envelope: { from: settings.returnPath ?? settings.from, to: [recipient.address] },
      });
    },
  };
}
