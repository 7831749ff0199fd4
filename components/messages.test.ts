import { expect, test } from "vitest";
import { ACTIVATION_OUTCOMES, FAILURE_REASONS, REQUEST_STATES } from "@/lib/activation/request/schema";
import { ATTENTION_CAUSES, SHOWN_CONNECTION_STATES } from "@/lib/connection/lifecycle/schema";
import messages from "@/messages/en/ui.json";

/** The codes of lib/core/app-error.ts and the one of db/errors.ts, and `unexpected` for what is none of them. */
const ERROR_CODES = [
  "invalid_input",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "gone",
  "cap_exceeded",
  "environment_taken",
  "changed_since_started",
  "too_many_requests",
  "misconfigured",
  "database_away",
  "unexpected",
];

const inWords: [string, readonly string[], object][] = [
  ["errors", ERROR_CODES, messages.errors],
  ["failures", FAILURE_REASONS, messages.failures],
  ["attention", ATTENTION_CAUSES, messages.attention],
];

test.each(inWords)("every code of %s has a title and says what to do", (_, codes, words) => {
  const complete = { title: expect.stringMatching(/\S/), whatToDo: expect.stringMatching(/\S/) };
  expect(words).toMatchObject(Object.fromEntries(codes.map((code) => [code, complete])));
});

const named: [string, readonly string[], object][] = [
  ["request", REQUEST_STATES, messages.states.request],
  ["activation", ACTIVATION_OUTCOMES, messages.states.activation],
  ["connection", SHOWN_CONNECTION_STATES, messages.states.connection],
];

test.each(named)("every state of a %s has a name, and no other has", (_, states, words) => {
  expect(Object.keys(words).sort()).toEqual([...states].sort());
});
