import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { partners, vendorApplications } from "@/db/schema";
import { DEMO_PARTNER_SLUG } from "@/lib/core/demo";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { startWebProcess } from "@/testing/fixtures/web-process";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { getWebEnv } from "./env";
import { assertProductionReady, assertRealSettings } from "./production-ready";
import { assertFit } from "./web-ready";

const real: Parameters<typeof assertRealSettings>[0] = {
  KYTKIN_DEMO: false,
  KYTKIN_OUTGOING_LOOPBACK: false,
  KYTKIN_STAND_INS: {},
  KYTKIN_PUBLIC_URL: "https://portal.example",
  KYTKIN_DATABASE_URL: "postgres://kytkin_worker:pass@db.internal/kytkin",
  SMTP_URL: "smtps://user:pass@mail.example:465",
  KYTKIN_KEYS: [{ id: "k1", key: randomBytes(32) }],
  KYTKIN_INTAKE_KEYS: [{ id: "i1", key: randomBytes(32) }],
  KYTKIN_GATEWAY_KEYS: [{ id: "g1", key: randomBytes(32) }],
  INNGEST_SIGNING_KEY: `signkey-prod-${"a".repeat(64)}`,
  INNGEST_EVENT_KEY: "e".repeat(32),
  NEXTAUTH_SECRET: "s".repeat(44),
};

describe("settings", () => {
  test("of a real installation are fine, also with a mail server on the same machine", () => {
    expect(() => assertRealSettings(real)).not.toThrow();
    expect(() => assertRealSettings({ ...real, SMTP_URL: "smtp://127.0.0.1:25" })).not.toThrow();
    expect(() => assertRealSettings({ ...real, KYTKIN_PUBLIC_URL: "http://localhost:3000" })).not.toThrow();
  });

  const refusals: [string, Partial<typeof real>, RegExp][] = [
    ["an address without https", { KYTKIN_PUBLIC_URL: "http://portal.example" }, /has to be https/],
    ["calls to this machine", { KYTKIN_OUTGOING_LOOPBACK: true }, /KYTKIN_OUTGOING_LOOPBACK/],
    [
      "stand-ins for what partners enter",
      { KYTKIN_STAND_INS: { vendor: "http://127.0.0.1:1" } },
      /KYTKIN_STAND_INS/,
    ],
    ["the demo for everybody", { KYTKIN_DEMO: true }, /this machine only/],
    ["the demo's catcher", { SMTP_URL: "smtp://127.0.0.1:4304?kytkinMailCatcher=1" }, /catcher/],
    ["a catcher at its usual port", { SMTP_URL: "smtp://localhost:1025" }, /catcher/],
    ["a sign-in secret of the demo", { NEXTAUTH_SECRET: `demo-${"s".repeat(44)}` }, /NEXTAUTH_SECRET/],
    ["a key of the demo", { KYTKIN_KEYS: [{ id: "demo", key: randomBytes(32) }] }, /KYTKIN_KEYS/],
    [
      "a gateway key of the demo",
      { KYTKIN_GATEWAY_KEYS: [{ id: "demo", key: randomBytes(32) }] },
      /KYTKIN_GATEWAY_KEYS/,
    ],
    [
      "an intake key of the demo",
      { KYTKIN_INTAKE_KEYS: [{ id: "demo", key: randomBytes(32) }] },
      /KYTKIN_INTAKE_KEYS/,
    ],
    [
      "a signing key of the demo",
      { INNGEST_SIGNING_KEY: `signkey-demo-${"a".repeat(64)}` },
      /INNGEST_SIGNING_KEY/,
    ],
    ["an event key of the demo", { INNGEST_EVENT_KEY: `demo-${"e".repeat(32)}` }, /INNGEST_EVENT_KEY/],
    [
      "a database password of the demo",
      { KYTKIN_DATABASE_URL: "postgres://kytkin_web:demo-abc@db.internal/kytkin" },
      /KYTKIN_DATABASE_URL/,
    ],
  ];
  test.each(refusals)("refuse %s", (_, changes, words) => {
    expect(() => assertRealSettings({ ...real, ...changes })).toThrow(words);
  });

  test("of the demo are fine on this machine, with all that it generates", () => {
    const demo = {
      ...real,
      ...Object.assign({}, ...refusals.slice(3).map(([, changes]) => changes)),
      KYTKIN_DEMO: true,
      KYTKIN_PUBLIC_URL: "http://localhost:4300",
    };
    expect(() => assertRealSettings(demo)).not.toThrow();
  });
});

describe("the database", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(() => {
    vi.unstubAllEnvs();
  });

  const asWorker = () => assertProductionReady(makeWorkerContext(database), real);
  async function asWeb(): Promise<void> {
    const close = startWebProcess(database, {
      KYTKIN_TRUSTED_PROXIES: "1",
      SMTP_URL: "smtps://mail.example:465",
    });
    await assertFit(getWebEnv()).finally(close);
  }

  test("with real partners is fine, one with a stand-in's address or the demo's partner for neither process", async () => {
    const { vendorApplicationId } = await createIntegration(database, {
      settings: {
        apiBaseUrl: "https://api.vendor.example",
        activationUrl: "https://vendor.example/localhost",
      },
    });
    await asWorker();

    await database.admin.orm
      .update(vendorApplications)
      .set({ settings: { apiBaseUrl: "http://127.0.0.1:4301" } });
    await expect(asWorker()).rejects.toThrow(/stand-in/);
    await expect(asWeb()).rejects.toThrow(/stand-in/);
    await database.admin.orm.update(vendorApplications).set({ settings: {} });

    const partner = only(await database.admin.orm.select().from(partners));
    await database.admin.orm.update(partners).set({ slug: DEMO_PARTNER_SLUG });
    await expect(asWorker()).rejects.toThrow(/demo's partner/);
    await database.admin.orm.update(partners).set({ slug: partner.slug });
    expect(vendorApplicationId).toBeTruthy();
    await asWorker();
  });
});
