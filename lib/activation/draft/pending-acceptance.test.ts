import { beforeAll, expect, test, vi } from "vitest";
import { randomToken, sha256 } from "@/lib/core/hash";
import { findAcceptanceOfSignIn, pathAfterAcceptance, sealPendingAcceptance } from "./pending-acceptance";

beforeAll(() => {
  vi.stubEnv("NEXTAUTH_SECRET", "s".repeat(40));
  vi.stubEnv("KYTKIN_PUBLIC_URL", "https://portal.example");
  vi.stubEnv("KYTKIN_DATABASE_URL", "postgres://kytkin_web@127.0.0.1:1/kytkin");
  vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:1");
  vi.stubEnv("MAIL_FROM", "portal@portal.example");
});

const accept = (acceptedAt = new Date()) =>
  sealPendingAcceptance({
    linkToken: "link",
    specificationId: "0199f0a0-0000-7000-8000-000000000001",
    contentHash: "0".repeat(64),
    language: "nb",
    acceptedAt,
  });
const callbackPath = pathAfterAcceptance("link");

test("the sign-in that came of the acceptance takes it over: what, when and in which language", () => {
  const [cookie, acceptedAt] = [accept(), expect.any(Date)];
  expect(findAcceptanceOfSignIn({ acceptanceHash: sha256(cookie), callbackPath }, cookie)).toMatchObject({
    linkToken: "link",
    contentHash: "0".repeat(64),
    language: "nb",
    acceptedAt,
  });
});

test("no other sign-in in the same browser does", () => {
  const cookie = accept();
  expect(findAcceptanceOfSignIn({ acceptanceHash: null, callbackPath }, cookie), "its own wish").toBeNull();
  expect(
    findAcceptanceOfSignIn({ acceptanceHash: sha256(accept()), callbackPath }, cookie),
    "one that came of another click on the same button",
  ).toBeNull();
  for (const path of ["/home", pathAfterAcceptance("other"), `${callbackPath}?x=1`])
    expect(findAcceptanceOfSignIn({ acceptanceHash: sha256(cookie), callbackPath: path }, cookie)).toBeNull();
});

test("what is forged or older than an hour is none", () => {
  const [payload] = accept().split(".");
  const old = accept(new Date(Date.now() - 3_601_000));
  for (const cookie of [`${payload}.${randomToken()}`, `${payload}`, "", old])
    expect(findAcceptanceOfSignIn({ acceptanceHash: sha256(cookie), callbackPath }, cookie)).toBeNull();
});
