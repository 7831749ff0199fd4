import { expect, test } from "vitest";
import { emailAddress } from "@/lib/core/written-text";
import { signInCode, signInLinkToken } from "./schema";

test("addresses are trimmed and lower-cased", () => {
  expect(emailAddress.parse("  Aino.Esimerkki@Example.COM ")).toBe("aino.esimerkki@example.com");
});

test.each([
  "",
  "aino",
  "aino@",
  "a@b",
  "aino@example.com, eve@example.com",
  "aino@example.com\nbcc: eve@example.com",
])("%j is no address", (value) => expect(emailAddress.safeParse(value).success).toBe(false));

test("an address has at most 254 characters", () => {
  expect(emailAddress.safeParse(`${"a".repeat(250)}@example.com`).success).toBe(false);
});

test("codes are taken as people paste them", () => {
  for (const code of ["123456", " 123 456 ", "123‑456", "Your code: 123456.", "123\u200b456", "１２３４５６"])
    expect(signInCode.parse(code)).toBe("123456");
  for (const code of ["", "12345", "1234567", "12345a", "123456 or 654321"]) {
    expect(signInCode.safeParse(code).success).toBe(false);
  }
});

test("a link's token is 256 bits in base64url", () => {
  expect(signInLinkToken.safeParse("a".repeat(43)).success).toBe(true);
  expect(signInLinkToken.safeParse("a".repeat(42)).success).toBe(false);
  expect(signInLinkToken.safeParse(`${"a".repeat(42)}:`).success).toBe(false);
});
