import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEmailAddress } from "./email-address";

describe("one address, however it is dressed", () => {
  test.each([
    ["  Aino.Esimerkki@Example.COM ", "aino.esimerkki@example.com"],
    ["a&b@example.com", "a&b@example.com"],
    ["o'brien+tag@example.com", "o'brien+tag@example.com"],
    ["{x}|y~z!#$%^*/=?`@example.com", "{x}|y~z!#$%^*/=?`@example.com"],
    ["ä@example.fi", "ä@example.fi"],
    ["a\u0308@example.fi", "ä@example.fi"],
    ["用户@example.com", "用户@example.com"],
    ["Name <a@example.com>", "a@example.com"],
    ['"Esimerkki, Aino" <aino@example.com>', "aino@example.com"],
    ["Esimerkki Oy (talous) <talous@example.com>;", "talous@example.com"],
    ["<a@example.com>", "a@example.com"],
    ["a@example.com.", "a@example.com"],
    ["(a@example.com),", "a@example.com"],
    ['"a@example.com"', "a@example.com"],
    ["’a@example.com’", "a@example.com"],
    ["mailto:a@example.com", "a@example.com"],
    ["E-mail: a@example.com", "a@example.com"],
    ["Sähköposti: <mailto:a@example.com>", "a@example.com"],
    ["a@exam\u200bple.com", "a@example.com"],
    ["\ufeffa@example.com\u00a0", "a@example.com"],
    ["a@example.com\n", "a@example.com"],
    ["post@blåbær.no", "post@xn--blbr-roah.no"],
    ["post@BLÅBÆR.no", "post@xn--blbr-roah.no"],
    ["post@bla\u030abær.no", "post@xn--blbr-roah.no"],
    ["post@XN--blbr-roah.NO", "post@xn--blbr-roah.no"],
    ["a@ｅｘａｍｐｌｅ。com", "a@example.com"],
    ["почта@пример.рф", "почта@xn--e1afmkfd.xn--p1ai"],
  ])("%j is %s", (text, address) => expect(readEmailAddress(text)).toEqual({ address }));
});

describe("what is refused, and why", () => {
  test.each([
    ["", "email"],
    ["   ", "email"],
    ["@example.com", "email"],
    ["aino", "email_without_at"],
    ["aino example.com", "email_without_at"],
    ["aino@", "email_domain"],
    ["a@b", "email_domain"],
    ["a@example", "email_domain"],
    ["a@1.2.3.4", "email_domain"],
    ["a@0x7f.1", "email_domain"],
    ["a@[127.0.0.1]", "email_domain"],
    ["a@-x.example", "email_domain"],
    ["a@example..com", "email_domain"],
    ["a@example.com/x", "email_domain"],
    ["a@example.com:25", "email_domain"],
    ["a@exa%6dple.com", "email_domain"],
    ["aino@example.com, eve@example.com", "email_several"],
    ["aino@example.com; eve@example.com", "email_several"],
    ["aino@example.com eve@example.com", "email_several"],
    ["aino@example.com\nbcc: eve@example.com", "email_several"],
    ["aino@example.com\r\nBcc: eve@example.com", "email_several"],
    ["victim@example.com@evil.example", "email_several"],
    ["Name <a@example.com> <b@example.com>", "email_several"],
    ["a..b@example.com", "email_characters"],
    [".a@example.com", "email_characters"],
    ["two words@example.com", "email_characters"],
    ["ａｉｎｏ@example.com", "email_characters"],
    ["a\\b@example.com", "email_characters"],
    [`${"a".repeat(65)}@example.com`, "email_too_long"],
    [`${"ä".repeat(33)}@example.com`, "email_too_long"],
    [`a@${"b23456789.".repeat(26)}example.com`, "email_too_long"],
  ])("%j: %s", (text, problem) => expect(readEmailAddress(text)).toEqual({ problem }));
});

test("whatever is written: one address that reads as itself, or a problem", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.emailAddress(),
    fc.tuple(fc.string({ unit: "grapheme" }), fc.domain()).map(([local, domain]) => `${local}@${domain}`),
    fc.tuple(fc.string(), fc.emailAddress()).map(([name, address]) => `${name} <${address}>`),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const read = readEmailAddress(text);
      if ("problem" in read) return;
      expect(readEmailAddress(read.address)).toEqual(read);
      expect(read.address).not.toMatch(/[\s,;<>"()\\:\p{C}]/u);
      expect(read.address.match(/@/g)).toHaveLength(1);
      expect(read.address.split("@")[1]).toMatch(/^[a-z0-9.-]+$/);
    }),
    { numRuns: 2000 },
  );
});
