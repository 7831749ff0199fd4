import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { offboardings, outboxEvents, outboxMails } from "@/db/schema";
import { sendDecisionToVendor } from "@/lib/activation/request/send-decision-to-vendor";
import { askForCheck } from "@/lib/connection/lifecycle/ask-for-check";
import { verifyConnection } from "@/lib/connection/lifecycle/verify-connection";
import { storeSecret } from "@/lib/platform/seal/secrets";
import { asSystem } from "@/lib/platform/worker-context";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { listConnectionIds } from "@/testing/fixtures/go-process";
import {
  addCompany,
  ageOffboarding,
  connectCompanies,
  deactivate,
  readEnd,
} from "@/testing/fixtures/offboarding";
import { readEvents } from "@/testing/fixtures/request";
import {
  createVendorWorld,
  HELD_BY_TECHNICAL_USER,
  submitToVendor,
  type VendorWorld,
} from "@/testing/fixtures/vendor-world";
import { PROCOUNTOR_SECRETS } from "@/testing/procountor-sandbox";
import { askForProbe } from "./ask-for-probe";
import { reviveOffboardings } from "./sweep-offboardings";
import { postponeOffboarding, workOnOffboarding } from "./work-on-offboarding";

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld({ technicalUser: HELD_BY_TECHNICAL_USER });
});
afterAll(() => world.close());

const work = (id: string) => workOnOffboarding(world.context, id);
const revoke = (companyId: number) => world.sandbox.setFaults({ revokeKey: { companyId } });

async function connectOne() {
  const company = await addCompany(world);
  const { viewer, connectionIds } = await connectCompanies(world, [company]);
  const [id = ""] = connectionIds;
  return { company, viewer, id };
}
async function endOne() {
  const connected = await connectOne();
  await deactivate(world, connected.viewer, [connected.id], "We changed systems.");
  return connected;
}
const listMails = (askId: string) =>
  world.database.admin.orm
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.subjectId, askId))
    .orderBy(outboxMails.kind);

describe("the customer's button", () => {
  test("stops calls in its own transaction, and keeps who asked, when and why", async () => {
    const { viewer, id } = await endOne();
    expect(await readEnd(world, id)).toMatchObject({
      state: "offboarding",
      askedBy: "customer",
      askedByUser: viewer.userId,
      reason: "We changed systems.",
      keyFate: "pending",
      steps: ["asked"],
    });
    expect(await readEvents(world.database, id)).toContain("connection/offboarding.wanted");
  });

  test("cancels what waits for the connection: a check that is due calls nobody", async () => {
    const { id } = await endOne();
    const before = (await world.sandbox.listCalls()).length;
    expect(await verifyConnection(world.context, id)).toBe("failed");
    expect((await world.sandbox.listCalls()).length).toBe(before);
  });

  test("is final: a second one, and a check of what has ended, are conflicts", async () => {
    const { viewer, id } = await endOne();
    await expect(deactivate(world, viewer, [id])).rejects.toMatchObject({ code: "conflict" });
    await expect(
      asCustomer(world.database, viewer, (tx) => askForCheck(tx, viewer, id)),
    ).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("does not find a connection of another account, and leaves all others alone then", async () => {
    const [own, foreign] = [await connectOne(), await connectOne()];
    await expect(deactivate(world, own.viewer, [own.id, foreign.id])).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await verifyConnection(world.context, own.id)).toBe("good");
    const stranger = await createViewer(world.database);
    await expect(
      asCustomer(world.database, stranger, (tx) => askForCheck(tx, stranger, own.id)),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  test("is refused while the key is being checked for the first time", async () => {
    const { requestId, viewer } = await submitToVendor(world, [await addCompany(world)]);
    await sendDecisionToVendor(world.context, requestId);
    const ids = await listConnectionIds(world, requestId);
    await expect(deactivate(world, viewer, ids)).rejects.toMatchObject({ code: "conflict" });
  });

  test("of two at once, one ends it", async () => {
    const { viewer, id } = await connectOne();
    const both = await Promise.allSettled([deactivate(world, viewer, [id]), deactivate(world, viewer, [id])]);
    expect(both.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    expect((await readEnd(world, id)).steps).toEqual(["asked"]);
  });
});

describe("where the vendor has no API to remove a key", () => {
  test("it is left to the customer, the environment is free at once, and the key is tried", async () => {
    const { id } = await endOne();
    expect(await work(id)).toBe("waiting");
    expect(await readEnd(world, id)).toMatchObject({
      state: "offboarding",
      isOccupying: false,
      keyFate: "left_to_customer",
      lastProbe: "alive",
      hasSecrets: true,
      steps: ["asked", "calls_stopped", "key_left_to_customer"],
    });
  });

  test("once the customer has revoked it, it is proven dead and our copy destroyed", async () => {
    const { id, company, viewer } = await endOne();
    await work(id);
    await revoke(company);
    await asCustomer(world.database, viewer, (tx) => askForProbe(tx, viewer, id));
    expect(await work(id)).toBe("closed");
    expect(await readEnd(world, id)).toMatchObject({
      state: "removed",
      outcome: "proven_dead",
      hasSecrets: false,
      tasks: [],
      steps: [
        "asked",
        "calls_stopped",
        "key_left_to_customer",
        "key_proven_dead",
        "data_key_destroyed",
        "closed",
      ],
    });
    expect(await work(id)).toBe("closed");
    await expect(
      asCustomer(world.database, viewer, (tx) => askForProbe(tx, viewer, id)),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  test("a try asked for while another is under way is not lost", async () => {
    const { id, viewer } = await endOne();
    await asCustomer(world.database, viewer, (tx) => askForProbe(tx, viewer, id));
    await world.database.admin.orm
      .update(offboardings)
      .set({ probeWantedAt: new Date(Date.now() + 60_000) })
      .where(eq(offboardings.connectionId, id));
    await work(id);
    const end = await readEnd(world, id);
    expect(end.probeWantedAt).not.toBeNull();
    expect(end.nextProbeAt.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test("a vendor that is down proves nothing, and both sides are told what is known", async () => {
    const { id, company } = await endOne();
    await revoke(company);
    await world.sandbox.setFaults({ failNext: [{ path: "/oauth/token", status: 503 }] });
    await expect(work(id)).rejects.toMatchObject({ kind: "unavailable" });
    expect(await postponeOffboarding(world.context, id, "test")).toBe("waiting");
    const end = await readEnd(world, id);
    expect(end).toMatchObject({
      state: "offboarding",
      lastProbe: "unknown",
      outcome: null,
      hasSecrets: true,
    });
    expect(await listMails(end.askId)).toHaveLength(2);
    expect(await work(id)).toBe("closed");
  });

  test("a refusal that is meant for the partner's own credentials proves nothing either", async () => {
    const { id } = await endOne();
    const owner = { kind: "vendor_application", id: world.integration.vendorApplicationId } as const;
    const setSecret = (value: string) =>
      asSystem(world.context, "test", (tx) =>
        storeSecret(tx, world.context.keys, owner, { name: "clientSecret", value }),
      );
    await setSecret("wrong");
    await expect(work(id)).rejects.toMatchObject({ kind: "application_refused" });
    await setSecret(PROCOUNTOR_SECRETS.clientSecret);
    expect(await work(id)).toBe("waiting");
    expect(await readEnd(world, id)).toMatchObject({ lastProbe: "alive", outcome: null });
  });

  test("after 30 days our copy is destroyed all the same, and a person has to look", async () => {
    const { id } = await endOne();
    await work(id);
    await ageOffboarding(world, id, 31);
    expect(await work(id)).toBe("closed");
    const end = await readEnd(world, id);
    expect(end).toMatchObject({
      state: "removed",
      outcome: "still_works",
      hasSecrets: false,
      tasks: ["key_still_works"],
    });
    expect(end.steps).toContain("key_still_works");
  });

  test("after 30 days with a vendor that did not answer, it says that nothing is proven", async () => {
    const { id } = await endOne();
    await ageOffboarding(world, id, 31);
    await world.sandbox.setFaults({ failNext: [{ path: "/oauth/token", status: 503 }] });
    await expect(work(id)).rejects.toMatchObject({ kind: "unavailable" });
    expect(await postponeOffboarding(world.context, id, "test")).toBe("closed");
    expect(await readEnd(world, id)).toMatchObject({
      outcome: "not_proven",
      hasSecrets: false,
      tasks: ["key_still_works"],
    });
  });

  test("what nobody works on is taken up again by the sweep, and what is closed is not", async () => {
    const [forgotten, closed] = [await endOne(), await endOne()];
    await revoke(closed.company);
    await work(closed.id);
    await world.database.admin.orm.delete(outboxEvents);
    const inTwoMinutes = new Date(Date.now() + 2 * 60_000);
    await asSystem(world.context, "test", (tx) => reviveOffboardings(tx, inTwoMinutes));
    expect(await readEvents(world.database, forgotten.id)).toEqual(["connection/offboarding.wanted"]);
    expect(await readEvents(world.database, closed.id)).toEqual([]);
  });
});

describe("the mails", () => {
  test("one to each side, for all that was ended at once, after all have been seen to", async () => {
    const { viewer, connectionIds } = await connectCompanies(world, [
      await addCompany(world),
      await addCompany(world),
    ]);
    await deactivate(world, viewer, connectionIds);
    const [first = "", second = ""] = connectionIds;
    const { askId } = await readEnd(world, first);
    await work(first);
    expect(await listMails(askId)).toEqual([]);
    await work(second);
    await work(second);
    expect(await listMails(askId)).toMatchObject([
      { kind: "connections_ended", recipient: viewer.email },
      { kind: "connections_ended_partner", recipient: "esimerkki-orders@partner.example" },
    ]);
  });

  test("also when the last two are done at the same moment", async () => {
    const { viewer, connectionIds } = await connectCompanies(world, [
      await addCompany(world),
      await addCompany(world),
    ]);
    await deactivate(world, viewer, connectionIds);
    await Promise.all(connectionIds.map(work));
    const { askId } = await readEnd(world, connectionIds[0] ?? "");
    expect(await listMails(askId)).toHaveLength(2);
  });
});
