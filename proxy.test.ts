import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rateLimits } from "@/db/schema";
import { countLinkGuess } from "@/lib/catalogue/integration/link-guesses";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createIntegration } from "@/testing/fixtures/integration";
import { startWebProcess } from "@/testing/fixtures/web-process";
import { proxy } from "./proxy";

let database: TestDatabase;
let stopWeb: () => Promise<void>;
beforeAll(async () => {
  database = await createTestDatabase();
  stopWeb = startWebProcess(database, { KYTKIN_TRUSTED_PROXIES: "1" });
});
afterAll(async () => {
  await stopWeb();
  await database.close();
});

/** One address after the other is forged by the client; the last one is what our own proxy saw. */
const from = (ip: string): Headers => new Headers({ "x-forwarded-for": `203.0.113.200, ${ip}` });
const open = async (path: string, ip: string) =>
  (await proxy(new NextRequest(`https://portal.example${path}`, { headers: from(ip) }))).status;

async function guess(times: number, ip: string): Promise<void> {
  for (let count = 0; count < times; count++) await countLinkGuess(from(ip));
}

test("the twenty-first unknown link of one address in a quarter of an hour is 429, of another it is not", async () => {
  await guess(19, "192.0.2.1");
  expect(await open("/a/unknown", "192.0.2.1")).toBe(200);
  await guess(1, "192.0.2.1");
  expect(await open("/a/unknown", "192.0.2.1")).toBe(429);
  expect(await open("/a/unknown/environments", "192.0.2.1")).toBe(429);
  expect(await open("/a/unknown", "192.0.2.2")).toBe(200);
});

test("a link that exists stays open for an address that guesses, and so does every other page", async () => {
  const { linkToken } = await createIntegration(database);
  await guess(20, "192.0.2.3");
  expect(await open(`/a/${linkToken}`, "192.0.2.3")).toBe(200);
  expect(await open(`/a/${linkToken}/environments`, "192.0.2.3")).toBe(200);
  expect(await open("/home", "192.0.2.3")).toBe(200);
});

test("after a quarter of an hour the address may try again", async () => {
  await guess(20, "192.0.2.4");
  expect(await open("/a/unknown", "192.0.2.4")).toBe(429);
  await database.admin.orm.update(rateLimits).set({ windowEndsAt: new Date(Date.now() - 1000) });
  expect(await open("/a/unknown", "192.0.2.4")).toBe(200);
});
