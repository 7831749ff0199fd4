import { expect, test } from "vitest";
import { STREAM_LIMITS, takeStreamPlace } from "./stream-places";

test("a session has ten streams, and a place that is freed twice is one", () => {
  const account = crypto.randomUUID();
  const session = crypto.randomUUID();
  const places = Array.from({ length: STREAM_LIMITS.ofSession }, () => takeStreamPlace(session, account));
  expect(places).not.toContain(null);
  expect(takeStreamPlace(session, account)).toBeNull();
  places[0]?.();
  places[0]?.();
  expect(takeStreamPlace(session, account)).not.toBeNull();
  expect(takeStreamPlace(session, account)).toBeNull();
});

test("an account has fifty over all its sessions, another one its own", () => {
  const account = crypto.randomUUID();
  for (let stream = 0; stream < STREAM_LIMITS.ofAccount; stream++)
    expect(takeStreamPlace(crypto.randomUUID(), account)).not.toBeNull();
  expect(takeStreamPlace(crypto.randomUUID(), account)).toBeNull();
  expect(takeStreamPlace(crypto.randomUUID(), crypto.randomUUID())).not.toBeNull();
});
