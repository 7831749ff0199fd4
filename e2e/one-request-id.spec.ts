import { readFileSync } from "node:fs";
import { withDatabase } from "./support/database";
import { homeFile } from "./support/demo";
import { continueWithTicked, expectStatus, giveConsent, start } from "./support/flow";
import { seeded } from "./support/integration";
import { makePerson } from "./support/person";
import { expect, test } from "./support/test";

const integration = seeded("automatic");

/** Lines of a process's log that carry the id. */
function linesWith(name: string, traceId: string): Record<string, unknown>[] {
  const lines = readFileSync(homeFile(`logs/${name}.log`), "utf8").split("\n");
  return lines
    .filter((line) => line.startsWith("{") && line.includes(traceId))
    .map((line) => JSON.parse(line));
}

test("one id leads from the button to the call of the vendor", async ({ page }) => {
  const person = await makePerson("trace", 1);
  const [company] = person.companies;
  if (!company) throw new Error("the person has no company");
  await start(page, integration, person.email);
  const vendorRequestId = await giveConsent(page, integration, { person });
  await continueWithTicked(page);
  const answered = page.waitForResponse((response) => "next-action" in response.request().headers());
  await page.getByRole("button", { name: /^Submit for/ }).click();
  const traceId = (await answered).headers()["x-request-id"] ?? "none";
  await expectStatus(page, company, "Active");

  expect(linesWith("portal", traceId)).toContainEqual(
    expect.objectContaining({ traceId, msg: "action done" }),
  );
  expect(linesWith("worker", traceId)).toContainEqual(
    expect.objectContaining({ traceId, operation: "PUT /integrations/{requestId}", status: 200 }),
  );
  const calls = await withDatabase(
    ({ sql }) => sql`select trace_id from vendor_calls where vendor_request = ${String(vendorRequestId)}`,
  );
  expect(calls).toMatchObject([{ trace_id: traceId }]);
});

test("an id of a proxy's is taken over; what is no id is not", async ({ request }) => {
  const idOf = async (given: string) =>
    (await request.get("/api/health", { headers: { "x-request-id": given } })).headers()["x-request-id"];
  expect(await idOf("from-the-proxy-1")).toBe("from-the-proxy-1");
  expect(await idOf("has spaces and { }")).toMatch(/^[0-9a-f-]{36}$/);
});
