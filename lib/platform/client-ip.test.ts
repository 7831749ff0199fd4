import { expect, test } from "vitest";
import { clientIpOf, limitSubjectOf } from "./client-ip";

const forwarded = (value?: string) => new Headers(value === undefined ? {} : { "x-forwarded-for": value });

test("without trusted proxies the header is not believed, only the connection itself", () => {
  expect(clientIpOf(forwarded("192.0.2.1"), 0)).toBeNull();
  const headers = new Headers({ "x-forwarded-for": "192.0.2.1", "x-kytkin-peer": "::ffff:198.51.100.7" });
  expect(clientIpOf(headers, 0)).toBe("198.51.100.7");
  expect(clientIpOf(headers, 1)).toBe("192.0.2.1");
});

test("the client is as many entries from the right as there are trusted proxies", () => {
  const header = forwarded("203.0.113.66, 192.0.2.1, 198.51.100.7");
  expect(clientIpOf(header, 1)).toBe("198.51.100.7");
  expect(clientIpOf(header, 2)).toBe("192.0.2.1");
});

test("a chain that is too short or not made of addresses says nothing", () => {
  expect(clientIpOf(forwarded("192.0.2.1"), 2)).toBeNull();
  expect(clientIpOf(forwarded("192.0.2.1, localhost"), 1)).toBeNull();
  expect(clientIpOf(forwarded(), 1)).toBeNull();
});

test("ports and mapped addresses are taken off", () => {
  expect(clientIpOf(forwarded("192.0.2.1:4711"), 1)).toBe("192.0.2.1");
  expect(clientIpOf(forwarded("[2001:DB8::1]:4711"), 1)).toBe("2001:db8::1");
  expect(clientIpOf(forwarded("::ffff:192.0.2.1"), 1)).toBe("192.0.2.1");
});

test("limits count an IPv6 subscriber's whole network once", () => {
  const subject = limitSubjectOf("2001:db8:0:7::1");
  expect(subject).toBe("2001:db8:0:7::/64");
  expect(limitSubjectOf("2001:db8::7:ffff:1:2:3")).toBe(subject);
  expect(limitSubjectOf("2001:0db8:0000:0007:ffff:0001:0002:0003")).toBe(subject);
  expect(limitSubjectOf("2001:db8:0:8::1")).not.toBe(subject);
  expect(limitSubjectOf("::1")).toBe("0:0:0:0::/64");
});

test("IPv4 addresses count one by one, unknown ones together", () => {
  expect(limitSubjectOf("192.0.2.1")).toBe("192.0.2.1");
  expect(limitSubjectOf(null)).toBe("unknown");
});
