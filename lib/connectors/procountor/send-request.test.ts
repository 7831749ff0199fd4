import { createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { makeProcountorContext } from "@/testing/procountor-sandbox";
import { sendRequest, type VendorRequest } from "./send-request";

const request: VendorRequest = {
  operation: "PUT /integrations/{requestId}",
  method: "PUT",
  path: "/integrations/1",
  body: "{}",
  timeoutMs: 5000,
  secrets: [],
};

/** A listener that does `act` with each connection, and its URL while `use` runs. */
async function withListener(
  act: (socket: Socket) => void,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const server = createServer(act);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  try {
    await use(`http://127.0.0.1:${address.port}`);
  } finally {
    server.close();
  }
}

async function findClosedPort(): Promise<string> {
  let closed = "";
  await withListener(
    () => {},
    async (url) => {
      closed = url;
    },
  );
  return closed;
}

test("a refused connection and a host without an address were never sent", async () => {
  for (const url of [await findClosedPort(), "http://procountor.invalid"]) {
    await expect(sendRequest(makeProcountorContext(url), request)).rejects.toMatchObject({
      kind: "unavailable",
      unsent: true,
      answer: { status: null, messages: [], operation: request.operation },
    });
  }
});

test("a connection that breaks before an answer may have carried the request", async () => {
  await withListener(
    (socket) => socket.once("data", () => socket.destroy()),
    async (url) => {
      const answer = sendRequest(makeProcountorContext(url), request);
      await expect(answer).rejects.toMatchObject({
        kind: "unavailable",
        unsent: false,
        answer: { status: null },
      });
    },
  );
});

test("so may one that breaks in the middle of the answer", async () => {
  await withListener(
    (socket) => socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{")),
    async (url) => {
      const answer = sendRequest(makeProcountorContext(url), request);
      await expect(answer).rejects.toMatchObject({ kind: "unavailable", unsent: false });
    },
  );
});

test("a vendor that never answers is given up", async () => {
  await withListener(
    (socket) => socket.resume(),
    async (url) => {
      const answer = sendRequest(makeProcountorContext(url), { ...request, timeoutMs: 50 });
      await expect(answer).rejects.toMatchObject({ kind: "unavailable", unsent: false });
    },
  );
});

test("a 200 that is no JSON is unexpected, a proxy's error page says nothing", async () => {
  const sendText = (head: string, body: string) =>
    `HTTP/1.1 ${head}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`;
  await withListener(
    (socket) => socket.once("data", () => socket.end(sendText("200 OK", "<html>"))),
    async (url) => {
      const answer = sendRequest(makeProcountorContext(url), request);
      await expect(answer).rejects.toMatchObject({ kind: "unexpected", answer: { status: 200 } });
    },
  );
  await withListener(
    (socket) => socket.once("data", () => socket.end(sendText("502 Bad Gateway", "<html>"))),
    async (url) => {
      const answer = sendRequest(makeProcountorContext(url), request);
      await expect(answer).rejects.toMatchObject({
        kind: "unavailable",
        answer: { status: 502, messages: [] },
      });
    },
  );
});
