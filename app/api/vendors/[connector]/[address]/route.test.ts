import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { inboundAddresses, inboundCalls } from "@/db/schema";
import { ensureIntakeKey } from "@/lib/activation/pasted-key/ensure-intake-key";
import { CALL_LIMIT, MAX_CALL_BYTES } from "@/lib/connection/inbound/schema";
import { randomToken, sha256 } from "@/lib/core/hash";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createIntegration } from "@/testing/fixtures/integration";
import { startWebProcess } from "@/testing/fixtures/web-process";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { POST } from "./route";

let database: TestDatabase;
let closePool: () => Promise<void>;
const address = randomToken();
beforeAll(async () => {
  database = await createTestDatabase();
  closePool = startWebProcess(database);
  await ensureIntakeKey(makeWorkerContext(database));
  const { vendorApplicationId } = await createIntegration(database, {
    connector: { id: "superoffice", name: "SuperOffice" },
  });
  await database.admin.orm
    .insert(inboundAddresses)
    .values({ vendorApplicationId, connector: "superoffice", tokenHash: sha256(address) });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await closePool();
  await database.close();
});

async function call(
  body: BodyInit,
  {
    connector = "superoffice",
    to = address,
    headers = {},
  }: { connector?: string; to?: string; headers?: HeadersInit } = {},
) {
  const request = new Request(`https://portal.example/api/vendors/${connector}/${to}`, {
    method: "POST",
    body,
    headers,
    duplex: "half",
  } as RequestInit);
  return POST(request, { params: Promise.resolve({ connector, address: to }) });
}
const countKept = async () => (await database.admin.orm.select().from(inboundCalls)).length;

test("what comes to an address of the vendor is kept, whatever it is, and answered without a word", async () => {
  const response = await call("{not json");
  expect([response.status, await response.text()]).toEqual([200, ""]);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await countKept()).toBe(1);
});

test.each([
  ["another address", { to: randomToken() }],
  ["another vendor", { connector: "procountor" }],
  ["no vendor", { connector: "constructor" }],
  ["an empty address", { to: "" }],
] as const)("%s is the same 404, and nothing is read or kept", async (_, options) => {
  const before = await countKept();
  const body = new ReadableStream(
    {
      pull: () => {
        throw new Error("the body was read");
      },
    },
    { highWaterMark: 0 },
  );
  expect((await call(body, options)).status).toBe(404);
  expect(await countKept()).toBe(before);
});

test("more than a notice has is 413, whether its length is told or not", async () => {
  const before = await countKept();
  const large = "x".repeat(MAX_CALL_BYTES + 1);
  expect((await call(large)).status).toBe(413);
  const stream = new Blob([large]).stream();
  expect((await call(stream)).status).toBe(413);
  expect((await call("{}", { headers: { "content-length": String(MAX_CALL_BYTES + 1) } })).status).toBe(413);
  expect(await countKept()).toBe(before);
});

test("a flood is 429 with when to come back", async () => {
  await database.admin.sql`update rate_limits set count = ${CALL_LIMIT.max}`;
  const response = await call("{}");
  expect([response.status, response.headers.get("retry-after")]).toEqual([429, "60"]);
});
