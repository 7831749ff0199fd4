import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { connections } from "@/db/schema";
import { verifyConnection } from "@/lib/connection/verify-connection";
import { discardDraft } from "@/lib/draft/discard-draft";
import { findSecret } from "@/lib/seal/secrets";
import { asSystem } from "@/lib/worker-context";
import { asCustomer } from "@/testing/fixtures/account";
import {
  activateInGo,
  decideInGo,
  listActiveOf,
  listConnectionIds,
  processInGo,
} from "@/testing/fixtures/go-process";
import {
  comeBack,
  consent,
  createCustomer,
  createGoWorld,
  depart,
  type GoWorld,
  pickAndSubmit,
  readKeyStates,
  readOpenDraftId,
} from "@/testing/fixtures/go-world";
import { readEvents } from "@/testing/fixtures/request";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { releaseGrant } from "./release-grant";

let world: GoWorld;
beforeAll(async () => {
  world = await createGoWorld({ partnerSteps: PAGE_STEPS, cap: 20 });
});
afterEach(() => world.sandbox.setFaults({ reissueKeys: false }));
afterAll(() => world.close());

describe("a client that is active already stays active", () => {
  test("when it is consented to again and left unticked", async () => {
    const customer = await createCustomer(world, 2);
    const [active = "", other = ""] = customer.clientIds;
    const first = await activateInGo(world, customer, [active]);
    const grantId = await consent(world, customer);
    const again = await pickAndSubmit(world, customer.viewer, [other]);
    await decideInGo(world, again, [other]);
    await processInGo(world, again);
    expect(listActiveOf(world, customer)).toEqual([active]);
    expect(await readKeyStates(world, grantId)).toEqual({ [active]: "kept", [other]: "released" });
    const [connectionId = ""] = await listConnectionIds(world, first);
    expect(await verifyConnection(world.context, connectionId)).toBe("good");
  });

  test("when another account consents to it too", async () => {
    const owner = await createCustomer(world, 1);
    await activateInGo(world, owner, owner.clientIds);
    const accountant = await createCustomer(world, 0);
    const { consentUrl } = await depart(world, accountant.viewer);
    const callback = await world.sandbox.consent(consentUrl, owner.viewer.email);
    const grantId = await comeBack(world, accountant.viewer, callback);
    const draftId = await readOpenDraftId(world, accountant.viewer);
    await asCustomer(world.database, accountant.viewer, (tx) => discardDraft(tx, accountant.viewer, draftId));
    await releaseGrant(world.context, grantId);
    expect(listActiveOf(world, owner)).toEqual(owner.clientIds);
  });

  test("also when the vendor replaced its key: the connection takes the new one", async () => {
    const customer = await createCustomer(world, 1);
    const requestId = await activateInGo(world, customer, customer.clientIds);
    const [connectionId = ""] = await listConnectionIds(world, requestId);
    const readKey = () =>
      asSystem(world.context, "test", (tx) =>
        findSecret(tx, world.context.keys, { kind: "connection", id: connectionId }, "api_key"),
      );
    const before = await readKey();
    await world.sandbox.setFaults({ reissueKeys: true });
    const grantId = await consent(world, customer);
    const draftId = await readOpenDraftId(world, customer.viewer);
    await asCustomer(world.database, customer.viewer, (tx) => discardDraft(tx, customer.viewer, draftId));
    await releaseGrant(world.context, grantId);
    expect((await readKey())?.value).not.toBe(before?.value);
    expect(await verifyConnection(world.context, connectionId)).toBe("good");
    expect(listActiveOf(world, customer)).toEqual(customer.clientIds);
  });
});

test("a newer consent of the same draft takes the older one's keys over", async () => {
  const customer = await createCustomer(world, 2);
  const older = await consent(world, customer);
  const newer = await consent(world, customer);
  expect(await readEvents(world.database, older)).toContain("grant/release.wanted");
  await releaseGrant(world.context, older);
  expect(Object.values(await readKeyStates(world, older))).toEqual(["kept", "kept"]);
  expect(Object.values(await readKeyStates(world, newer))).toEqual(["held", "held"]);
  expect(listActiveOf(world, customer)).toEqual(customer.clientIds);
});

test("removed in Go while active: the next check says disconnected, and a new consent brings it back", async () => {
  const customer = await createCustomer(world, 1);
  const requestId = await activateInGo(world, customer, customer.clientIds);
  const [connectionId = ""] = await listConnectionIds(world, requestId);
  await world.sandbox.setFaults({ removeInGo: customer.clientIds[0] });
  expect(await verifyConnection(world.context, connectionId)).toBe("attention");
  const [connection] = await world.database.admin.orm
    .select()
    .from(connections)
    .where(eq(connections.id, connectionId));
  expect(connection).toMatchObject({ state: "needs_attention", attention: "disconnected" });

  const grantId = await consent(world, customer);
  expect(await readKeyStates(world, grantId)).toEqual({ [customer.clientIds[0] ?? ""]: "kept" });
  expect(await readEvents(world.database, connectionId)).toEqual(["connection/check.wanted"]);
  expect(await verifyConnection(world.context, connectionId)).toBe("good");
});
