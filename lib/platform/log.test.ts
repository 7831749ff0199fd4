import { expect, test } from "vitest";
import { createLog } from "./log";

const VALUE = "Canary Person";
const ADDRESS = "canary@example.com";

/** What one use of the log writes. */
function linesOf(use: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  use(createLog("info", { write: (line) => lines.push(line) }));
  return lines.join("");
}

function failedQuery(): Error {
  const params = [VALUE, ADDRESS];
  const cause = Object.assign(new Error('duplicate key value violates unique constraint "users_email_key"'), {
    severity: "ERROR",
    code: "23505",
    constraint_name: "users_email_key",
    detail: `Key (email)=(${ADDRESS}) already exists.`,
  });
  const message = `Failed query: insert into users values ($1, $2)\nparams: ${params}`;
  return Object.assign(new Error(message, { cause }), { query: "insert into users values ($1, $2)", params });
}

test.each([
  ["as err", (error: Error) => linesOf((log) => log.error({ err: error }, "failed"))],
  ["under another name", (error: Error) => linesOf((log) => log.error({ reason: error }, "failed"))],
  ["alone", (error: Error) => linesOf((log) => log.error(error))],
  ["with words", (error: Error) => linesOf((log) => log.error(error, "failed"))],
  ["without words", (error: Error) => linesOf((log) => log.error({ err: error }))],
  ["as its text", (error: Error) => linesOf((log) => log.error(`it failed: ${error.message}`))],
  ["of a child", (error: Error) => linesOf((log) => log.child({ job: 1 }).error({ err: error }, "failed"))],
  [
    "as a cause",
    (error: Error) => linesOf((log) => log.error({ err: new Error("outer", { cause: error }) }, "failed")),
  ],
  [
    "among several",
    (error: Error) => linesOf((log) => log.error({ err: new AggregateError([error], "two") }, "failed")),
  ],
])("an error logged %s tells the statement and no value", (_how, write) => {
  const line = write(failedQuery());
  expect(line).toContain("insert into users");
  expect(line).not.toContain(VALUE);
  expect(line).not.toContain(ADDRESS);
});

test("what a line keeps of an error: its type, code, constraint and frames", () => {
  const line = JSON.parse(linesOf((log) => log.error({ err: failedQuery() }, "failed")));
  expect(line).toMatchObject({
    msg: "failed",
    err: {
      type: "Error",
      message: "Failed query: insert into users values ($1, $2)",
      stack: expect.stringContaining("log.test.ts"),
      cause: { errorCode: "23505", facts: { constraint_name: "users_email_key" } },
    },
  });
});

test("messages that quote what they refuse are told without it", () => {
  const refused = Object.assign(new Error(`invalid input syntax for type uuid: "${VALUE}"`), {
    severity: "ERROR",
    code: "22P02",
  });
  const unread = ((): unknown => {
    try {
      return JSON.parse(`${VALUE} {`);
    } catch (error) {
      return error;
    }
  })();
  for (const err of [
    refused,
    unread,
    new Error(`no mailbox <${ADDRESS}>`),
    Object.assign(new Error("x"), { input: VALUE }),
  ]) {
    const line = linesOf((log) => log.error({ err }, "failed"));
    expect(line).not.toContain("Canary");
    expect(line).not.toContain("canary");
  }
});
