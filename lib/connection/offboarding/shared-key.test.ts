import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { candidates, outboxMails } from "@/db/schema";
import { verifyConnection } from "@/lib/connection/lifecycle/verify-connection";
import { createConnectorContext } from "@/lib/connectors/vendor/create-connector-context";
import { findSecret } from "@/lib/platform/seal/secrets";
import { asSystem } from "@/lib/platform/worker-context";
import { addCompany, connectCompanies, deactivate, readEnd } from "@/testing/fixtures/offboarding";
import { createVendorWorld, HELD_BY_TECHNICAL_USER, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { loadOffboarding } from "./load-offboarding";
import { removeKey } from "./remove-key";
import { workOnOffboarding } from "./work-on-offboarding";

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld({ technicalUser: HELD_BY_TECHNICAL_USER });
});
afterAll(() => world.close());

const work = (id: string) => workOnOffboarding(world.context, id);

/** As many active connections of one account, all ended at once. */
async function endConnections(count: number) {
  const companies = await Promise.all(Array.from({ length: count }, () => addCompany(world)));
  const { viewer, connectionIds } = await connectCompanies(world, companies);
  await deactivate(world, viewer, connectionIds, "We changed systems.");
  return { companies, connectionIds };
}
async function endOne() {
  const { companies, connectionIds } = await endConnections(1);
  return { company: companies[0] ?? 0, id: connectionIds[0] ?? "" };
}
const setUpByHand = (companyId: number) =>
  world.database.admin.orm
    .update(candidates)
    .set({ existing: "manual" })
    .where(eq(candidates.externalId, String(companyId)));

test("a key that is shared because it was set up by hand stays: only our copy goes", async () => {
  const { id, company } = await endOne();
  await setUpByHand(company);
  expect(await work(id)).toBe("closed");
  expect(await readEnd(world, id)).toMatchObject({
    state: "removed",
    keyFate: "shared",
    outcome: "shared",
    hasSecrets: false,
    tasks: [],
    steps: ["asked", "calls_stopped", "key_shared", "data_key_destroyed", "closed"],
  });
});

test("a key that is shared because the company was activated again with the key that was there stays with the new connection", async () => {
  const { id, company } = await endOne();
  await work(id);
  const again = await connectCompanies(world, [company]);
  const [newId = ""] = again.connectionIds;
  expect(newId).not.toBe("");
  expect(await work(id)).toBe("closed");
  expect(await readEnd(world, id)).toMatchObject({ outcome: "shared", hasSecrets: false });
  expect(await verifyConnection(world.context, newId)).toBe("good");
  const kept = await asSystem(world.context, "test", (tx) =>
    findSecret(tx, world.context.keys, { kind: "connection", id: newId }, "api_key"),
  );
  expect(kept).not.toBeNull();
});

test("a process that dies once the shared key's matter is closed leaves both sides their mails", async () => {
  const { companies, connectionIds } = await endConnections(2);
  for (const company of companies) await setUpByHand(company);
  const [first = "", second = ""] = connectionIds;
  const loaded = await loadOffboarding(world.context, first);
  const vendor = await createConnectorContext(
    world.context,
    loaded.integration.vendorApplicationId,
    loaded.accountId,
  );
  const key = { subject: { kind: "connection", connectionId: first }, secret: loaded.secret ?? "" } as const;
  expect(await removeKey(world.context, loaded, key, vendor)).toBe("shared");
  // Nothing of the round comes after it any more; the job comes again.
  expect([await work(first), await work(second)]).toEqual(["closed", "closed"]);
  const { askId } = await readEnd(world, first);
  const mails = await world.database.admin.orm
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.subjectId, askId));
  expect(mails.map(({ kind }) => kind).sort()).toEqual(["connections_ended", "connections_ended_partner"]);
});
