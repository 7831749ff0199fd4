import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ensureIntakeKey } from "@/lib/activation/pasted-key/ensure-intake-key";
import { asSystem } from "@/lib/platform/worker-context";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { connectForDeliveries, LINE, makeInvoiceRow } from "@/testing/fixtures/deliveries";
import { addCompany, deactivate } from "@/testing/fixtures/offboarding";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { workOnOffboarding } from "../offboarding/work-on-offboarding";
import { addRows } from "./add-rows";
import { chooseSettings } from "./choose-settings";
import { giveVerdict } from "./give-verdict";
import { openDelivery } from "./open-delivery";
import {
  findDelivery,
  listDayCounts,
  listDeliveries,
  listEntityStates,
  listInbox,
  listInboxRows,
} from "./queries";
import { purgeDeliveries, reviveDeliveries } from "./sweep-deliveries";

let world: VendorWorld;
let own: Awaited<ReturnType<typeof connectForDeliveries>>;
let companyId: number;
beforeAll(async () => {
  world = await createVendorWorld();
  await ensureIntakeKey(world.context);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.sandbox.setFaults({ clear: true });
  companyId = await addCompany(world);
  own = await connectForDeliveries(world, companyId);
});

const rowOf = (number: string, line: object = {}) =>
  makeInvoiceRow(number, { lines: [{ ...LINE, ...line }] });
type Customer = Parameters<Parameters<typeof asCustomer>[2]>[0];
const read = <T>(work: (tx: Customer) => Promise<T>): Promise<T> =>
  asCustomer(world.database, own.viewer, work);
const inbox = async () =>
  (await read((tx) => listInbox(tx, own.connectionId))).map(
    ({ state, cause, field, count }) => `${count} ${state}: ${cause} ${field}`,
  );
async function say(number: string, verdict: Parameters<typeof giveVerdict>[2]["verdict"], content?: string) {
  const place = (await own.tellRows()).findIndex((row) => row.startsWith(`${number} `));
  const rowId = (await own.listRows())[place]?.id ?? "";
  await read((tx) =>
    giveVerdict(tx, own.viewer, { connectionId: own.connectionId, rowId, verdict, content }),
  );
  await own.pump();
}

describe("what a page shows", () => {
  beforeEach(async () => {
    await own.deliver([
      rowOf("1"),
      rowOf("2", { vatPercent: "23" }),
      makeInvoiceRow("3", { lines: [LINE, { ...LINE, vatPercent: "23" }] }),
      { ...rowOf("4"), colour: "red" },
    ]);
    await own.pump();
  });

  test("groups what needs somebody by its cause, lines of an invoice alike", async () => {
    expect(await inbox()).toEqual([
      "2 rejected: vat_unknown lines.vatPercent",
      "1 rejected: field_unknown colour",
    ]);
    const [group] = await read((tx) => listInbox(tx, own.connectionId));
    const rows = group && (await read((tx) => listInboxRows(tx, own.connectionId, group)));
    expect(rows).toMatchObject([
      { position: 2, isBeingWorkedOn: false },
      { position: 3, isBeingWorkedOn: false },
    ]);
  });

  test("counts by entity, delivery and day", async () => {
    expect(await read((tx) => listEntityStates(tx, own.connectionId))).toMatchObject([
      { entity: "sales-invoices", underWay: 0, inInbox: 3, lastWrittenAt: expect.any(String) },
    ]);
    const [delivery] = await read((tx) => listDeliveries(tx, own.connectionId));
    expect(delivery).toMatchObject({ state: "settled", rowCount: 4, counts: { written: 1, rejected: 3 } });
    const found = await read((tx) => findDelivery(tx, own.connectionId, delivery?.id ?? ""));
    expect(found).toEqual(delivery);
    const days = await read((tx) => listDayCounts(tx, own.connectionId));
    expect(days.map(({ outcome, count }) => [outcome, count])).toEqual([
      ["rejected", 3],
      ["written", 1],
    ]);
  });

  test("shows nothing of it to another account", async () => {
    const stranger = await createViewer(world.database);
    const asStranger = <T>(work: (tx: Customer) => Promise<T>) => asCustomer(world.database, stranger, work);
    expect(await asStranger((tx) => listInbox(tx, own.connectionId))).toEqual([]);
    expect(await asStranger((tx) => listDeliveries(tx, own.connectionId))).toEqual([]);
    const rowId = (await own.listRows())[1]?.id ?? "";
    const { connectionId } = own;
    await expect(
      asStranger((tx) => giveVerdict(tx, stranger, { connectionId, rowId, verdict: "dismiss" })),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      asStranger((tx) =>
        chooseSettings(tx, stranger, { connectionId, entity: "sales-invoices", settings: {} }),
      ),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a person", () => {
  test("mends a rejected row: a new one, which names it, is written", async () => {
    await own.deliver([rowOf("1", { vatPercent: "23" })]);
    await own.pump();
    await say("1", "fix", JSON.stringify(rowOf("1")));
    await own.pump();
    expect(await own.tellRows()).toEqual(["1 rejected: vat_unknown", "1 written"]);
    const [old, mended] = await own.listRows();
    expect(mended?.replacesRowId).toBe(old?.id);
    expect(await inbox()).toEqual([]);
    expect(
      await world.database.admin
        .sql`select action, detail from audit_log where subject_id = ${own.connectionId} and action = 'delivery.verdict'`,
    ).toMatchObject([{ detail: { verdict: "fix", count: 1 } }]);
  });

  test("mends it wrongly: the new row has the old one's place in the inbox", async () => {
    await own.deliver([rowOf("1", { vatPercent: "23" })]);
    await own.pump();
    await say("1", "fix", JSON.stringify({ ...rowOf("1"), date: "yesterday" }));
    expect(await inbox()).toEqual(["1 rejected: field_invalid date"]);
  });

  test("has a whole group sent again, once what was wrong at the vendor is right", async () => {
    await own.deliver([rowOf("1", { vatPercent: "23" }), rowOf("2", { vatPercent: "23" })]);
    await own.pump();
    await world.sandbox.setFaults({ vatPercents: [0, 23] });
    const [group] = await read((tx) => listInbox(tx, own.connectionId));
    if (!group) throw new Error("the inbox is empty");
    const { connectionId, viewer } = own;
    expect(await read((tx) => giveVerdict(tx, viewer, { connectionId, group, verdict: "retry" }))).toBe(2);
    await own.pump();
    await own.pump();
    expect(own.countAtVendor()).toEqual({ 1: 1, 2: 1 });
    expect(await inbox()).toEqual([]);
  });

  test("says of a lost answer that it exists, or that it does not", async () => {
    await world.sandbox.setFaults({ failNext: { method: "POST", path: "/invoices", status: 500, times: 2 } });
    await own.deliver([rowOf("1"), rowOf("2")]);
    await own.pump();
    await say("1", "exists", "4711");
    await own.makeDue();
    await world.sandbox.setFaults({ clear: true });
    await say("2", "absent");
    await own.makeDue();
    await own.pump();
    expect(await own.tellRows()).toEqual(["1 written", "2 written"]);
    expect(own.countAtVendor()).toEqual({ 2: 1 });
  });

  test("accepts a total that the vendor calculated, after which the same row is unchanged", async () => {
    await world.sandbox.setFaults({ skewNextTotal: [100] });
    await own.deliver([rowOf("1")]);
    await own.pump();
    await say("1", "accept");
    await own.deliver([rowOf("1")]);
    expect(await own.tellRows()).toEqual(["1 written", "1 unchanged"]);
  });

  test("puts a row aside, and is told when a verdict does not fit", async () => {
    await own.deliver([rowOf("1", { vatPercent: "23" })]);
    await own.pump();
    await expect(say("1", "absent")).rejects.toMatchObject({ code: "conflict" });
    await expect(say("1", "fix")).rejects.toMatchObject({ code: "invalid_input" });
    await say("1", "dismiss");
    expect(await inbox()).toEqual([]);
  });

  test("chooses settings, which the next rows are written by", async () => {
    const choose = (settings: Record<string, string>) =>
      read((tx) =>
        chooseSettings(tx, own.viewer, {
          connectionId: own.connectionId,
          entity: "sales-invoices",
          settings,
        }),
      );
    expect(await choose({ bankAccount: "nonsense", paymentTermDays: "7" })).toEqual(["bankAccount"]);
    expect(await choose({ bankAccount: "", paymentTermDays: "7" })).toEqual([]);
    await own.deliver([rowOf("1")]);
    await own.pump();
    const [invoice] = world.sandbox.getState().invoices.filter((one) => one.companyId === companyId);
    expect(invoice?.body.paymentInfo.dueDate).toBe("2026-12-07");
  });
});

describe("when the connection ends", () => {
  test("each row has its outcome, nothing leaves any more, and no content is left", async () => {
    await own.deliver([rowOf("1"), rowOf("2", { vatPercent: "x" })]);
    await deactivate(world, own.viewer, [own.connectionId]);
    await own.pump();
    await workOnOffboarding(world.context, own.connectionId);
    expect(
      (await own.listRows()).map(({ state, cause, sealedBody }) => [state, cause, sealedBody !== null]),
    ).toEqual([
      ["rejected", "connection_ended", false],
      ["rejected", "field_invalid", true],
    ]);
    expect(own.countAtVendor()).toEqual({});
    await expect(own.deliver([rowOf("3")])).rejects.toMatchObject({ code: "gone" });
  });
});

describe("the sweep", () => {
  const sweepAt = (days: number) =>
    asSystem(world.context, "test", (tx) => purgeDeliveries(tx, new Date(Date.now() + days * 86_400_000)));

  test("drops a delivery whose end was never seen, with its rows", async () => {
    await asSystem(world.context, "test", async (tx) => {
      const { connectionId } = own;
      const delivery = await openDelivery(tx, world.context.keys, {
        ...{ connectionId, entity: "sales-invoices", door: "api", sentBy: null },
      });
      await addRows(tx, delivery, [{ position: 1, fields: rowOf("1") }]);
    });
    await own.pump();
    expect(await own.tellRows()).toEqual(["1 collected"]);
    await sweepAt(2);
    expect(await own.tellRows()).toEqual([]);
    expect(await own.listDeliveries()).toMatchObject([{ state: "dropped" }]);
  });

  test("forgets rejected bodies after 30 days and everything after 90, but nothing that is open", async () => {
    await world.sandbox.setFaults({ closedUntil: { [companyId]: "2026-11-30" } });
    await own.deliver([rowOf("1", { vatPercent: "23" })]);
    await own.deliver([rowOf("2")]);
    await own.pump();
    await sweepAt(31);
    expect((await own.listRows()).map(({ sealedBody }) => sealedBody !== null)).toEqual([false, true]);
    await sweepAt(91);
    expect(await own.tellRows()).toEqual(["2 waiting: period_closed"]);
  });

  test("wakes a run for what nobody works on", async () => {
    await world.database.admin.sql`update delivery_queues set due_at = null`;
    await own.deliver([rowOf("1")]);
    const revive = (minutes: number) =>
      asSystem(world.context, "test", (tx) => reviveDeliveries(tx, new Date(Date.now() + minutes * 60_000)));
    expect(await revive(0)).toBe(0);
    expect(await revive(2)).toBe(1);
  });
});
