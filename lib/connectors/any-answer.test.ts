import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyOf, makePowerOfficeContext, RETURN_URL } from "@/testing/poweroffice-sandbox";
import { makeProcountorContext } from "@/testing/procountor-sandbox";
import type { ConnectorContext } from "./context";
import { ConnectorError } from "./errors";
import { powerofficeGo } from "./poweroffice-go";
import { procountor } from "./procountor";

/** What a vendor, its gateway or a proxy between may answer with. */
const anyBody = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.constantFrom(
    "",
    "null",
    "[]",
    "{}",
    "<!doctype html><title>502</title>",
    "\u0000",
    '{"errors":[null,1,"x"]}',
  ),
);
const anyStatus = fc.constantFrom(
  200,
  201,
  202,
  204,
  301,
  400,
  401,
  403,
  404,
  408,
  409,
  410,
  418,
  429,
  500,
  502,
  503,
  504,
);
const anyRetryAfter = fc.constantFrom(
  null,
  "0",
  "1",
  "99999999999999",
  "-5",
  "soon",
  "Wed, 01 Jan 2020 00:00:00 GMT",
  "Fri, 31 Dec 9999 23:59:59 GMT",
);
const anyAnswer = fc.record({ status: anyStatus, body: anyBody, retryAfter: anyRetryAfter });
type AnyAnswer = { status: number; body: string; retryAfter: string | null };

const toResponse = ({ status, body, retryAfter }: AnyAnswer): Response =>
  new Response(status === 204 ? null : body, {
    status,
    headers: retryAfter === null ? {} : { "retry-after": retryAfter },
  });

/** Answers the calls in turn, those for tokens well where `givesTokens`. */
function answering(answers: readonly AnyAnswer[], givesTokens: boolean): typeof fetch {
  let turn = 0;
  return async (url) => {
    if (givesTokens && /token$/i.test(String(url)))
      return Response.json({ access_token: "token-1", expires_in: 3600 });
    const answer = answers[turn++ % answers.length];
    if (!answer) throw new TypeError("no answer");
    return toResponse(answer);
  };
}

const key = keyOf("key-1");
const asked = [{ path: "Customer", level: "Full" }];
const NEEDS = {
  rights: ["Customer", "Product", "CommonServices"].map((path) => ({ path, level: "Read" })),
  productCodes: ["A-1", "B,2"],
  customerNumbers: { from: 1, to: 9 },
  deliversBy: ["email", "ehf"],
};
type Verb = (context: ConnectorContext) => Promise<unknown>;
const PROCOUNTOR: Record<string, Verb> = {
  completeGrant: (context) => procountor.consent.read(context, "1001"),
  activate: (context) =>
    procountor.consent.decide(context, {
      vendorRequest: "1001",
      approve: ["15501"],
      reject: [{ externalId: "2", reason: "" }],
    }),
  decline: (context) =>
    procountor.consent.decide(context, { vendorRequest: "1001", approve: [], reject: [] }),
  listCustomers: (context) => procountor.consent.listCustomers(context),
  verify: (context) => procountor.verify(context, { connectionId: "c", secret: "key-1" }, asked),
  pasteKey: (context) => procountor.pastedKey.read(context, key, asked),
  probeKey: (context) => procountor.probeKey(context, key),
  redeemKeyLogin: (context) => procountor.pastedKey.login.redeem(context, "code-1"),
};
const GO: Record<string, Verb> = {
  requestConsent: (context) => powerofficeGo.consent.requestAddress(context, RETURN_URL),
  redeemGrant: (context) => powerofficeGo.consent.redeem(context, "token-1"),
  describeKey: (context) => powerofficeGo.consent.describeKey(context, key, asked),
  verify: (context) => powerofficeGo.verify(context, { connectionId: "c", secret: "key-1" }, asked),
  pasteKey: (context) => powerofficeGo.pastedKey.read(context, key, asked),
  probeKey: (context) => powerofficeGo.probeKey(context, key, RETURN_URL),
  preflight: (context) => powerofficeGo.consent.preflight(context, key, NEEDS),
  release: (context) => powerofficeGo.consent.giveBack(context, key),
};
const makeProcountor = (fetch: typeof globalThis.fetch) =>
  makeProcountorContext("https://vendor.invalid", { fetch });
const makeGo = (fetch: typeof globalThis.fetch) =>
  makePowerOfficeContext("https://vendor.invalid", { fetch });

const CASES = [
  ...Object.entries(PROCOUNTOR).map(([name, verb]) => ({
    name: `Procountor ${name}`,
    verb,
    make: makeProcountor,
  })),
  ...Object.entries(GO).map(([name, verb]) => ({ name: `PowerOffice Go ${name}`, verb, make: makeGo })),
];

describe("whatever a vendor answers", () => {
  test.each(CASES)(
    "$name has a result or a ConnectorError that can be acted upon",
    async ({ verb, make }) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyAnswer, { minLength: 1, maxLength: 4 }),
          fc.boolean(),
          async (answers, givesTokens) => {
            const error: unknown = await verb(make(answering(answers, givesTokens))).then(
              () => null,
              (reason: unknown) => reason,
            );
            if (error === null) return;
            expect(error).toBeInstanceOf(ConnectorError);
            if (!(error instanceof ConnectorError)) return;
            expect(error.retryAfterSeconds ?? 0).toBeLessThanOrEqual(24 * 60 * 60);
            expect(error.answer.messages.length).toBeLessThanOrEqual(10);
          },
        ),
        { numRuns: 150 },
      );
    },
  );
});

/** Good items among anything else, in any order. */
const among = <Good>(good: fc.Arbitrary<Good>) =>
  fc
    .array(
      fc.oneof(
        good.map((item) => ({ good: item })),
        fc.jsonValue({ maxDepth: 2 }).map((junk) => ({ junk })),
      ),
      {
        maxLength: 12,
      },
    )
    .map((entries) => ({
      good: entries.flatMap((entry) => ("good" in entry ? [entry.good] : [])),
      all: entries.map((entry) => ("good" in entry ? entry.good : entry.junk)),
    }));
const anyId = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const anyIdWritten = fc.oneof(anyId, anyId.map(String));
const anyKey = fc.uuid();

describe("a good item is never lost to what stands beside it", () => {
  const good = (body: unknown) =>
    answering([{ status: 200, body: JSON.stringify(body), retryAfter: null }], true);

  test("keys that Procountor issues", async () => {
    const issued = fc.record({ companyId: anyIdWritten, apiKey: anyKey });
    await fc.assert(
      fc.asyncProperty(among(issued), fc.boolean(), async ({ good: entries, all }, isBare) => {
        const answers: unknown[] = [
          { integrationId: 1, companiesToIntegrate: null },
          isBare ? all : { companiesIntegrated: all },
        ];
        const bodies = answers.map((body) => ({ status: 200, body: JSON.stringify(body), retryAfter: null }));
        const context = makeProcountor(answering(bodies, true));
        const approve = [...new Set(entries.map(({ companyId }) => String(companyId)))];
        const keys = await procountor.consent.decide(context, {
          vendorRequest: "1",
          approve: approve.length > 0 ? approve : ["1"],
          reject: [],
        });
        for (const { companyId, apiKey } of entries)
          expect(keys).toContainEqual({ externalId: String(companyId), secret: apiKey });
      }),
    );
  });

  test("companies of Procountor's consent", async () => {
    const company = fc.record({ companyId: anyIdWritten, extraInfo: fc.jsonValue({ maxDepth: 2 }) });
    await fc.assert(
      fc.asyncProperty(among(company), fc.jsonValue(), async ({ good: entries, all }, initiator) => {
        const body = { integrationId: "x", expires: [], initiator, companiesToIntegrate: all };
        const { candidates } = await procountor.consent.read(makeProcountor(good(body)), "1");
        const ids = candidates.map(({ externalId }) => externalId);
        expect(ids).toEqual(expect.arrayContaining(entries.map(({ companyId }) => String(companyId))));
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  test("rights that Procountor lists", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), async (odd, leaf) => {
        const bodies = [
          { id: "15501", name: odd, productVersion: "FINANCIALS" },
          { role: odd, rights: { sales: { customerRegister: "ALL_RIGHTS", odd: leaf }, newGroup: odd } },
        ].map((body) => ({ status: 200, body: JSON.stringify(body), retryAfter: null }));
        const { identity, rights } = await procountor.verify(
          makeProcountor(answering(bodies, true)),
          { connectionId: "c", secret: "k" },
          [{ path: "sales.customerRegister", level: "ALL_RIGHTS" }],
        );
        expect(identity.externalId).toBe("15501");
        expect(rights.missing).toEqual([]);
      }),
    );
  });

  test("keys that PowerOffice Go issues, in any case of the names", async () => {
    const client = fc.record({ ClientKey: anyKey, ClientName: fc.jsonValue({ maxDepth: 1 }) });
    const lowered = (entry: object) =>
      Object.fromEntries(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), value]));
    await fc.assert(
      fc.asyncProperty(
        among(client),
        fc.jsonValue(),
        fc.boolean(),
        async ({ good: entries, all }, email, isLower) => {
          const list = isLower
            ? all.map((entry) => (entries.some((one) => one === entry) ? lowered(Object(entry)) : entry))
            : all;
          const body = { UserEmail: email, OnboardedClientsInformation: list };
          const { keys } = await powerofficeGo.consent.redeem(
            makeGo(good(isLower ? lowered(body) : body)),
            "token-1",
          );
          const secrets = keys.map(({ secret }) => secret);
          expect(secrets).toEqual(expect.arrayContaining(entries.map(({ ClientKey }) => ClientKey)));
        },
      ),
    );
  });
});

const ODD_LIFETIMES = [undefined, null, "soon", -1, 0, 1e300];
test.each(ODD_LIFETIMES)("a token that lives for %j is used all the same", async (expires_in) => {
  const lifetimes: number[] = [];
  const tokens: ConnectorContext["tokens"] = {
    async get(_subject, refresh) {
      const { token, expiresInSeconds } = await refresh();
      lifetimes.push(expiresInSeconds);
      return token;
    },
    async drop() {},
  };
  const information = { ClientId: "client-1", ValidPrivileges: null };
  const context = {
    ...makeGo(async (url) =>
      Response.json(/token$/i.test(String(url)) ? { access_token: "t", expires_in } : information),
    ),
    tokens,
  };
  expect(await powerofficeGo.consent.describeKey(context, key, [])).toMatchObject({ externalId: "client-1" });
  expect(lifetimes).toEqual([300]);
});
