import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isPublicAddress } from "./address";
import { type Resolver, resolveTarget } from "./resolve-target";
import { sendOutgoing } from "./send-outgoing";

const PUBLIC = { address: "93.184.215.14", family: 4 };
const resolver = (...addresses: string[]): Resolver =>
  vi.fn(async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));
const strict = (resolve: Resolver = resolver(PUBLIC.address)) => ({ allowLoopback: false, resolve });

describe("addresses that are never called", () => {
  test.each([
    ["this host", "https://0.0.0.0/"],
    ["this host, short", "https://0/"],
    ["loopback", "https://127.0.0.1/"],
    ["loopback, other", "https://127.8.9.10/"],
    ["loopback, short", "https://127.1/"],
    ["decimal", "https://2130706433/"],
    ["octal", "https://0177.0.0.1/"],
    ["hexadecimal", "https://0x7f.0x0.0x0.0x1/"],
    ["full-width digits", "https://１２７.０.０.１/"],
    ["private 10", "https://10.1.2.3/"],
    ["private 172", "https://172.16.0.1/"],
    ["private 192", "https://192.168.1.1/"],
    ["carrier-grade NAT", "https://100.64.0.1/"],
    ["metadata", "https://169.254.169.254/latest/meta-data/"],
    ["broadcast", "https://255.255.255.255/"],
    ["multicast", "https://224.0.0.1/"],
    ["IPv6 loopback", "https://[::1]/"],
    ["IPv6 unspecified", "https://[::]/"],
    ["IPv4-compatible", "https://[::7f00:1]/"],
    ["IPv4-mapped", "https://[::ffff:127.0.0.1]/"],
    ["IPv4-mapped, hexadecimal", "https://[::ffff:a9fe:a9fe]/"],
    ["NAT64", "https://[64:ff9b::7f00:1]/"],
    ["local NAT64", "https://[64:ff9b:1::7f00:1]/"],
    ["6to4", "https://[2002:7f00:1::]/"],
    ["Teredo", "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/"],
    ["unique local", "https://[fd00::1]/"],
    ["link-local", "https://[fe80::1]/"],
    ["a zone", "https://[fe80::1%25eth0]/"],
    ["documentation", "https://[2001:db8::1]/"],
    ["user info", "https://user:secret@partner.example/"],
    ["user info that looks like a host", "https://partner.example@10.0.0.1/"],
    ["no encryption", "http://partner.example/"],
    ["another protocol", "file:///etc/passwd"],
    ["no address at all", "partner.example"],
  ])("%s: %s", async (_, url) => {
    const rules = strict();
    await expect(resolveTarget(url, rules)).rejects.toMatchObject({ name: "RefusedTarget" });
  });

  test.each([
    [["127.0.0.1"]],
    [["10.0.0.1"]],
    [["fe80::1%eth0"]],
    [["::ffff:10.0.0.1"]],
    // One public answer does not make the other one public.
    [[PUBLIC.address, "169.254.169.254"]],
    [["2606:2800:220:1:248:1893:25c8:1946", "fd00::1"]],
    [[]],
  ])("a name that leads to %j", async (addresses) => {
    await expect(
      resolveTarget("https://partner.example/", strict(resolver(...addresses))),
    ).rejects.toMatchObject({ name: "RefusedTarget" });
  });
});

test("what is public may be called", async () => {
  expect(await resolveTarget("https://partner.example/hooks", strict())).toMatchObject(PUBLIC);
  for (const address of ["8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
    expect(isPublicAddress(address)).toBe(true);
  expect(isPublicAddress("fe80::1%eth0")).toBe(false);
});

describe("a call", () => {
  let port: number;
  let stop: () => void;
  let seen: IncomingMessage[] = [];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  beforeAll(async () => {
    const server = createServer((request, response) => {
      seen.push(request);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    ({ port } = server.address() as AddressInfo);
    stop = () => server.close();
  });
  afterAll(() => stop());

  const open = (resolve = resolver("127.0.0.1")) => ({ allowLoopback: true, resolve });
  const send = (path = "/", rules = open(), timeoutMs = 5000) => {
    seen = [];
    return sendOutgoing(
      {
        method: "POST",
        url: `http://localhost:${port}${path}`,
        headers: { "content-type": "text/plain" },
        body: "hello",
        timeoutMs,
        maxAnswerBytes: 100,
      },
      rules,
    );
  };

  test("resolves the name once and goes to the address that was looked at", async () => {
    answer = (_, response) => response.end("thanks");
    // A name that changes its address between the check and the connection.
    const addresses = ["127.0.0.1", "10.0.0.1"];
    const rebinding: Resolver = vi.fn(async () => [{ address: addresses.shift() ?? "", family: 4 }]);
    expect(await send("/", open(rebinding))).toMatchObject({
      kind: "answered",
      status: 200,
      body: "thanks",
    });
    expect(rebinding).toHaveBeenCalledTimes(1);
    expect(seen[0]?.headers.host).toBe(`localhost:${port}`);
  });

  test("follows no redirect", async () => {
    answer = (_, response) =>
      response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end();
    expect(await send()).toMatchObject({ kind: "answered", status: 302 });
    expect(seen).toHaveLength(1);
  });

  test("keeps the beginning of a long answer", async () => {
    answer = (_, response) => {
      const more = () => {
        while (response.write("x".repeat(1000)));
        response.once("drain", more);
      };
      more();
    };
    const answered = await send();
    expect(answered).toMatchObject({ kind: "answered", body: "x".repeat(100) });
  });

  test("ends in time, whatever the other side does", async () => {
    answer = () => {};
    expect(await send("/", open(), 100)).toEqual({ kind: "failed", error: "no answer in time" });
    const silent: Resolver = () => new Promise(() => {});
    expect(await send("/", open(silent), 100)).toEqual({ kind: "failed", error: "no answer in time" });
  });

  test("to loopback is refused without the development setting", async () => {
    expect(await send("/", { ...open(), allowLoopback: false })).toMatchObject({ kind: "failed" });
    expect(seen).toEqual([]);
  });
});
