import { expect, test } from "vitest";
import { parseReturn } from "./parse-return";

const STATE = "s".repeat(43);
const TOKEN = "onboarding-token-1";
const parse = (query: Record<string, string>) => parseReturn(new URLSearchParams({ state: STATE, ...query }));
const endedAs = (outcome: string, token: string | null = null) => ({
  kind: "state",
  state: STATE,
  outcome,
  token,
});

test.each([
  [{ status: "Success", token: TOKEN }, endedAs("given", TOKEN)],
  [{ status: "success", onboardingToken: TOKEN }, endedAs("given", TOKEN)],
  [{ onboarding_token: TOKEN }, endedAs("given", TOKEN)],
  [{ status: "Canceled" }, endedAs("canceled")],
  [{ status: "ClientNotFound" }, endedAs("client_not_found")],
  [{ status: "NoClientAccess" }, endedAs("no_client_access")],
  [{ status: "IntegrationBlocked" }, endedAs("integration_blocked")],
  [{ status: "Postponed" }, endedAs("unknown_outcome")],
  [{}, endedAs("unknown_outcome")],
  [{ status: "constructor" }, endedAs("unknown_outcome")],
  [{ status: "Success" }, endedAs("token_missing")],
  [{ status: "Success", token: "<script>" }, endedAs("token_missing")],
])("%j", (query, expected) => {
  expect(parse(query)).toEqual(expected);
});

test("a token that comes with a refusal is not kept", () => {
  expect(parse({ status: "Canceled", token: TOKEN })).toEqual(endedAs("canceled"));
});

test.each(["", "short", "with space and quite some length"])("state %j is nobody's", (state) => {
  expect(parse({ state, status: "Success", token: TOKEN })).toBeNull();
});
