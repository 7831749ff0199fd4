import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLog, vendorApplications } from "@/db/schema";
import { withScope } from "@/db/scope";
import { getPasteGuide } from "@/lib/activation/pasted-key/queries";
import { randomToken, sha256 } from "@/lib/core/hash";
import { createApiKey } from "@/lib/partner/api/create-api-key";
import { revokeApiKey } from "@/lib/partner/api/revoke-api-key";
import { openSecrets } from "@/lib/platform/seal/secrets";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { only } from "@/testing/fixtures/only";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import { createLink } from "./create-link";
import { createPartner } from "./create-partner";
import { type IntegrationFile, integrationFile } from "./import-file";
import { importIntegration } from "./import-integration";
import { findLink } from "./queries";
import { withdrawLink } from "./withdraw-link";

let database: TestDatabase;
let context: WorkerContext;
/** The guide's own example. */
let example: IntegrationFile;
let goExample: IntegrationFile;
beforeAll(async () => {
  database = await createTestDatabase();
  context = makeWorkerContext(database);
  example = await readExample("integration");
  goExample = await readExample("integration-poweroffice-go");
});
afterAll(() => database.close());

async function readExample(name: string): Promise<IntegrationFile> {
  const path = fileURLToPath(new URL(`../../../docs/guides/examples/${name}.json`, import.meta.url));
  return integrationFile.parse(JSON.parse(await readFile(path, "utf8")));
}

const SECRETS = { clientSecret: "client-secret-0001", m2mApiKey: "m2m-key-0001" };

/** A partner of its own with the example's integration under names that no other test uses. */
async function publish(changes: Partial<IntegrationFile> = {}): Promise<IntegrationFile> {
  const name = `p${randomToken(6)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "x")}`;
  await createPartner(context, { slug: name, name: "Mallitalo Oy", notifyEmail: "it@mallitalo.example" });
  const application = { ...example.application, clientId: name };
  const file = { ...example, partner: name, slug: `${name}-orders`, application, ...changes };
  await importIntegration(context, file, SECRETS);
  return file;
}
const openLink = (address: URL) => {
  const token = address.pathname.slice("/a/".length);
  return withScope(database.web, { kind: "public", linkHash: sha256(token) }, (tx) =>
    findLink(tx, token, "en"),
  );
};
const link = (integration: string, expiresAt: Date | null = null) =>
  createLink(context, { integration, label: "Our website", expiresAt });
const refusal = (code: string, detail = "") =>
  expect.objectContaining({ code, detail: expect.stringContaining(detail) });

test("a partner, an integration and a link later the review page has something to show", async () => {
  const file = await publish();
  expect(await openLink(await link(file.slug))).toMatchObject({
    kind: "live",
    view: {
      partner: { name: "Mallitalo Oy" },
      connector: { id: "procountor" },
      specification: { version: 1, content: { name: file.content.name.en } },
    },
  });
});

describe("importing", () => {
  test("seals the vendor's secrets; they are in no row and no audit entry", async () => {
    const file = await publish();
    const application = only(
      await database.admin.orm
        .select()
        .from(vendorApplications)
        .where(eq(vendorApplications.clientId, file.application.clientId)),
    );
    const owner = { kind: "vendor_application", id: application.id } as const;
    expect(await asSystem(context, "test", (tx) => openSecrets(tx, context.keys, owner))).toEqual(SECRETS);
    const audited = await database.admin.orm.select().from(auditLog);
    for (const secret of Object.values(SECRETS))
      expect(JSON.stringify([application, audited])).not.toContain(secret);
  });

  test("again changes nothing; with other texts it publishes the next version and keeps the secrets", async () => {
    const file = await publish();
    expect(await importIntegration(context, file, {})).toEqual({
      version: 1,
      isNewVersion: false,
      sealed: [],
    });
    const changed = { ...file, content: { ...file.content, summary: { en: "Something else." } } };
    expect(await importIntegration(context, changed, {})).toMatchObject({ version: 2, isNewVersion: true });
    const found = await openLink(await link(file.slug));
    expect(found).toMatchObject({
      view: { specification: { version: 2, content: { summary: "Something else." } } },
    });
    // Back to the first text is a version of its own: what was accepted under version 1 stays what it was.
    expect(await importIntegration(context, file, {})).toMatchObject({ version: 3, isNewVersion: true });
  });

  test("says every setting and right that does not fit, and stores nothing", async () => {
    const [right] = example.content.technicalUser.rights;
    if (!right) throw new Error("the example has no right");
    const rights = [
      { ...right, path: "sales.unheardOf" },
      { ...right, level: "SOME" },
    ];
    const wrong = publish({
      application: { clientId: "wrong", settings: { activationUrl: "javascript:alert(1)" } },
      content: { ...example.content, technicalUser: { ...example.content.technicalUser, rights } },
    });
    const refused = await wrong.catch((error: unknown) => error);
    for (const words of [
      "vendorIntegrationId is missing",
      "activationUrl is no web address",
      '"sales.unheardOf" is unknown',
      'no level "SOME"',
    ])
      expect(refused).toEqual(refusal("invalid_input", words));
    const stored = database.admin.orm.select().from(vendorApplications);
    expect((await stored).filter((row) => row.clientId === "wrong")).toEqual([]);
  });

  test("wants all secrets the first time, and knows no others", async () => {
    const file = await publish();
    const fresh = {
      ...file,
      slug: `${file.slug}-2`,
      application: { ...file.application, clientId: `${file.slug}-2` },
    };
    const one = { clientSecret: "client-secret-0001" };
    await expect(importIntegration(context, fresh, one)).rejects.toEqual(
      refusal("invalid_input", "m2mApiKey"),
    );
    await expect(importIntegration(context, file, { password: "x" })).rejects.toEqual(
      refusal("invalid_input", "secrets.password is unknown"),
    );
  });

  test("touches nothing of another partner", async () => {
    const [file, other] = [await publish(), await publish()];
    const sameClient = { ...other, application: file.application };
    await expect(importIntegration(context, sameClient, SECRETS)).rejects.toEqual(
      refusal("conflict", "client id"),
    );
    const sameSlug = { ...other, slug: file.slug };
    await expect(importIntegration(context, sameSlug, SECRETS)).rejects.toEqual(
      refusal("conflict", file.slug),
    );
    await expect(importIntegration(context, { ...file, partner: "nobody" }, SECRETS)).rejects.toEqual(
      refusal("not_found", "nobody"),
    );
  });
});

test.each([
  ["of a private integration is shown to its customers", { publicApplicationKey: "application-key-1" }],
  ["of a public one is not", {}],
])("the application key %s", async (_words, settings) => {
  const { partner } = await publish();
  const application = { clientId: `${partner}-go`, settings };
  const file = { ...goExample, partner, slug: `${partner}-go`, application };
  const secrets = { applicationKey: "application-key-1", subscriptionKey: "subscription-key-1" };
  await importIntegration(context, file, secrets);
  const found = await openLink(await link(file.slug));
  if (found?.kind !== "live") throw new Error("the link is not live");
  const { integrationId, linkToken, specification } = found.view;
  const guide = await asCustomer(
    database,
    await createViewer(database),
    (tx) => getPasteGuide(tx, integrationId, specification.content),
    linkToken,
  );
  expect(guide.applicationKey).toBe("publicApplicationKey" in settings ? "application-key-1" : null);
});

test("a partner's slug is given once, and the demo's never", async () => {
  const partner = { slug: "only-once", name: "Mallitalo Oy", notifyEmail: "it@mallitalo.example" };
  await createPartner(context, partner);
  await expect(createPartner(context, partner)).rejects.toEqual(refusal("conflict", "already"));
  const demo = { ...partner, slug: "esimerkki-software" };
  await expect(createPartner(context, demo)).rejects.toEqual(refusal("conflict", "demo"));
});

describe("links", () => {
  test("end when they expire or are withdrawn", async () => {
    const { slug } = await publish();
    const past = await link(slug, new Date(Date.now() - 1000));
    expect(await openLink(past)).toMatchObject({ kind: "dead", view: { why: "expired" } });
    const address = await link(slug);
    await withdrawLink(context, address.href);
    expect(await openLink(address)).toMatchObject({ kind: "dead", view: { why: "withdrawn" } });
    await expect(withdrawLink(context, address.href)).rejects.toEqual(refusal("not_found"));
  });

  test("need an integration", async () => {
    await expect(link("nothing-here")).rejects.toEqual(refusal("not_found", "nothing-here"));
  });
});

describe("API keys", () => {
  const find = (key: string) =>
    withScope(database.web, { kind: "auth", keyHash: sha256(key) }, (tx) =>
      tx.query.apiKeys.findMany({ columns: { stage: true, revokedAt: true, prefix: true } }),
    );

  test("are found by their hash until they are revoked, and not stored", async () => {
    const { partner } = await publish();
    const key = await createApiKey(context, { partner, stage: "production", name: "Server" });
    expect(await find(key)).toEqual([{ stage: "production", revokedAt: null, prefix: key.slice(0, 8) }]);
    await revokeApiKey(context, { partner, prefix: key.slice(0, 8) });
    expect(only(await find(key)).revokedAt).toBeInstanceOf(Date);
    await expect(revokeApiKey(context, { partner, prefix: key.slice(0, 8) })).rejects.toEqual(
      refusal("not_found"),
    );
    const rows = await database.admin.sql`select * from api_keys`;
    expect(JSON.stringify(rows)).not.toContain(key);
  });

  test("of one partner are not another's to revoke", async () => {
    const [one, other] = [await publish(), await publish()];
    const key = await createApiKey(context, { partner: one.partner, stage: "test", name: "Server" });
    await expect(revokeApiKey(context, { partner: other.partner, prefix: key.slice(0, 8) })).rejects.toEqual(
      refusal("not_found"),
    );
    await expect(createApiKey(context, { partner: "nobody", stage: "test", name: "x" })).rejects.toEqual(
      refusal("not_found", "nobody"),
    );
  });
});
