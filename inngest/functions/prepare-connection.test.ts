import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { activations, connections } from "@/db/schema";
import { askForPreparation } from "@/lib/connection/preparation/ask-for-preparation";
import type { Viewer } from "@/lib/people/account/schema";
import { asCustomer } from "@/testing/fixtures/account";
import { pickAndSubmit } from "@/testing/fixtures/go-world";
import { only } from "@/testing/fixtures/only";
import { readRequest } from "@/testing/fixtures/request";
import {
  consentTo,
  createAdministrator,
  createSuperOfficeWorld,
  type SuperOfficeWorld,
} from "@/testing/fixtures/superoffice-world";
import { startWorkerProcess } from "@/testing/fixtures/worker-process";

let world: SuperOfficeWorld;
let stopWorker: () => Promise<void>;
beforeAll(async () => {
  world = await createSuperOfficeWorld();
  stopWorker = await startWorkerProcess(world.database, world.context, { sendMail: async () => {} });
});
afterAll(async () => {
  await stopWorker();
  await world.close();
});

async function submit(viewer: Viewer, tenantId: string): Promise<string> {
  await consentTo(world, viewer, tenantId);
  const requestId = await pickAndSubmit(world, viewer, [tenantId]);
  await vi.waitFor(
    async () => expect((await readRequest(world.database, requestId)).settledAt).not.toBeNull(),
    { timeout: 60_000 },
  );
  return requestId;
}

async function readConnection(requestId: string) {
  const { orm } = world.database.admin;
  const activation = only(await orm.select().from(activations).where(eq(activations.requestId, requestId)));
  return only(await orm.select().from(connections).where(eq(connections.activationId, activation.id)));
}

const fieldsOf = (tenantId: string) =>
  world.sandbox.state.layouts[tenantId]?.Contact?.published.map(({ ProgId }) => ProgId);

test("the worker prepares what a request activates, and settles it afterwards", async () => {
  const { viewer, tenantIds } = await createAdministrator(world, 1);
  const tenantId = only(tenantIds);
  const requestId = await submit(viewer, tenantId);
  expect(await readConnection(requestId)).toMatchObject({ state: "active", attention: null });
  expect(fieldsOf(tenantId)).toEqual(["Siteshop:CompUserKey01"]);
});

test("a request is settled with what a person has to put right, and becomes active when that is done", async () => {
  const { viewer, tenantIds } = await createAdministrator(world, 1);
  const tenantId = only(tenantIds);
  await world.sandbox.setFaults({ changeLayout: { [tenantId]: "Contact" } });
  const requestId = await submit(viewer, tenantId);
  const { id, attention } = await readConnection(requestId);
  expect(attention).toBe("not_prepared");
  await world.sandbox.setFaults({ publishLayout: { [tenantId]: "Contact" } });
  await asCustomer(world.database, viewer, (tx) => askForPreparation(tx, viewer, id));
  await vi.waitFor(async () => expect((await readConnection(requestId)).state).toBe("active"), {
    timeout: 60_000,
  });
});
