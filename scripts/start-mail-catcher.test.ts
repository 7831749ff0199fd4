import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseFreePort } from "./process/port";
import { waitUntil } from "./process/wait-until";

let directory: string;
let smtpPort: number;
let port: number;
let child: ChildProcess;

type Answer = { status: number | undefined; headers: IncomingHttpHeaders; body: string };

/** `fetch` sets Host by itself; this sends it as it is told. */
function send(method: string, path: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, method, path, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    outgoing.once("error", reject).end();
  });
}

const countMails = async () => (JSON.parse((await send("GET", "/api/email")).body) as unknown[]).length;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "kytkin-catcher-"));
  [smtpPort, port] = [await chooseFreePort(), await chooseFreePort()];
  child = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "start-mail-catcher.ts")], {
    env: {
      NODE_ENV: "production",
      MAIL_CATCHER_HOST: "127.0.0.1",
      MAIL_CATCHER_SMTP_PORT: String(smtpPort),
      MAIL_CATCHER_WEB_PORT: String(port),
      MAIL_CATCHER_DIRECTORY: directory,
    },
    stdio: "ignore",
  });
  const isUp = () =>
    send("GET", "/api/healthz").then(
      ({ status }) => status === 200,
      () => false,
    );
  expect(await waitUntil(isUp, 30_000)).toBe(true);
  const mailer = createTransport({ host: "127.0.0.1", port: smtpPort });
  await mailer.sendMail({
    from: "a@example.com",
    to: "b@example.com",
    subject: "Code 123456",
    text: "123456",
  });
}, 40_000);
afterAll(async () => {
  child.kill("SIGTERM");
  await once(child, "exit");
  await rm(directory, { recursive: true, force: true });
});

test("programs, and the catcher's own page, read the mails", async () => {
  const own = {
    host: `localhost:${port}`,
    origin: `http://localhost:${port}`,
    "sec-fetch-site": "same-origin",
  };
  expect((await send("GET", "/api/email")).body).toContain("123456");
  expect((await send("GET", "/api/email", own)).body).toContain("123456");
  const led = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
  expect((await send("GET", "/", { ...led, accept: "text/html" })).status).toBe(200);
});

const FOREIGN: [string, OutgoingHttpHeaders][] = [
  ["another site's page", { origin: "https://evil.example" }],
  ["a page that hides its origin", { origin: "null" }],
  ["a page of another server on this machine", { origin: "http://127.0.0.1:1" }],
  ["a name that was made to point here", { host: "evil.example" }],
  ["such a name with the catcher's port", { host: "evil.example:1080", origin: "http://evil.example:1080" }],
  ["an image or script of another site", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
  ["a frame", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }],
];

test.each(FOREIGN)("%s reads nothing and deletes nothing", async (_who, headers) => {
  for (const method of ["GET", "DELETE", "OPTIONS"]) {
    const answer = await send(method, method === "DELETE" ? "/api/email/all" : "/api/email", headers);
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain("123456");
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  }
  expect(await countMails()).toBe(1);
});

test("another site's web socket is refused", async () => {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    answer += chunk;
  });
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: https://evil.example\r\n` +
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
  );
  await once(socket, "close");
  expect(answer).toMatch(/^HTTP\/1\.1 403/);
});
