import { randomBytes } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { demo } from "../support/demo";
import { ownAddress } from "./support/own-address";
import { expect, test } from "./support/test";
import { startUnproxiedWeb } from "./support/unproxied-web";

const MAX_GUESSES = 20;
const makeGuess = () => `/a/${randomBytes(16).toString("base64url")}`;

async function guess(request: APIRequestContext, from: () => string, path = makeGuess): Promise<number[]> {
  const statuses: number[] = [];
  for (let tries = 1; tries <= MAX_GUESSES + 1; tries += 1) {
    const answer = await request.get(path(), { headers: { "x-forwarded-for": from() } });
    statuses.push(answer.status());
  }
  return statuses;
}

const TWENTY_AND_OUT = [...Array<number>(MAX_GUESSES).fill(404), 429];

test("whoever tries links out is stopped after twenty, and nobody else is", async ({ request }) => {
  const { "X-Forwarded-For": address } = ownAddress();
  expect(await guess(request, () => address)).toEqual(TWENTY_AND_OUT);
  const stopped = await request.get(makeGuess(), { headers: { "x-forwarded-for": address } });
  expect(stopped.status()).toBe(429);
  expect(stopped.headers()["retry-after"]).toBe("900");
  expect(await stopped.text()).toContain("Too many unknown links");
  // A link that exists opens, also for those who share the guesser's address.
  const { automatic } = demo().activationLinks;
  for (const headers of [{ "x-forwarded-for": address }, ownAddress()]) {
    expect((await request.get(automatic, { headers })).status()).toBe(200);
  }
  expect((await request.get(makeGuess(), { headers: ownAddress() })).status()).toBe(404);
});

test("what a client writes into X-Forwarded-For itself does not help", async ({ request }) => {
  const { "X-Forwarded-For": address } = ownAddress();
  const spoofed = () => `${ownAddress()["X-Forwarded-For"]}, ${address}`;
  expect(await guess(request, spoofed)).toEqual(TWENTY_AND_OUT);
});

test("addresses of one IPv6 subscriber count as one", async ({ request }) => {
  const network = `2001:db8:${randomBytes(2).toString("hex")}:${randomBytes(2).toString("hex")}`;
  const rotate = () => `${network}:${randomBytes(2).toString("hex")}::${randomBytes(2).toString("hex")}`;
  expect(await guess(request, rotate)).toEqual(TWENTY_AND_OUT);
});

test("where no proxy is trusted, X-Forwarded-For is not believed at all", async ({ request }) => {
  const web = await startUnproxiedWeb();
  try {
    const path = () => `${web.url}${makeGuess()}`;
    const statuses = await guess(request, () => ownAddress()["X-Forwarded-For"], path);
    expect(statuses.at(-1)).toBe(429);
  } finally {
    await web.stop();
  }
});
