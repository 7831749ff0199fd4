import { afterAll, beforeAll, expect, test } from "vitest";
import { rateLimits, signInTokens } from "@/db/schema";
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

test("one person gets five mails in a quarter of an hour from one network, and is told when the next one goes", async () => {
  for (let mail = 1; mail <= 5; mail++) await ask("eager@example.com", "192.0.2.1");
  const before = await countRequests();
  const refused = await ask("eager@example.com", "192.0.2.1").catch((error: unknown) => error);
  expect(refused).toMatchObject(tooMany);
  const { retryAfterSeconds } = refused as { retryAfterSeconds: number };
  expect(retryAfterSeconds).toBeGreaterThan(800);
  expect(retryAfterSeconds).toBeLessThanOrEqual(900);
  expect(await countRequests()).toBe(before);
  await ask("other@example.com", "192.0.2.1");
});

test("whoever asks for an address from elsewhere does not use up its owner's mails", async () => {
  for (let mail = 1; mail <= 6; mail++)
    await ask("victim@example.com", "198.51.100.66").catch((error: unknown) =>
      expect(error).toMatchObject(tooMany),
    );
  await ask("victim@example.com", "198.51.100.67");
});

test("asked for from everywhere, an address still gets a mail now and then, and no more than that", async () => {
  const asked = await Promise.all(
    Array.from({ length: 40 }, (_, from) =>
      ask("flooded@example.com", `203.0.113.${from}`).then(
        () => 0,
        ({ retryAfterSeconds }: { retryAfterSeconds: number }) => retryAfterSeconds,
      ),
    ),
  );
  const refused = asked.filter((seconds) => seconds > 0);
  expect(refused).toHaveLength(40 - 21);
  // The owner is let through within three minutes.
  for (const seconds of refused) expect(seconds).toBeLessThanOrEqual(185);
});

test("300 people of one office sign in within a quarter of an hour", async () => {
  for (let person = 1; person <= 300; person++) await ask(`person${person}@example.com`, "198.51.100.1");
  const { max } = SIGN_IN_LIMITS.requestsPerIp;
  for (let more = 301; more <= max; more++)
    await takeSignInLimit(database.web, "requestsPerIp", "198.51.100.1");
  await expect(ask("person401@example.com", "198.51.100.1")).rejects.toMatchObject(tooMany);
  await ask("person401@example.com", "198.51.100.2");
});

test("asking at the same moment does not get around the limit", async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 12 }, () => ask("rush@example.com", "203.0.113.9")),
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
  await expect(guess()).rejects.toMatchObject({ code: "gone" });
  // As after all the tries that are let through.
  await database.admin.orm.update(rateLimits).set({ count: SIGN_IN_LIMITS.linksPerIp.max });
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
