import { NonRetriableError, RetryAfterError } from "inngest";
import { expect, test } from "vitest";
import { ConnectorError } from "@/lib/connectors/errors";
import { mapErrors } from "./map-error";

const fail = (retryAfterSeconds: number, retryAt?: string) => async () => {
  const answer = { status: 429, messages: [], operation: "GET /", at: "2026-01-01T00:00:00Z", retryAt };
  throw new ConnectorError("rate_limited", answer, { retryAfterSeconds });
};
const RETRY_AT = "2026-01-01T12:00:00Z";
const map = (work: () => Promise<never>) => mapErrors(work, 0, [1000]);

test("a vendor that asks for a wait that can be borne is waited for", async () => {
  await expect(map(fail(90, RETRY_AT))).rejects.toBeInstanceOf(RetryAfterError);
});

test("a vendor that asks for a long wait is not waited for: what waits ends, and says until when", async () => {
  await expect(map(fail(24 * 60 * 60, RETRY_AT))).rejects.toBeInstanceOf(NonRetriableError);
});

test("our own waits for a silent vendor are as long as they are", async () => {
  await expect(map(fail(60 * 60))).rejects.toBeInstanceOf(RetryAfterError);
});
