import { MailDev } from "maildev";

/** Messages kept; the oldest go first. */
const MAX_EMAILS = 2_000;

function read(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
}

const host = read("MAIL_CATCHER_HOST");
const catcher = new MailDev({
  ip: host,
  smtp: Number(read("MAIL_CATCHER_SMTP_PORT")),
  webIp: host,
  web: Number(read("MAIL_CATCHER_WEB_PORT")),
  mailDirectory: read("MAIL_CATCHER_DIRECTORY"),
  maxEmails: MAX_EMAILS,
});

async function stop(): Promise<void> {
  await catcher.stop();
  process.exit(0);
}

process.once("SIGTERM", stop);
process.once("SIGINT", stop);
await catcher.start();
