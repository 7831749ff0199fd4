import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { decrypt, encrypt } from "./cipher";

test("no nonce comes twice, and each ciphertext opens", () => {
  const key = randomBytes(32);
  const sealed = Array.from({ length: 2_000 }, () => encrypt(key, Buffer.from("row"), "place"));
  expect(new Set(sealed.map((one) => Buffer.from(one, "base64").subarray(0, 12).toString("hex"))).size).toBe(
    2_000,
  );
  expect(new Set(sealed.map((one) => decrypt(key, one, "place").toString()))).toEqual(new Set(["row"]));
});
