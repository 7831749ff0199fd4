import { describe, expect, test } from "vitest";
import {
  callbackPathOf,
  isSessionUpdateDue,
  SESSION_SECONDS,
  signInHref,
  signInHrefFrom,
  waitingState,
} from "./rules";
import type { WaitingSignIn } from "./schema";

const OURS = "https://portal.example";

describe("where to go after sign-in", () => {
  test.each([
    "/home",
    "/a/abc?step=2#rights",
    "/a/%2F%2Felsewhere.example",
    "/search?q=https://elsewhere.example",
  ])("%s is ours and kept", (path) => expect(callbackPathOf(path, OURS)).toBe(path));

  test.each([
    undefined,
    null,
    ["/a"],
    "",
    "home",
    "https://elsewhere.example/a",
    "https://portal.example/a",
    "//elsewhere.example",
    "///elsewhere.example",
    "/\\elsewhere.example",
    "/.//elsewhere.example",
    "/a/..//elsewhere.example",
    "/\\/elsewhere.example",
    "/\t/elsewhere.example",
    "/a\n/b",
    "/a\u0000",
    "javascript:alert(1)",
    " /a",
    `/${"a".repeat(2001)}`,
    "/sign-in",
    "/sign-in?callbackUrl=/a",
    "/sign-in/link?token=x",
    "/a/../sign-in",
  ])("%j leads home", (path) => expect(callbackPathOf(path, OURS)).toBe("/home"));

  test("what is kept stays on our origin for a browser", () => {
    for (const path of ["/a/./b/../c", "/a//b", "/@elsewhere.example", "/a:80"]) {
      const kept = callbackPathOf(path, OURS);
      expect(new URL(kept, OURS).origin).toBe(OURS);
    }
  });

  test("the sign-in page carries it along", () => {
    expect(signInHref("/home")).toBe("/sign-in");
    expect(signInHref("/a/b?c=d")).toBe("/sign-in?callbackUrl=%2Fa%2Fb%3Fc%3Dd");
  });

  test("whoever is sent there by a page learns why: nobody was signed in, or not any more", () => {
    expect(signInHrefFrom("/a/b", false)).toBe("/sign-in?callbackUrl=%2Fa%2Fb&reason=needed");
    expect(signInHrefFrom("/home", true)).toBe("/sign-in?callbackUrl=%2Fhome&reason=expired");
  });
});

describe("the waiting tab", () => {
  const waiting: WaitingSignIn = {
    email: "aino@example.com",
    acceptanceHash: null,
    callbackPath: "/home",
    isUsed: false,
    isExpired: false,
    codeTriesLeft: 5,
  };

  test("waits while the mail is open", () => {
    expect(waitingState(waiting, undefined)).toBe("waiting");
    expect(waitingState({ ...waiting, isExpired: true }, undefined)).toBe("link_expired");
    expect(waitingState(null, "aino@example.com")).toBe("link_unknown");
  });

  test("goes on only with a session of the same person in this browser", () => {
    const used = { ...waiting, isUsed: true };
    expect(waitingState(used, undefined)).toBe("link_used");
    expect(waitingState(used, "other@example.com")).toBe("link_used");
    expect(waitingState(used, "aino@example.com")).toBe("signed_in");
  });
});

test("a session gets a later end once a day", () => {
  const now = new Date("2026-03-01T12:00:00Z");
  const endsIn = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  expect(isSessionUpdateDue(endsIn(SESSION_SECONDS), now)).toBe(false);
  expect(isSessionUpdateDue(endsIn(SESSION_SECONDS - 23 * 3600), now)).toBe(false);
  expect(isSessionUpdateDue(endsIn(SESSION_SECONDS - 25 * 3600), now)).toBe(true);
});
