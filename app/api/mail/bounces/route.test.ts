import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { startWebProcess } from "@/testing/fixtures/web-process";
import { POST } from "./route";

const TOKEN = "t".repeat(32);

let database: TestDatabase;
let closePool: () => Promise<void>;
beforeAll(async () => {
  database = await createTestDatabase();
  closePool = startWebProcess(database, { KYTKIN_MAIL_BOUNCE_TOKEN: TOKEN });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await closePool();
  await database.close();
});

async function tell(body: unknown, authorization = `Bearer ${TOKEN}`) {
  const response = await POST(
    new Request("https://portal.example/api/mail/bounces", {
      method: "POST",
      headers: { authorization },
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
  );
  return { status: response.status, body: await response.json() };
}
const notice = { messageId: "<unknown@kytkin>", kind: "permanent", reason: "no such user" };

test("nobody is believed without the token", async () => {
  for (const authorization of ["", "Bearer", "Bearer another", `Basic ${TOKEN}`])
    expect(await tell(notice, authorization)).toMatchObject({ status: 401 });
});

test("another shape is refused, an unknown mail is said to be unknown", async () => {
  for (const body of ["{", {}, { ...notice, kind: "odd" }, { ...notice, messageId: "" }])
    expect(await tell(body)).toMatchObject({ status: 400 });
  expect(await tell(notice)).toEqual({ status: 200, body: { recorded: false } });
});
