import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, serve } from "@/sandbox/web/serve";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { createIntegration } from "@/testing/fixtures/integration";
import { createRequest } from "@/testing/fixtures/request";
import type { Sample } from "./page";
import { serveGuide } from "./serve-guide";

let database: TestDatabase;
let mail: RunningServer;
let guide: RunningServer;
let sample: Sample = { state: "off" };
const messages: { id: string; to: { address: string }[] }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  mail = await serve(0, (exchange) => exchange.sendJson(200, { items: messages }));
  guide = await serveGuide({
    port: 0,
    sql: database.admin.sql,
    readSample: async () => sample,
    addresses: {
      portal: "http://localhost:1",
      shop: "http://localhost:2/shop",
      mail: mail.url,
      procountor: "http://localhost:3",
      poweroffice: "http://localhost:4",
      superoffice: "http://localhost:5",
      gateway: null,
      orders: "http://localhost:1/a/orders",
      links: { automatic: "http://localhost:1/a/orders" },
    },
  });
});
afterAll(async () => {
  await guide.close();
  await mail.close();
  await database.close();
});

async function read(path: string): Promise<string> {
  const answer = await fetch(guide.url + path);
  expect(answer.status, path).toBe(200);
  return answer.text();
}

/** Ids of the steps that the page shows as done. */
async function listDone(track: string): Promise<string[]> {
  const steps = (await read(`/${track}`)).matchAll(/<li class="step( done)?[^"]*" id="([^"]+)"/g);
  return [...steps].filter(([, done]) => done !== undefined).map(([, , id]) => id ?? "");
}

test("a step is ticked by the rows that doing it leaves, and by nothing else", async () => {
  expect(await listDone("customer")).toEqual([]);
  const integration = await createIntegration(database);
  const someone = await createViewer(database, "someone@example.com");
  await createRequest(database, someone, integration);
  expect(await listDone("customer")).toEqual([]);
  const owner = await createViewer(database, "owner@example.com");
  await createRequest(database, owner, integration, { offered: ["another"] });
  expect(await listDone("customer")).toEqual(["customer-accept", "customer-submit"]);
  expect(await read("/customer")).toContain("2 of 5 steps are done.");
});

test("every role has a page, and what needs the sample says how it stands", async () => {
  for (const track of ["customer", "accountant", "partner", "consultant", "operator"])
    expect(await read(`/${track}`)).toContain('aria-current="page"');
  sample = { state: "making", connected: 12 };
  expect(await read("/accountant")).toContain("12 of 60 companies are connected");
  expect(await read("/customer")).not.toContain("12 of 60");
  sample = { state: "complete", since: new Date() };
  expect(await read("/accountant")).not.toContain('class="note"');
  expect((await fetch(`${guide.url}/nothing`)).status).toBe(404);
});

test("the newest mail of a person is found, and its absence told", async () => {
  expect(await read("/mail/owner")).toContain("No mail to Otso Omistaja yet");
  const to = (address: string) => [{ address }];
  messages.push(
    { id: "c", to: to("other@example.com") },
    { id: "b", to: to("Owner@example.com") },
    { id: "a", to: to("owner@example.com") },
  );
  const answer = await fetch(`${guide.url}/mail/owner`, { redirect: "manual" });
  expect(answer.headers.get("location")).toBe(`${mail.url}/#/email/b`);
  expect((await fetch(`${guide.url}/mail/stranger`)).status).toBe(404);
});

test("the sample file has twelve invoices, of which three are bad", async () => {
  const lines = (await read("/invoices.csv")).trim().split("\r\n").slice(1);
  const isBad = (line: string) => {
    const [, date = "", , email, , , , vat = ""] = line.split(";");
    return !/^\d{4}-/.test(date) || email === "" || vat === "13";
  };
  expect([lines.length, lines.filter(isBad).length]).toEqual([12, 3]);
});
