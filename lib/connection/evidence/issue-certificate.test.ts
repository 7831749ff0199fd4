import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { workOnOffboarding } from "@/lib/connection/offboarding/work-on-offboarding";
import { ensureConnectionData } from "@/lib/platform/seal/connection-data";
import { findSecret } from "@/lib/platform/seal/secrets";
import { asSystem } from "@/lib/platform/worker-context";
import { asCustomer } from "@/testing/fixtures/account";
import { findEverywhere } from "@/testing/fixtures/find-everywhere";
import { activateInGo, listConnectionIds } from "@/testing/fixtures/go-process";
import { createCustomer, createGoWorld, type GoWorld } from "@/testing/fixtures/go-world";
import { deactivate } from "@/testing/fixtures/offboarding";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { ensureEvidenceKey } from "./evidence-keys";
import { issueCertificate, listUncertified } from "./issue-certificate";
import { findPaper } from "./queries";

let world: GoWorld;
beforeAll(async () => {
  world = await createGoWorld({ partnerSteps: PAGE_STEPS, cap: 20 });
  await ensureEvidenceKey(world.context);
});
afterAll(() => world.close());

describe("a certificate of removal", () => {
  test("is signed once the end is closed, says what was done, and nothing of the connection opens then", async () => {
    const customer = await createCustomer(world, 1);
    const [id = ""] = await listConnectionIds(world, await activateInGo(world, customer, customer.clientIds));
    const owner = { kind: "connection", id } as const;
    const key = await asSystem(world.context, "test", (tx) =>
      findSecret(tx, world.context.keys, owner, "api_key"),
    );
    await asSystem(world.context, "test", (tx) => ensureConnectionData(tx, world.context.keys, id));
    await deactivate(world, customer.viewer, [id], "Moved to another system.");
    // The old key is still there to be tried.
    expect(await issueCertificate(world.context, id)).toBe(false);
    await workOnOffboarding(world.context, id);
    expect(await asSystem(world.context, "test", (tx) => listUncertified(tx, null))).toEqual([id]);
    expect(await issueCertificate(world.context, id)).toBe(true);
    expect(await asSystem(world.context, "test", (tx) => listUncertified(tx, null))).toEqual([]);

    const view = await asCustomer(world.database, customer.viewer, (tx) => findPaper(tx, "certificate", id));
    expect(view?.persons).toMatchObject({
      askedBy: { value: customer.viewer.email },
      reason: { value: "Moved to another system." },
    });
    expect(view?.document).toMatchObject({
      kind: "certificate",
      connection: { id },
      asked: { by: "customer" },
      key: { source: "issued", fate: "removed", outcome: "proven_dead" },
      looked: { dataKeys: 0, secrets: 0 },
      backups: { keptForDays: 35 },
      held: [{ what: "credential" }, { what: "carried_data" }],
    });
    const steps = view?.document.kind === "certificate" ? view.document.steps.map(({ kind }) => kind) : [];
    expect(steps).toEqual([
      "asked",
      "calls_stopped",
      "key_removed",
      "key_proven_dead",
      "data_key_destroyed",
      "closed",
    ]);
    // In no table of the database, in clear or as it was sealed.
    expect(await findEverywhere(world.database, String(key?.value))).toEqual([]);
  });
});
