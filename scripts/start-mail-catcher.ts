import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { MailDev } from "maildev";
import { findForeignOrigin } from "../sandbox/web/foreign-request";

/** Messages kept; the oldest go first. */
const MAX_EMAILS = 2_000;

function read(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
}

/**
 * MailDev answers every Origin and Host, and lets every site read and delete the mails. Its own settings reach neither its
 * CORS headers nor its web socket, so the requests of other sites' pages are kept from it.
 */
const emit = Server.prototype.emit;
Server.prototype.emit = function emitOwn(event: string | symbol, ...args: unknown[]): boolean {
  const passOn = (): boolean => Reflect.apply(emit, this, [event, ...args]);
  if (event !== "request" && event !== "upgrade") return passOn();
  const [request, answering] = args as [IncomingMessage, ServerResponse | Socket];
  const foreign = findForeignOrigin(request.headers);
  if (foreign === null) return passOn();
  if ("writeHead" in answering)
    answering.writeHead(403, { "content-type": "text/plain; charset=utf-8" }).end(`${foreign}\n`);
  else answering.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
  return true;
};

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
