import { expect, test } from "vitest";
import { readMessages } from "./vendor-answer";

test("the vendor's own messages are kept with their field", () => {
  const body = {
    errors: [{ status: 400, field: "reject.reason", message: "ERROR_X" }, { message: "Second." }, {}],
  };
  expect(readMessages(JSON.stringify(body), [])).toEqual(["reject.reason: ERROR_X", "Second."]);
});

test("so is the error of OAuth", () => {
  const body = { error: "invalid_grant", error_description: "No such key." };
  expect(readMessages(JSON.stringify(body), [])).toEqual(["invalid_grant: No such key."]);
});

test("at most 10 messages of 500 characters", () => {
  const errors = Array.from({ length: 12 }, () => ({ message: "x".repeat(600) }));
  const messages = readMessages(JSON.stringify({ errors }), []);
  expect(messages.map((message) => message.length)).toEqual(Array.from({ length: 10 }, () => 500));
});

test.each(["", "<html>Bad gateway</html>", "null", "[]", '{"errors":"x"}'])("%j says nothing", (body) => {
  expect(readMessages(body, [])).toEqual([]);
});

test("secrets are taken out, known ones and whatever looks like a key", () => {
  const message = "key a/b+c and a%2Fb%2Bc and eyJhbGciOiJIUzI1NiJ9.eyJjaWQiOjF9.abc_-x failed";
  const body = JSON.stringify({ errors: [{ message }] });
  expect(readMessages(body, ["a/b+c", ""])).toEqual(["key [redacted] and [redacted] and [redacted] failed"]);
});
