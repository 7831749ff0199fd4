import { type OutgoingHttpHeaders, request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, serve } from "./serve";

let server: RunningServer;
let handled = 0;

beforeAll(async () => {
  server = await serve(0, (exchange) => {
    handled += 1;
    exchange.sendJson(200, {});
  });
});
afterAll(() => server.close());

function send(headers: OutgoingHttpHeaders, path = "/", method = "POST"): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port: server.port, method, path, headers }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    outgoing.once("error", reject).end();
  });
}

test("programs without Origin, own pages, and a person led here by another site are answered", async () => {
  const host = `localhost:${server.port}`;
  const led = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
  for (const headers of [{}, { host }, { host, origin: `http://${host}` }, led])
    expect(await send(headers)).toBe(200);
});

test("no page of another site is answered, nor a name that was made to point here", async () => {
  handled = 0;
  const foreign = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:1" },
    { host: "evil.example" },
    { host: "127.0.0.1.evil.example" },
    { host: "not a host" },
    { "sec-fetch-site": "same-site", "sec-fetch-mode": "cors" },
  ];
  for (const headers of foreign) expect(await send(headers), JSON.stringify(headers)).toBe(403);
  expect(handled).toBe(0);
});

test("a browser's wish for an icon is no 404", async () => {
  expect(await send({}, "/favicon.ico", "GET")).toBe(204);
});
