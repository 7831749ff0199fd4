import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listenOnFreePort } from "@/testing/listen";
import { requireHttps } from "./https-only.mjs";

let settings = { publicUrl: "https://portal.example", trustedProxies: 1 };
const server = createServer((request, response) => {
  if (!requireHttps(settings, request, response)) response.end("page");
});
let address: string;
beforeAll(async () => {
  address = `http://127.0.0.1:${await listenOnFreePort(server)}`;
});
afterAll(() => {
  server.close();
});

const open = (path: string, proto?: string) =>
  fetch(address + path, {
    redirect: "manual",
    headers: proto === undefined ? {} : { "x-forwarded-proto": proto },
  });

describe("a portal at an https address", () => {
  test.each([[undefined], ["https"], ["http, https"]])(
    "forwarded as %s: served, by https alone from then on",
    async (proto) => {
      const answer = await open("/home", proto);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("strict-transport-security")).toBe("max-age=63072000");
    },
  );

  test.each([
    ["/a/token?x=1", "https://portal.example/a/token?x=1"],
    ["//evil.example/x", "https://portal.example/evil.example/x"],
    ["/\\evil.example", "https://portal.example/evil.example"],
  ])("over http %s leads to %s", async (path, location) => {
    const answer = await open(path, "https, http");
    expect(answer.status).toBe(308);
    expect(answer.headers.get("location")).toBe(location);
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=63072000");
  });

  test("without a counted proxy the header is anybody's", async () => {
    settings = { ...settings, trustedProxies: 0 };
    expect((await open("/home", "http")).status).toBe(200);
  });
});

test("a portal at an http address, a developer's own, asks for nothing", async () => {
  settings = { publicUrl: "http://127.0.0.1:4860", trustedProxies: 1 };
  const answer = await open("/home", "http");
  expect([answer.status, answer.headers.get("strict-transport-security")]).toEqual([200, null]);
});
