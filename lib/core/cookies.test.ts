import { expect, test } from "vitest";
import { cookieOptions, hostCookieName, listOutdatedCookies, pathCookieName } from "./cookies";

const HTTPS = "https://portal.example";
const HTTP = "http://localhost:4300";

test("over https a cookie for every path is bound to the host, one for a path to https", () => {
  expect(hostCookieName("kytkin_locale", HTTPS)).toBe("__Host-kytkin_locale");
  expect(pathCookieName("kytkin_sign_in", HTTPS)).toBe("__Secure-kytkin_sign_in");
  // What browsers ask of a __Host- cookie: Secure, path / and no domain.
  expect(cookieOptions(HTTPS, { maxAge: 60 })).toEqual({
    httpOnly: true,
    sameSite: "lax",
    secure: true,
    path: "/",
    maxAge: 60,
  });
});

test("over http there is no prefix, since browsers would refuse the cookie", () => {
  expect(hostCookieName("kytkin_locale", HTTP)).toBe("kytkin_locale");
  expect(pathCookieName("kytkin_sign_in", HTTP)).toBe("kytkin_sign_in");
  expect(cookieOptions(HTTP, { path: "/sign-in" })).toMatchObject({ secure: false, path: "/sign-in" });
});

test("what an earlier version set without a prefix is removed over https, and kept where it is the name", () => {
  const has = (name: string) => ["kytkin_invitation", "kytkin_sign_in", "another"].includes(name);
  expect(listOutdatedCookies(HTTPS, has)).toEqual([
    { name: "kytkin_invitation", path: "/" },
    { name: "kytkin_sign_in", path: "/sign-in" },
  ]);
  expect(listOutdatedCookies(HTTP, has)).toEqual([]);
});
