import { expect, test } from "vitest";
import { readKind, readMessages } from "./vendor-answer";

test.each([
  [{ Title: "Customer conflict", Detail: "In use." }, ["Customer conflict: In use."]],
  [{ title: "Missing privilege", status: 400, detail: "No." }, ["Missing privilege: No."]],
  [{ error: "invalid_client", error_description: "Not found." }, ["invalid_client: Not found."]],
  [{ statusCode: "429", message: "Rate limit is exceeded." }, ["Rate limit is exceeded."]],
  [{}, []],
  [[], []],
])("%j", (body, expected) => {
  expect(readMessages(JSON.stringify(body), [])).toEqual(expected);
});

test.each(["", "<html>", "null"])("%j says nothing", (body) => {
  expect(readMessages(body, [])).toEqual([]);
});

test("secrets are taken out", () => {
  const body = JSON.stringify({ title: "Key f1ba4158 is unknown" });
  expect(readMessages(body, ["f1ba4158"])).toEqual(["Key [redacted] is unknown"]);
});

test("only invalid_client means that the client is disconnected", () => {
  const oauth = (error: string) => JSON.stringify({ error });
  expect(readKind(400, oauth("invalid_client"))).toBe("disconnected");
  expect(readKind(400, oauth("unsupported_grant_type"))).toBeUndefined();
  expect(readKind(500, oauth("invalid_client"))).toBeUndefined();
});
