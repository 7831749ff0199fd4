import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connections, tasks } from "@/db/schema";
import { sendDecisionToVendor } from "@/lib/activation/request/send-decision-to-vendor";
import { listUnverifiedConnections } from "@/lib/activation/request/settle-activation-request";
import { storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem } from "@/lib/platform/worker-context";
import { only } from "@/testing/fixtures/only";
import {
  createVendorWorld,
  HELD_BY_TECHNICAL_USER,
  submitToVendor,
  type VendorWorld,
} from "@/testing/fixtures/vendor-world";
import { PROCOUNTOR_SECRETS } from "@/testing/procountor-sandbox";
import { postponeVerification, verifyConnection } from "./verify-connection";

/** Whose fault a refused check is: the partner's application, its settings, or the customer's key. */

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld({ technicalUser: HELD_BY_TECHNICAL_USER });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.sandbox.reset();
  await world.database.admin.orm.delete(tasks);
});

let nextCompany = 15524;
const takeCompany = () => nextCompany++;

/** Activates at the vendor; gives the connections that are to be checked. */
async function connectAll(companyIds: number[]): Promise<string[]> {
  const { requestId } = await submitToVendor(world, companyIds);
  await sendDecisionToVendor(world.context, requestId);
  return listUnverifiedConnections(world.context, requestId);
}
const connect = async (companyId: number) => only(await connectAll([companyId]));
const read = async (id: string) =>
  only(await world.database.admin.orm.select().from(connections).where(eq(connections.id, id)));
const verify = (id: string) => verifyConnection(world.context, id);
const owner = () => ({ kind: "vendor_application", id: world.integration.vendorApplicationId }) as const;
const setSecret = (value: string) =>
  asSystem(world.context, "test", (tx) =>
    storeSecret(tx, world.context.keys, owner(), { name: "clientSecret", value }),
  );
const openTasks = async () =>
  (await world.database.admin.orm.select().from(tasks).where(eq(tasks.subjectId, owner().id))).filter(
    ({ resolvedAt }) => resolvedAt === null,
  );

test("an application that is refused is one task, however many connections meet it: each keeps its state", async () => {
  const ids = await connectAll([takeCompany(), takeCompany(), takeCompany()]);
  for (const id of ids) expect(await verify(id)).toBe("good");
  await world.sandbox.setFaults({ invalidateTokens: true });
  await setSecret("rotated at the vendor");
  for (const id of ids) await expect(verify(id)).rejects.toMatchObject({ kind: "application_refused" });
  await setSecret(PROCOUNTOR_SECRETS.clientSecret);
  for (const id of ids) {
    expect(await read(id)).toMatchObject({ state: "active", attention: null });
    await postponeVerification(world.context, id, "test");
    expect(await read(id)).toMatchObject({ state: "active", attention: null });
  }
  expect(await openTasks()).toMatchObject([
    { kind: "application_refused", vendorAnswer: { status: 401, messages: ["invalid_client"] } },
  ]);
  expect(await verify(String(ids[0]))).toBe("good");
  expect(await openTasks()).toEqual([]);
});

test("so is one whose own key is refused in the same words as a customer's", async () => {
  const id = await connect(takeCompany());
  await verify(id);
  await world.sandbox.setFaults({
    invalidateTokens: true,
    failNext: { method: "POST", path: "/oauth/token", status: 401, times: 2 },
  });
  await expect(verify(id)).rejects.toMatchObject({ kind: "application_refused" });
  expect(await read(id)).toMatchObject({ state: "active", attention: null });
});

test("a proof that cannot be made now proves nothing", async () => {
  const company = takeCompany();
  const id = await connect(company);
  await verify(id);
  await world.sandbox.setFaults({ revokeKey: { companyId: company } });
  await world.sandbox.setFaults({
    failNext: [
      { method: "POST", path: "/oauth/token", status: 401 },
      { method: "POST", path: "/oauth/token", status: 503 },
    ],
  });
  await expect(verify(id)).rejects.toMatchObject({ kind: "unavailable" });
  expect(await read(id)).toMatchObject({ state: "active", attention: null });
  expect(await verify(id)).toBe("attention");
  expect(await read(id)).toMatchObject({ attention: "credential_refused" });
});

test("an API version that has ended is no fault of the key", async () => {
  const id = await connect(takeCompany());
  await verify(id);
  await world.sandbox.setFaults({ endedVersions: ["latest"] });
  await expect(verify(id)).rejects.toMatchObject({ kind: "version_ended" });
  expect(await read(id)).toMatchObject({ state: "active", attention: null });
  expect(await openTasks()).toMatchObject([{ kind: "version_ended" }]);
});
