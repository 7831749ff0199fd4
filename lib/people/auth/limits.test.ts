import { afterAll, beforeAll, expect, test } from "vitest";
import { signInTokens } from "@/db/schema";
import { randomToken } from "@/lib/core/hash";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import type { AuthContext } from "./context";
import { SIGN_IN_LIMITS, takeSignInLimit } from "./limits";
import { redeemCode } from "./redeem-code";
import { redeemLink } from "./redeem-link";
import { requestSignIn } from "./request-sign-in";

let database: TestDatabase;
let auth: AuthContext;
beforeAll(async () => {
  database = await createTestDatabase();
  auth = { database: database.web, secret: "s".repeat(40), publicUrl: "https://portal.example" };
});
afterAll(() => database.close());

const tooMany = { code: "too_many_requests" };
const ask = (email: string, ipSubject: string) =>
  requestSignIn(auth, {
    email,
    ipSubject,
    callbackPath: "/home",
    acceptanceHash: null,
    browserId: randomToken(),
    userAgent: "",
  });
const countRequests = async () => (await database.admin.orm.select().from(signInTokens)).length;

test("one address gets five mails in a quarter of an hour, from wherever they are asked for", async () => {
  for (let mail = 1; mail <= 5; mail++) await ask("flooded@example.com", `192.0.2.${mail}`);
  const before = await countRequests();
  await expect(ask("flooded@example.com", "192.0.2.100")).rejects.toMatchObject(tooMany);
  expect(await countRequests()).toBe(before);
  await ask("other@example.com", "192.0.2.100");
});

test("one client asks for twenty mails in a quarter of an hour, for whomever", async () => {
  for (let mail = 1; mail <= 20; mail++) await ask(`many${mail}@example.com`, "198.51.100.1");
  await expect(ask("many21@example.com", "198.51.100.1")).rejects.toMatchObject(tooMany);
  await ask("many21@example.com", "198.51.100.2");
});

test("asking at the same moment does not get around the limit", async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 12 }, (_, index) => ask("rush@example.com", `203.0.113.${index}`)),
  );
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(5);
});

test("links cannot be guessed at will", async () => {
  const guess = () =>
    redeemLink(auth, {
      token: randomToken(),
      ipSubject: "198.51.100.3",
      previousSessionToken: undefined,
      locale: "en",
    });
  for (let guesses = 1; guesses <= SIGN_IN_LIMITS.linksPerIp.max; guesses++) {
    await expect(guess()).rejects.toMatchObject({ code: "gone" });
  }
  await expect(guess()).rejects.toMatchObject(tooMany);
});

test("codes of one address have a daily limit over all its mails, which leaves the links alone", async () => {
  const email = "guessed@example.com";
  const { max } = SIGN_IN_LIMITS.codesPerAddress;
  for (let guesses = 0; guesses < max; guesses++)
    await takeSignInLimit(database.web, "codesPerAddress", email);
  const browserId = randomToken();
  const session = { previousSessionToken: undefined, locale: "en", ipSubject: "198.51.100.4" };
  const request = {
    email,
    callbackPath: "/home",
    acceptanceHash: null,
    browserId,
    userAgent: "",
    ipSubject: session.ipSubject,
  };
  const { code, linkToken } = await requestSignIn(auth, request);
  await expect(redeemCode(auth, { ...session, browserId, code })).rejects.toMatchObject(tooMany);
  expect((await redeemLink(auth, { ...session, token: linkToken })).viewer.email).toBe(email);
});
