import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { activations, connections, dataKeys, sealedSecrets, tasks, tokenLeases } from "@/db/schema";
import { loadPastedKey } from "@/lib/activation/pasted-key/load-pasted-key";
import { recoverActivation } from "@/lib/activation/pasted-key/recover-activation";
import { sendDecisionToVendor } from "@/lib/activation/request/send-decision-to-vendor";
import { listUnverifiedConnections } from "@/lib/activation/request/settle-activation-request";
import { destroySecrets, storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem } from "@/lib/platform/worker-context";
import { only } from "@/testing/fixtures/only";
import { paste } from "@/testing/fixtures/pasted-key";
import { createVendorWorld, submitToVendor, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { postponeVerification, verifyConnection } from "./verify-connection";

/** What the stand-in's technical users hold of this integration. */
const RIGHTS: Record<string, string> = {
  "sales.salesOrGroupInvoices": "ALL_RIGHTS",
  "sales.salesInvoiceSearch": "VIEWING_RIGHTS",
  "sales.customerRegister": "ALL_RIGHTS",
  "sales.productRegister": "ALL_RIGHTS",
};
/** Companies of the stand-in with something special about them. */
const [SET_UP_BY_HAND, OTHER_PRODUCT] = [15512, 15519];

let world: VendorWorld;
beforeAll(async () => {
  const rights = Object.entries(RIGHTS).map(([path, level]) => ({ path, level, reason: "It needs it." }));
  world = await createVendorWorld({ technicalUser: { username: "Esimerkki Orders API", rights } });
});
afterAll(() => world.close());
beforeEach(() => world.sandbox.reset());

let nextCompany = 15524;
const takeCompany = () => nextCompany++;

/** Activates at the vendor; gives the connection that is to be checked. */
async function connect(companyId: number): Promise<string> {
  const { requestId } = await submitToVendor(world, [companyId]);
  await sendDecisionToVendor(world.context, requestId);
  return only(await listUnverifiedConnections(world.context, requestId));
}

async function read(connectionId: string) {
  const row = only(
    await world.database.admin.orm
      .select({ connection: connections, activation: activations })
      .from(connections)
      .innerJoin(activations, eq(activations.id, connections.activationId))
      .where(eq(connections.id, connectionId)),
  );
  const { state, attention, rightsCheck } = row.connection;
  return { state, attention, rightsCheck, activation: row.activation };
}
const countSecrets = async (ownerId: string) => {
  const { orm } = world.database.admin;
  const secrets = await orm.select().from(sealedSecrets).where(eq(sealedSecrets.ownerId, ownerId));
  const keys = await orm.select().from(dataKeys).where(eq(dataKeys.ownerId, ownerId));
  return { secrets: secrets.length, dataKeys: keys.length };
};
const verify = (connectionId: string) => verifyConnection(world.context, connectionId);

test("a key with the rights that were asked makes the connection and its activation active", async () => {
  const id = await connect(takeCompany());
  expect((await read(id)).activation.state).toBe("activating");
  expect(await verify(id)).toBe("good");
  expect(await read(id)).toMatchObject({
    state: "active",
    attention: null,
    rightsCheck: { missing: [], surplus: [], boundToNaturalPerson: false },
    activation: { state: "active", isOccupying: true },
  });
});

test("checking again finds the same and changes no more than its time", async () => {
  const id = await connect(takeCompany());
  await verify(id);
  expect(await verify(id)).toBe("good");
  expect(await read(id)).toMatchObject({ state: "active", activation: { state: "active" } });
});

describe("what can be cured leaves it active and says what is wrong", () => {
  const heldOf = (companyId: number, rights: Record<string, string>) =>
    world.sandbox.setFaults({ technicalUserRights: { [companyId]: rights } });

  test("a right that is missing", async () => {
    const company = takeCompany();
    const id = await connect(company);
    await heldOf(company, { ...RIGHTS, "sales.customerRegister": "VIEWING_RIGHTS" });
    expect(await verify(id)).toBe("attention");
    expect(await read(id)).toMatchObject({
      state: "needs_attention",
      attention: "rights_missing",
      rightsCheck: {
        missing: [{ path: "sales.customerRegister", asked: "ALL_RIGHTS", held: "VIEWING_RIGHTS" }],
      },
      activation: { state: "active", failureReason: null },
    });
    await heldOf(company, RIGHTS);
    expect(await verify(id)).toBe("good");
    expect(await read(id)).toMatchObject({ state: "active", attention: null });
  });

  test("a right that nobody asked for", async () => {
    const company = takeCompany();
    const id = await connect(company);
    await heldOf(company, { ...RIGHTS, "management.usersAndUserRights": "ALL_RIGHTS" });
    expect(await verify(id)).toBe("attention");
    expect(await read(id)).toMatchObject({
      attention: "rights_surplus",
      rightsCheck: { surplus: [{ path: "management.usersAndUserRights", held: "ALL_RIGHTS" }] },
    });
  });

  test("a key of a natural person, and before it what is graver", async () => {
    const id = await connect(SET_UP_BY_HAND);
    expect(await verify(id)).toBe("attention");
    expect(await read(id)).toMatchObject({ attention: "rights_missing" });
    await heldOf(SET_UP_BY_HAND, { ...RIGHTS, "user.blockSoloLoginToProcountor": "false" });
    expect(await verify(id)).toBe("attention");
    expect(await read(id)).toMatchObject({ attention: "natural_person", activation: { state: "active" } });
  });

  test("a key that the vendor no longer takes", async () => {
    const company = takeCompany();
    const id = await connect(company);
    await world.sandbox.setFaults({ revokeKey: { companyId: company } });
    expect(await verify(id)).toBe("attention");
    expect(await read(id)).toMatchObject({
      attention: "credential_refused",
      activation: { state: "active" },
    });
  });

  test("a vendor that is down: it is to be checked later, and the activation is not held up", async () => {
    const id = await connect(takeCompany());
    await world.sandbox.setFaults({ failNext: [{ path: "/company", status: 503 }] });
    await expect(verify(id)).rejects.toMatchObject({ kind: "unavailable" });
    expect((await read(id)).activation.state).toBe("activating");
    await postponeVerification(world.context, id, "test");
    expect(await read(id)).toMatchObject({
      state: "needs_attention",
      attention: "verification_pending",
      activation: { state: "active" },
    });
    expect(await verify(id)).toBe("good");
    expect((await read(id)).state).toBe("active");
  });
});

describe("a key that is of no use is destroyed, its connection removed and the activation failed", () => {
  async function expectGivenUp(id: string, failureReason: string) {
    expect(await read(id)).toMatchObject({
      state: "removed",
      attention: null,
      activation: { state: "failed", failureReason, isOccupying: false },
    });
    expect(await countSecrets(id)).toEqual({ secrets: 0, dataKeys: 0 });
    expect(await verify(id)).toBe("failed");
    // It still works at the vendor, and nobody holds it any more: a person has to see that it goes.
    const open = await world.database.admin.orm.select().from(tasks).where(eq(tasks.subjectId, id));
    expect(open).toMatchObject([{ kind: "key_still_works", resolvedAt: null }]);
    expect(open[0]?.integrationId).not.toBeNull();
  }

  test("of another product", async () => {
    const id = await connect(OTHER_PRODUCT);
    expect(await countSecrets(id)).toMatchObject({ dataKeys: 1 });
    expect(await verify(id)).toBe("failed");
    await expectGivenUp(id, "wrong_product");
  });

  test("of another company than the one that was asked", async () => {
    const [asked, other] = [takeCompany(), takeCompany()];
    const [id, otherId] = [await connect(asked), await connect(other)];
    const key = world.sandbox.getState().technicalUsers.find((user) => user.companyId === other)?.apiKey;
    await asSystem(world.context, "test", async (tx) => {
      await destroySecrets(tx, { kind: "connection", id: otherId });
      const owner = { kind: "connection", id } as const;
      await storeSecret(tx, world.context.keys, owner, { name: "api_key", value: String(key) });
    });
    expect(await verify(id)).toBe("failed");
    await expectGivenUp(id, "wrong_identity");
  });

  test("also when its check was put off: the environment is free again", async () => {
    const company = takeCompany();
    const id = await connect(company);
    await postponeVerification(world.context, id, "test");
    await world.database.admin.orm
      .update(activations)
      .set({ externalId: "1" })
      .where(eq(activations.externalId, String(company)));
    expect(await verify(id)).toBe("failed");
    expect(await read(id)).toMatchObject({
      state: "removed",
      activation: { state: "active", isOccupying: false },
    });
  });
});

describe("a key that is replaced while the vendor is asked about it", () => {
  const TOKEN = { path: "/oauth/token" };
  const connectionOf = (id: string) => eq(connections.id, id);
  // Past the company for which the stand-in issues no key.
  beforeAll(() => {
    nextCompany = 15534;
  });

  /** Active, until its key was refused; gives who may paste another one. */
  async function connectAndLose(companyId: number) {
    const { requestId, viewer } = await submitToVendor(world, [companyId]);
    await sendDecisionToVendor(world.context, requestId);
    const id = only(await listUnverifiedConnections(world.context, requestId));
    await verify(id);
    await world.database.admin.orm
      .update(connections)
      .set({ state: "needs_attention", attention: "credential_refused" })
      .where(connectionOf(id));
    await world.database.admin.orm.delete(sealedSecrets).where(eq(sealedSecrets.name, "access_token"));
    return { id, companyId, viewer };
  }

  /** Holds a check at the vendor until the connection has taken a new key; gives what the check ends with. */
  async function replaceDuringCheck({ id, companyId, viewer }: Awaited<ReturnType<typeof connectAndLose>>) {
    const secret = await world.sandbox.addKey({ companyId });
    await world.sandbox.setFaults({ hold: TOKEN });
    const checking = verify(id);
    await expect
      .poll(() => world.database.admin.orm.select().from(tokenLeases))
      .toMatchObject([{ subject: `connection:${id}:access_token` }]);
    const { activation } = await read(id);
    const pasted = await paste(world, viewer, { activationId: activation.id }, secret);
    const identity = { externalId: activation.externalId, name: "Oy", businessId: null, country: null };
    const rights = { held: [], missing: [], surplus: [], boundToNaturalPerson: false };
    await recoverActivation(world.context, await loadPastedKey(world.context, pasted), {
      secret,
      read: { identity, productFit: "ok", rights },
    });
    expect(await read(id)).toMatchObject({ attention: "verification_pending" });
    await world.sandbox.setFaults({ release: TOKEN });
    return checking;
  }

  test("is checked in its stead: the old one's refusal is not written over it", async () => {
    const lost = await connectAndLose(takeCompany());
    await world.sandbox.setFaults({ revokeKey: { companyId: lost.companyId } });
    expect(await replaceDuringCheck(lost)).toBe("good");
    expect(await read(lost.id)).toMatchObject({ state: "active", attention: null });
  });

  test("is not destroyed for what the old one was, nor asked with the old one's token", async () => {
    const lost = await connectAndLose(takeCompany());
    const foreign = await world.sandbox.addKey({ companyId: takeCompany() });
    const owner = { kind: "connection", id: lost.id } as const;
    await asSystem(world.context, "test", (tx) =>
      storeSecret(tx, world.context.keys, owner, { name: "api_key", value: foreign }),
    );
    expect(await replaceDuringCheck(lost)).toBe("good");
    expect(await read(lost.id)).toMatchObject({ state: "active", attention: null });
  });

  test("leaves no note of how the old one's check failed", async () => {
    const lost = await connectAndLose(takeCompany());
    await world.sandbox.setFaults({ failNext: [{ path: "/company", status: 503 }] });
    await expect(replaceDuringCheck(lost)).rejects.toMatchObject({ kind: "unavailable" });
    const [row] = await world.database.admin.orm.select().from(connections).where(connectionOf(lost.id));
    expect(row).toMatchObject({ attention: "verification_pending", checkFailedAt: null });
    expect(await verify(lost.id)).toBe("good");
  });
});
