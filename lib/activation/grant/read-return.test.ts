import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { powerofficeGo } from "@/lib/connectors/poweroffice-go";
import { procountor } from "@/lib/connectors/procountor";
import { CONNECTOR_IDS, getConnector } from "@/lib/connectors/registry";
import { type ReturnParts, readReturn } from "./read-return";
import { vendorReturn } from "./schema";
import { openReturn, sealReturn } from "./seal-return";

const STATE = "s".repeat(43);
const TOKEN = "onboarding+token/1=";
const KEY_STATE = `k${"s".repeat(60)}`;
const CODE = "code-0001";
const application = { stage: "test" as const, clientId: "client" };

const ofGo = (query: string, rest: Omit<ReturnParts, "query"> = {}) =>
  readReturn({ query, ...rest }, (parameters) => powerofficeGo.parseReturn(parameters));
const ofProcountor = (query: string, rest: Omit<ReturnParts, "query"> = {}) =>
  readReturn({ query, ...rest }, (parameters) => procountor.parseReturn(parameters, application));

const ended = (because: string) => ({ kind: "ended", because });
const request = (vendorRequest: string) => ({ kind: "consent", consent: { kind: "request", vendorRequest } });
const given = { kind: "consent", consent: { kind: "state", state: STATE, outcome: "given", token: TOKEN } };
const canceled = {
  kind: "consent",
  consent: { kind: "state", state: STATE, outcome: "canceled", token: null },
};
const loggedIn = { kind: "consent", consent: { kind: "key_login", state: KEY_STATE, code: CODE } };
const encode = encodeURIComponent;

describe("a return without a consent", () => {
  test.each([
    "?error=access_denied",
    "?error=access_denied&error_description=The+user+pressed+cancel",
    "?ERROR=Access_Denied",
    "?error=user_cancelled_login",
    "?error%3Daccess_denied",
    "?error=access%255Fdenied",
    "?x=1?error=access_denied",
    "?requestId=12&error=access_denied",
    "?status=Canceled",
  ])("%s was cancelled", (query) => {
    expect(ofProcountor(query)).toEqual(ended("canceled"));
  });
  test.each([
    ["?error=server_error", "vendor_error"],
    ["?error_description=It+is+closed", "vendor_error"],
    ["", "nothing_sent"],
    ["?", "nothing_sent"],
    ["?requestId=", "nothing_sent"],
    ["?requestId=twelve", "not_understood"],
    ["?%", "nothing_sent"],
    ["?requestId=%E0%A4%A", "not_understood"],
  ])("%s is %s", (query, because) => {
    expect(ofProcountor(query)).toEqual(ended(because));
  });
  test("an error beside a request that the vendor can be asked about does not hide it", () => {
    expect(ofProcountor("?error=temporarily_unavailable&requestId=12")).toEqual(request("12"));
  });
});

describe("a return that something on the way has changed", () => {
  test.each([
    "?requestId=12",
    "?REQUESTID=12",
    "?Request_ID=12",
    "?requestId=&requestId=12",
    "?requestId=none&REQUESTID=12&requestId=13",
    "?requestId=%2012%20",
    "?requestId=%2531%2532",
    "?requestId%3D12",
    "?lang=fi&requestId%3D12=",
    "?request%49d=12",
    "?requestId=12&amp;lang=fi",
    "?lang=fi;requestId=12",
    "?lang=fi?requestId=12",
    "?lang=%&requestId=12",
  ])("%s is request 12", (query) => {
    expect(ofProcountor(query)).toEqual(request("12"));
  });
  test.each([
    `?state=${STATE}&status=Success&token=${encode(TOKEN)}`,
    `?State=${STATE}&STATUS=SUCCESS&Token=${encode(TOKEN)}`,
    // A plus sign that nobody encoded arrives as a space.
    `?state=${STATE}&status=Success&token=${TOKEN}`,
    `?state=${STATE}&status=Success&token=${encode(encode(TOKEN))}`,
    `?${encode(`state=${STATE}&status=Success&token=${encode(TOKEN)}`)}`,
    `?state=short&state=${STATE}&status=Success&token=%3Cnone%3E&token=${encode(TOKEN)}`,
    `?state=${STATE}?status=Success&token=${encode(TOKEN)}`,
    `?state=${STATE}&amp;status=Success&amp;token=${encode(TOKEN)}`,
  ])("%s is a token", (query) => {
    expect(ofGo(query)).toEqual(given);
  });
  test.each([`?state=${STATE}&error=access_denied`, `?state=${STATE}&status=Canceled`])(
    "%s is a cancelled consent of ours",
    (query) => {
      expect(ofGo(query)).toEqual(canceled);
    },
  );
  test("a login for a key is read alike", () => {
    expect(ofProcountor(`?STATE=${KEY_STATE}&code=&Code=${CODE}`)).toEqual(loggedIn);
    const unfinished = { kind: "key_login", state: KEY_STATE, code: null };
    expect(ofProcountor(`?state=${KEY_STATE}&error=access_denied`)).toEqual({
      kind: "consent",
      consent: unfinished,
    });
  });
});

test("a posted form and a header complete the query", () => {
  expect(ofGo("", { body: `state=${STATE}&status=Success&token=${encode(TOKEN)}` })).toEqual(given);
  expect(ofGo(`?state=${STATE}`, { body: `token=${encode(TOKEN)}` })).toEqual(given);
  expect(ofGo(`?state=${STATE}`, { headers: [["x-onboarding-token", TOKEN]] })).toEqual(given);
  expect(ofProcountor("", { body: "error=access_denied" })).toEqual(ended("canceled"));
});

describe("any string where a vendor sends a browser back", () => {
  const name = fc.constantFrom("state", "code", "token", "status", "requestId", "id", "error", "Error");
  const value = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom(STATE, TOKEN, KEY_STATE, "12", "%"),
  );
  const pair = fc.tuple(fc.oneof(name, fc.string()), value).map(([key, one]) => `${key}=${one}`);
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.array(pair, { maxLength: 8 }).map((pairs) => pairs.join("&")),
    fc.array(pair, { maxLength: 8 }).map((pairs) => encode(pairs.join("&"))),
  );

  test.each(CONNECTOR_IDS)(
    "of %s is something that the page has words for, in a cookie that a browser keeps",
    (id) => {
      const connector = getConnector(id);
      fc.assert(
        fc.property(text, text, (query, body) => {
          const read = readReturn({ query, body }, (parameters) =>
            connector.parseReturn(parameters, application),
          );
          const returned =
            read.kind === "ended" ? { slug: "slug", ...read } : { slug: "slug", ...read.consent };
          const parsed = vendorReturn.parse(returned);
          const sealed = sealReturn("secret", parsed);
          expect(sealed.length).toBeLessThan(4000);
          expect(openReturn("secret", sealed)).toEqual(parsed);
        }),
        { numRuns: 300 },
      );
    },
  );

  test("what is well formed is found in any capitals, among anything else", () => {
    const other = fc.tuple(fc.constantFrom("lang", "utm_source", "x"), fc.string({ maxLength: 20 }));
    const capitals = fc
      .array(fc.boolean(), { minLength: 9, maxLength: 9 })
      .map((ups) => [..."requestid"].map((letter, at) => (ups[at] ? letter.toUpperCase() : letter)).join(""));
    fc.assert(
      fc.property(
        fc.array(other, { maxLength: 6 }),
        capitals,
        fc.nat(),
        fc.boolean(),
        (others, key, id, isTwice) => {
          const query = new URLSearchParams([...others, [key, String(id)]]).toString();
          expect(ofProcountor(isTwice ? encode(query) : query)).toEqual(request(String(id)));
        },
      ),
    );
  });
});

test("ten thousand parameters are no work", () => {
  const many = Array.from({ length: 10_000 }, (_, at) => `requestId=x${at}&p${at}=%2525`).join("&");
  expect(ofProcountor(`?${many}`)).toEqual(ended("not_understood"));
});

test("what no cookie can hold is told as not understood", () => {
  const huge = { kind: "key_login", slug: "slug", state: "s".repeat(1000), code: "c".repeat(2000) } as const;
  expect(openReturn("secret", sealReturn("secret", huge))).toEqual({
    kind: "ended",
    slug: "slug",
    because: "not_understood",
  });
});
