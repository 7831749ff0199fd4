import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  applicationTrials,
  auditLog,
  dataKeys,
  integrations,
  sealedSecrets,
  tasks,
  vendorApplications,
} from "@/db/schema";
import { ensureIntakeKey } from "@/lib/activation/pasted-key/ensure-intake-key";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import type { PartnerRole } from "@/lib/partner/organization/roles";
import { PARTNER_ROLES } from "@/lib/partner/organization/roles";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import { openTask } from "@/lib/platform/task/open-task";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createViewer } from "@/testing/fixtures/account";
import { findEverywhere } from "@/testing/fixtures/find-everywhere";
import { createIntegration, type TestIntegration } from "@/testing/fixtures/integration";
import { only } from "@/testing/fixtures/only";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { createRequest } from "@/testing/fixtures/request";
import { makeWorkerContext } from "@/testing/fixtures/worker";
import {
  POWEROFFICE_SECRETS,
  type PowerOfficeTestSandbox,
  SECONDARY_SUBSCRIPTION_KEY,
  startTestSandbox,
} from "@/testing/poweroffice-sandbox";
import {
  changeApplication,
  createApplication,
  deleteApplication,
  discardChange,
  tryAgain,
} from "./manage-application";
import { getApplication, listApplications } from "./queries";
import { sweepTrials } from "./sweep-trials";
import { giveUpTrial, tryApplication } from "./try-application";

const PUBLIC = "https://portal.example";
const HOUR_MS = 3600_000;

let database: TestDatabase;
let context: WorkerContext;
let sandbox: PowerOfficeTestSandbox;
let integration: TestIntegration;
let owner: PartnerMember;
beforeAll(async () => {
  [database, sandbox] = await Promise.all([createTestDatabase(), startTestSandbox()]);
  context = { ...makeWorkerContext(database), standIns: { "poweroffice-go": `${sandbox.url}/Demo` } };
  await ensureIntakeKey(context);
});
afterAll(async () => {
  await sandbox.close();
  await database.close();
});
beforeEach(async () => {
  integration = await createIntegration(database);
  owner = await createMember(database, integration.partner.id, "owner");
});

const orm = () => database.admin.orm;
let next = 0;
const freshName = () => `Orders ${next++}`;
const good = (clientId = freshName()) => ({ clientId, settings: {}, secrets: { ...POWEROFFICE_SECRETS } });
const wrong = (clientId?: string) => ({
  ...good(clientId),
  secrets: { ...POWEROFFICE_SECRETS, subscriptionKey: "a-key-that-nobody-has" },
});
const create = (input = good(), member = owner) =>
  asMember(database, member, (tx) =>
    createApplication(tx, member, { connector: "poweroffice-go", stage: "test", input }),
  );
async function make(input = good()): Promise<string> {
  const id = await create(input);
  if (id === null) throw new Error("taken");
  return id;
}
const readTrials = (id: string) =>
  orm().select().from(applicationTrials).where(eq(applicationTrials.vendorApplicationId, id));
async function work(id: string): Promise<void> {
  const waiting = (await readTrials(id)).filter(({ state }) => state === "waiting");
  await tryApplication(context, only(waiting).id);
}
async function makeWorking(input = good()): Promise<string> {
  const id = await make(input);
  await work(id);
  return id;
}
const read = (id: string, member = owner) =>
  asMember(database, member, (tx) => getApplication(tx, id, PUBLIC));
const openSecretsOf = async (id: string) => (await createConnectorContext(context, id)).vendor.secrets;
const change = (id: string, input: ReturnType<typeof good>) =>
  asMember(database, owner, (tx) => changeApplication(tx, owner, id, input));
const retry = (id: string, what: "live" | "change") =>
  asMember(database, owner, (tx) => tryAgain(tx, owner, id, what));
const remove = (id: string, member = owner) =>
  asMember(database, member, (tx) => deleteApplication(tx, member, id));
const listSealed = (ownerId: string) =>
  orm().select().from(sealedSecrets).where(eq(sealedSecrets.ownerId, ownerId));
const useIn = (id: string, slug: string) =>
  orm().insert(integrations).values({
    partnerId: integration.partner.id,
    slug,
    connector: "poweroffice-go",
    stage: "test",
    vendorApplicationId: id,
  });

describe("a new application", () => {
  test("is tried by real calls, and its secrets are in use once the vendor accepted them", async () => {
    const id = await make();
    expect(await read(id)).toMatchObject({ state: "trying", provenAt: null });
    expect(await openSecretsOf(id)).toEqual({});
    await work(id);
    const view = await read(id);
    expect(view).toMatchObject({ state: "works", standIn: `${sandbox.url}/Demo` });
    expect(view.current?.checks.map(({ state }) => state)).toEqual(["passed", "passed"]);
    expect(await openSecretsOf(id)).toEqual(POWEROFFICE_SECRETS);
    // The trial's own data key is gone.
    const trial = only(await readTrials(id));
    expect(trial.sealed).toBeNull();
    expect(await listSealed(trial.id)).toEqual([]);
    expect(await orm().select().from(dataKeys).where(eq(dataKeys.ownerId, trial.id))).toEqual([]);
  });

  test("leaves nothing of a secret in the clear, refused or accepted", async () => {
    await makeWorking();
    await makeWorking(wrong());
    for (const secret of [...Object.values(POWEROFFICE_SECRETS), wrong().secrets.subscriptionKey])
      expect(await findEverywhere(database, secret)).toEqual([]);
  });

  test("that the vendor refuses says so in the vendor's words, and nothing comes into use", async () => {
    const id = await makeWorking(wrong());
    const view = await read(id);
    expect(view).toMatchObject({ state: "refused", provenAt: null });
    expect(view.current).toMatchObject({
      failure: "refused",
      checks: [{ state: "failed" }],
      vendorAnswer: { status: 401, messages: [expect.stringContaining("invalid subscription key")] },
    });
    expect(await openSecretsOf(id)).toEqual({});
    await change(id, good(view.clientId));
    await work(id);
    expect(await read(id)).toMatchObject({ state: "works" });
    const before = (await readTrials(id)).filter(({ state }) => state === "discarded");
    expect(await listSealed(only(before).id)).toEqual([]);
  });

  test("with a client id of another partner is refused without a word about whose it is", async () => {
    const name = freshName();
    await make(good(name));
    const other = await createIntegration(database);
    const stranger = await createMember(database, other.partner.id, "owner");
    expect(await create(good(name), stranger)).toBeNull();
  });
});

describe("new secrets", () => {
  test("take the place of those in use once they are accepted; until then those work", async () => {
    const id = await makeWorking();
    const { clientId } = await read(id);
    await change(id, wrong(clientId));
    await work(id);
    expect(await read(id)).toMatchObject({ state: "change_refused" });
    expect(await openSecretsOf(id)).toEqual(POWEROFFICE_SECRETS);

    const subscriptionKey = SECONDARY_SUBSCRIPTION_KEY;
    await sandbox.setFaults({ isVersionEnded: true });
    await change(id, { ...good(clientId), secrets: { ...POWEROFFICE_SECRETS, subscriptionKey } });
    await work(id);
    await sandbox.setFaults({ isVersionEnded: false });
    expect(await openSecretsOf(id)).toEqual(POWEROFFICE_SECRETS);
    // What the vendor stopped refusing passes without being typed again.
    await retry(id, "change");
    await work(id);
    expect(await openSecretsOf(id)).toEqual({ ...POWEROFFICE_SECRETS, subscriptionKey });
    expect(await read(id)).toMatchObject({ state: "works" });
  });

  test("are forgotten when they are discarded, or refused for two weeks", async () => {
    const id = await makeWorking();
    const { clientId } = await read(id);
    await change(id, wrong(clientId));
    await work(id);
    const refused = only((await readTrials(id)).filter(({ state }) => state === "refused"));
    expect(await listSealed(refused.id)).not.toEqual([]);
    await asMember(database, owner, (tx) => discardChange(tx, owner, id));
    expect(await listSealed(refused.id)).toEqual([]);
    expect(await read(id)).toMatchObject({ state: "works" });

    await change(id, wrong(clientId));
    await work(id);
    const later = new Date(Date.now() + 15 * 24 * HOUR_MS);
    await asSystem(context, "test", (tx) => sweepTrials(tx, later));
    expect((await readTrials(id)).map(({ state }) => state)).not.toContain("refused");
    await expect(retry(id, "change")).rejects.toMatchObject({ code: "conflict" });
  });

  test("that no worker came to can be tried again without typing them anew", async () => {
    const id = await make();
    await asSystem(context, "test", (tx) => sweepTrials(tx, new Date(Date.now() + 2 * HOUR_MS)));
    expect((await read(id)).current).toMatchObject({ failure: "not_tried" });
    await retry(id, "change");
    await work(id);
    expect(await read(id)).toMatchObject({ state: "works" });
  });

  test("are tried one at a time, and a job that gave up leaves them to be tried again", async () => {
    const id = await make();
    await expect(change(id, good())).rejects.toMatchObject({ code: "conflict" });
    await giveUpTrial(context, only(await readTrials(id)).id, "it died");
    await retry(id, "change");
    expect(only(await readTrials(id)).state).toBe("waiting");
  });

  test("close the operator's task about the application", async () => {
    const id = await makeWorking();
    await asSystem(context, "test", (tx) => openTask(tx, { kind: "application_refused", subjectId: id }));
    await retry(id, "live");
    await work(id);
    const task = only(await orm().select().from(tasks).where(eq(tasks.subjectId, id)));
    expect(task.resolvedAt).toBeInstanceOf(Date);
  });
});

describe("what is in use, tried again", () => {
  test("keeps its proof while the vendor does not answer, and loses it when it is refused", async () => {
    const id = await makeWorking();
    await sandbox.setFaults({ failNext: { path: "/OAuth/Token", status: 503 } });
    await retry(id, "live");
    await work(id);
    expect(await read(id)).toMatchObject({ state: "works", current: { failure: "unreachable" } });
    await sandbox.setFaults({ isVersionEnded: true });
    await retry(id, "live");
    await work(id);
    await sandbox.setFaults({ isVersionEnded: false });
    expect(await read(id)).toMatchObject({ state: "refused", provenAt: null });
  });
});

test("the return address is tried once an integration uses the application", async () => {
  const id = await makeWorking();
  const slug = `not-registered-${next++}`;
  await useIn(id, slug);
  expect((await read(id)).returnAddresses).toEqual([`${PUBLIC}/connect/${slug}/return`]);
  await retry(id, "live");
  await work(id);
  expect((await read(id)).current).toMatchObject({
    failure: "refused",
    vendorAnswer: { messages: [expect.stringContaining("RedirectUri")] },
  });
});

test("the client id is fixed while customers come by it", async () => {
  const viewer = await createViewer(database);
  await createRequest(database, viewer, integration);
  const id = integration.vendorApplicationId;
  expect(await read(id)).toMatchObject({ isClientIdFixed: true });
  await expect(change(id, good("another"))).rejects.toMatchObject({ code: "conflict" });
});

describe("deleting", () => {
  test("takes the secrets along, of the application and of what was to come", async () => {
    const id = await makeWorking();
    await change(id, wrong((await read(id)).clientId));
    await work(id);
    const trials = await readTrials(id);
    await remove(id);
    for (const ownerId of [id, ...trials.map((trial) => trial.id)])
      expect(await listSealed(ownerId)).toEqual([]);
    expect(await readTrials(id)).toEqual([]);
  });

  test("waits until no integration needs it", async () => {
    const id = await makeWorking();
    await useIn(id, `needs-it-${next++}`);
    await expect(remove(id)).rejects.toMatchObject({ code: "conflict" });
    expect((await read(id)).usedBy).toHaveLength(1);
  });
});

describe("who may", () => {
  const may: readonly PartnerRole[] = ["owner", "admin"];
  test.each(PARTNER_ROLES)("an %s reads, and writes as the table says", async (role) => {
    const id = await makeWorking();
    const member = await createMember(database, integration.partner.id, role);
    expect(JSON.stringify(await read(id, member))).not.toContain(POWEROFFICE_SECRETS.subscriptionKey);
    const writes = [
      () => create(good(), member),
      () => asMember(database, member, (tx) => changeApplication(tx, member, id, good())),
      () => asMember(database, member, (tx) => tryAgain(tx, member, id, "live")),
      () => asMember(database, member, (tx) => discardChange(tx, member, id)),
      () => remove(id, member),
    ];
    for (const write of writes) {
      const code = await write().then(
        () => "done",
        (error: { code?: string }) => error.code,
      );
      if (may.includes(role)) expect(["done", "conflict"]).toContain(code);
      else expect(code).toBe("forbidden");
    }
  });

  test("somebody of another partner finds nothing", async () => {
    const id = await makeWorking();
    const other = await createIntegration(database);
    const stranger = await createMember(database, other.partner.id, "owner");
    const tries = [
      () => read(id, stranger),
      () => asMember(database, stranger, (tx) => changeApplication(tx, stranger, id, good())),
      () => asMember(database, stranger, (tx) => tryAgain(tx, stranger, id, "live")),
      () => remove(id, stranger),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    const seen = await asMember(database, stranger, listApplications);
    expect(seen.map((row) => row.id)).not.toContain(id);
  });

  test("the audit log says who did what, and how the vendor answered", async () => {
    const id = await makeWorking(wrong());
    const rows = await orm()
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.subjectId, id), eq(auditLog.partnerId, integration.partner.id)));
    expect(rows.map(({ action, actorKind, outcome }) => `${action} ${actorKind} ${outcome}`).sort()).toEqual([
      "vendor_application.create user done",
      "vendor_application.trial system refused",
    ]);
  });
});

test("an application that the operator imported is shown as not tried, with its base address left alone", async () => {
  const [imported] = await orm()
    .insert(vendorApplications)
    .values({
      partnerId: integration.partner.id,
      connector: "poweroffice-go",
      stage: "test",
      clientId: freshName(),
      settings: { apiBaseUrl: "https://operators.example" },
      limiterKey: "shared",
    })
    .returning();
  const id = imported?.id ?? "";
  expect(await read(id)).toMatchObject({ state: "incomplete", standIn: "https://operators.example" });
  expect((await read(id)).fields.map(({ name }) => name)).not.toContain("settings.apiBaseUrl");
});
