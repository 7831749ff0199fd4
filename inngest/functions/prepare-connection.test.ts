import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
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
import { waitFor } from "@/testing/wait-for";

type Consented = { viewer: Viewer; tenantId: string };

let world: SuperOfficeWorld;
let consented: Consented[];
let stopWorker: () => Promise<void>;
beforeAll(async () => {
  world = await createSuperOfficeWorld();
  // Before the worker is there: the world's own reading of a consent and the worker's would be two at once.
  consented = [await consent(), await consent()];
  stopWorker = await startWorkerProcess(world.database, world.context, { sendMail: async () => {} });
});
afterAll(async () => {
  await stopWorker();
  await world.close();
});

async function consent(): Promise<Consented> {
  const { viewer, tenantIds } = await createAdministrator(world, 1);
  const tenantId = only(tenantIds);
  await consentTo(world, viewer, tenantId);
  return { viewer, tenantId };
}

function takeConsented(): Consented {
  const next = consented.pop();
  if (!next) throw new Error("no consent is left");
  return next;
}

async function submit({ viewer, tenantId }: Consented): Promise<string> {
  const requestId = await pickAndSubmit(world, viewer, [tenantId]);
  await waitFor(async () => expect((await readRequest(world.database, requestId)).settledAt).not.toBeNull(), {
    timeout: 60_000,
  });
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
  const customer = takeConsented();
  const requestId = await submit(customer);
  expect(await readConnection(requestId)).toMatchObject({ state: "active", attention: null });
  expect(fieldsOf(customer.tenantId)).toEqual(["Siteshop:CompUserKey01"]);
});

test("a request is settled with what a person has to put right, and becomes active when that is done", async () => {
  const customer = takeConsented();
  const { viewer, tenantId } = customer;
  await world.sandbox.setFaults({ changeLayout: { [tenantId]: "Contact" } });
  const requestId = await submit(customer);
  const { id, attention } = await readConnection(requestId);
  expect(attention).toBe("not_prepared");
  await world.sandbox.setFaults({ publishLayout: { [tenantId]: "Contact" } });
  await asCustomer(world.database, viewer, (tx) => askForPreparation(tx, viewer, id));
  await waitFor(async () => expect((await readConnection(requestId)).state).toBe("active"), {
    timeout: 60_000,
  });
});
