import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { auditLog, bodyViews } from "@/db/schema";
import { BODY_VIEWS_PATH } from "@/lib/connection/delivery/opened-row";
import { findInboxRow } from "@/lib/connection/delivery/queries";
import { askForRow, fetchRow } from "@/lib/connection/delivery/view-row";
import { asCustomer, createViewer } from "@/testing/fixtures/account";
import { connectForDeliveries, LINE, makeInvoiceRow } from "@/testing/fixtures/deliveries";
import { makeGatewayContext } from "@/testing/fixtures/gateway-world";
import { addCompany, deactivate } from "@/testing/fixtures/offboarding";
import { only } from "@/testing/fixtures/only";
import { createVendorWorld, type VendorWorld } from "@/testing/fixtures/vendor-world";
import { answerBodyView } from "./answer-body-view";
import { type GatewayServer, serveGateway } from "./serve-gateway";

let world: VendorWorld;
let gateway: GatewayServer;
let own: Awaited<ReturnType<typeof connectForDeliveries>>;
let rowId: string;
const sent = makeInvoiceRow("1", { lines: [{ ...LINE, vatPercent: "13.37" }] });
beforeAll(async () => {
  world = await createVendorWorld();
  const context = makeGatewayContext(world.database, world.context);
  gateway = await serveGateway(context, {
    port: 0,
    host: "127.0.0.1",
    publicUrl: "https://portal.example",
    routes: [],
    answerOther: (path, request) => answerBodyView(context, path, request),
  });
});
afterAll(async () => {
  await gateway.stop();
  await world.close();
});
beforeEach(async () => {
  own = await connectForDeliveries(world, await addCompany(world));
  await own.deliver([sent]);
  await own.pump();
  rowId = only(await own.listRows()).id;
});

const url = () => `http://127.0.0.1:${gateway.port}`;
const ask = (viewer = own.viewer) =>
  asCustomer(world.database, viewer, (tx) =>
    askForRow(tx, viewer, { connectionId: own.connectionId, rowId }),
  );

test("a ticket opens its row once, with the fields as they came and what the vendor lacks, and is written down", async () => {
  const row = await asCustomer(world.database, own.viewer, (tx) => findInboxRow(tx, own.connectionId, rowId));
  expect(row).toMatchObject({ id: rowId, state: "rejected", cause: "vat_unknown" });
  const ticket = await ask();
  expect(await fetchRow(url(), ticket)).toMatchObject({
    key: "1",
    fields: sent,
    problems: [{ field: "lines.0.vatPercent", cause: "vat_unknown" }],
    record: null,
  });
  expect(await fetchRow(url(), ticket)).toBeNull();
  const { orm } = world.database.admin;
  const audit = await orm.select().from(auditLog).where(eq(auditLog.action, "delivery.view_row"));
  expect(audit).toContainEqual(expect.objectContaining({ subjectId: own.connectionId, detail: { rowId } }));
});

test("one that is older than a minute, or that nobody wrote, opens nothing", async () => {
  const ticket = await ask();
  await world.database.admin.orm
    .update(bodyViews)
    .set({ createdAt: new Date(Date.now() - 61_000) })
    .where(eq(bodyViews.rowId, rowId));
  expect(await fetchRow(url(), ticket)).toBeNull();
  expect(await fetchRow(url(), "a".repeat(43))).toBeNull();
  for (const authorization of ["", "Ticket x", `Bearer ${ticket}`]) {
    const answer = await fetch(`${url()}${BODY_VIEWS_PATH}`, { method: "POST", headers: { authorization } });
    expect([answer.status, await answer.text()]).toEqual([401, ""]);
  }
  expect((await fetch(`${url()}${BODY_VIEWS_PATH}`)).status).toBe(405);
});

test("nobody of another account gets a ticket, and none opens after the end", async () => {
  const stranger = await createViewer(world.database);
  await expect(ask(stranger)).rejects.toMatchObject({ code: "not_found" });
  const ticket = await ask();
  await deactivate(world, own.viewer, [own.connectionId]);
  expect(await fetchRow(url(), ticket)).toBeNull();
});
