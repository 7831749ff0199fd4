import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLog, outboxMails } from "@/db/schema";
import { ensureEvidenceKey } from "@/lib/connection/evidence/evidence-keys";
import { issueCertificate } from "@/lib/connection/evidence/issue-certificate";
import { findPaper } from "@/lib/connection/evidence/queries";
import { workOnOffboarding } from "@/lib/connection/offboarding/work-on-offboarding";
import { endAsOperator } from "@/lib/operations/end/end-as-operator";
import { deactivateCustomer } from "@/lib/partner/api/deactivate-as-partner";
import type { PartnerRole } from "@/lib/partner/organization/roles";
import { asCustomer, asPartner, createViewer } from "@/testing/fixtures/account";
import { activateInGo, listConnectionIds } from "@/testing/fixtures/go-process";
import { type Customer, createCustomer, createGoWorld, type GoWorld } from "@/testing/fixtures/go-world";
import { createIntegration } from "@/testing/fixtures/integration";
import { readEnd } from "@/testing/fixtures/offboarding";
import { asOperator, createOperator } from "@/testing/fixtures/operator";
import { asMember, createMember } from "@/testing/fixtures/partner";
import { PAGE_STEPS } from "@/testing/fixtures/specification";
import { endInConsole, getEnded, previewEnd } from "./end-connections";

let world: GoWorld;
beforeAll(async () => {
  world = await createGoWorld({ partnerSteps: PAGE_STEPS, cap: 20 });
  await ensureEvidenceKey(world.context);
});
afterAll(() => world.close());

async function connect(clients: number): Promise<{ customer: Customer; ids: string[] }> {
  const customer = await createCustomer(world, clients);
  const requestId = await activateInGo(world, customer, customer.clientIds);
  return { customer, ids: await listConnectionIds(world, requestId) };
}
const member = (role: PartnerRole = "admin") =>
  createMember(world.database, world.integration.partner.id, role);
async function createForeignMember() {
  const { partner } = await createIntegration(world.database, { slug: "foreign" });
  return createMember(world.database, partner.id, "owner");
}
const REASON = "The agreement has ended.";
const wanted = (connectionId: string, extent: "connection" | "customer", expected: number) => ({
  connectionId,
  extent,
  expected,
  reason: REASON,
});
const statesOf = async (ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await readEnd(world, id)).state));

describe("the partner ends", () => {
  test("one connection, and leaves the customer's others alone", async () => {
    const { ids } = await connect(2);
    const [id = "", other = ""] = ids;
    const admin = await member();
    const preview = await asMember(world.database, admin, (tx) => previewEnd(tx, id));
    expect(preview.live.map((one) => one.id).toSorted()).toEqual(ids.toSorted());
    const askId = await asMember(world.database, admin, (tx) =>
      endInConsole(tx, admin, wanted(id, "connection", 1)),
    );
    expect(await readEnd(world, id)).toMatchObject({
      state: "offboarding",
      askedBy: "partner",
      askedByUser: admin.userId,
      reason: REASON,
    });
    const left = await asMember(world.database, admin, (tx) => previewEnd(tx, other));
    expect(left.live.map((one) => one.id)).toEqual([other]);
    const ended = await asMember(world.database, admin, (tx) => getEnded(tx, askId));
    expect(ended.connections).toMatchObject([{ id, progress: "asked" }]);
  });

  test("all of a customer at once, with progress, one mail and a certificate for each", {
    timeout: 90_000,
  }, async () => {
    const [{ customer, ids }, others] = [await connect(2), await connect(1)];
    const admin = await member();
    const askId = await asMember(world.database, admin, (tx) =>
      endInConsole(tx, admin, wanted(ids[0] ?? "", "customer", 2)),
    );
    expect(await statesOf(ids)).toEqual(["offboarding", "offboarding"]);
    const live = await asMember(world.database, admin, (tx) => previewEnd(tx, others.ids[0] ?? ""));
    expect(live.live).toHaveLength(1);
    const progress = async () => {
      const { connections } = await asMember(world.database, admin, (tx) => getEnded(tx, askId));
      return connections.map((one) => one.progress).toSorted();
    };
    expect(await progress()).toEqual(["asked", "asked"]);
    await workOnOffboarding(world.context, ids[0] ?? "");
    expect(await progress()).toEqual(["asked", "closed"]);
    for (const id of ids) {
      await workOnOffboarding(world.context, id);
      expect(await issueCertificate(world.context, id)).toBe(true);
      const paper = await asCustomer(world.database, customer.viewer, (tx) =>
        findPaper(tx, "certificate", id),
      );
      expect(paper?.document).toMatchObject({ asked: { by: "partner" }, onItsWay: { files: 0 } });
      expect(paper?.persons).toMatchObject({ reason: { value: REASON } });
    }
    expect(await progress()).toEqual(["closed", "closed"]);
    const mails = await world.database.admin.orm
      .select({ kind: outboxMails.kind, recipient: outboxMails.recipient })
      .from(outboxMails)
      .where(eq(outboxMails.subjectId, askId));
    expect(mails.map(({ kind }) => kind).toSorted()).toEqual([
      "connections_ended",
      "connections_ended_partner",
    ]);
    expect(mails.map(({ recipient }) => recipient)).toContain(customer.viewer.email);
    const audit = await world.database.admin.orm
      .select()
      .from(auditLog)
      .where(eq(auditLog.actorId, admin.userId));
    expect(audit.filter(({ action }) => action === "connection.deactivate")).toHaveLength(2);
  });

  test("nothing when the list has changed since it was seen, and nothing twice", async () => {
    const { ids } = await connect(2);
    const [id = ""] = ids;
    const admin = await member();
    const end = (expected: number) =>
      asMember(world.database, admin, (tx) => endInConsole(tx, admin, wanted(id, "customer", expected)));
    await expect(end(3)).rejects.toMatchObject({ code: "conflict" });
    const both = await Promise.allSettled([end(2), end(2)]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(end(2)).rejects.toMatchObject({ code: "conflict" });
  });

  test("nothing of another partner's customers, and nothing without the role", async () => {
    const { ids } = await connect(1);
    const [id = ""] = ids;
    const support = await member("support");
    await expect(
      asMember(world.database, support, (tx) => endInConsole(tx, support, wanted(id, "connection", 1))),
    ).rejects.toMatchObject({ code: "forbidden" });
    const foreign = await createForeignMember();
    await expect(asMember(world.database, foreign, (tx) => previewEnd(tx, id))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("all of a customer by an API key", async () => {
    const { ids } = await connect(2);
    const { caller } = world.integration;
    const end = (expected: number) =>
      asPartner(world.database, caller, (tx) =>
        deactivateCustomer(tx, caller, ids[0] ?? "", { reason: REASON, expected }),
      );
    await expect(end(1)).rejects.toMatchObject({ code: "conflict" });
    expect((await end(2)).connectionIds.toSorted()).toEqual(ids.toSorted());
    await expect(end(2)).rejects.toMatchObject({ code: "conflict" });
    expect(await readEnd(world, ids[1] ?? "")).toMatchObject({
      askedBy: "partner",
      askedByKey: caller.keyId,
    });
  });
});

describe("the operator ends a connection", () => {
  test("with a reason that customer and partner get by mail, and it is certified", async () => {
    const { customer, ids } = await connect(1);
    const [id = ""] = ids;
    const operator = await createOperator(world.database);
    const end = () =>
      asOperator(world.database, operator, (tx) =>
        endAsOperator(tx, operator, { connectionId: id, reason: REASON }),
      );
    await end();
    await expect(end()).rejects.toMatchObject({ code: "conflict" });
    await workOnOffboarding(world.context, id);
    const { askId, ...ended } = await readEnd(world, id);
    expect(ended).toMatchObject({
      askedBy: "operator",
      askedByUser: operator.userId,
      reason: REASON,
      state: "removed",
    });
    const mails = await world.database.admin.orm
      .select()
      .from(outboxMails)
      .where(eq(outboxMails.subjectId, askId));
    expect(mails.map(({ recipient }) => recipient)).toContain(customer.viewer.email);
    expect(await issueCertificate(world.context, id)).toBe(true);
    const paper = await asCustomer(world.database, customer.viewer, (tx) => findPaper(tx, "certificate", id));
    expect(paper?.document).toMatchObject({ asked: { by: "operator" } });
    expect(paper?.persons).toEqual({ reason: expect.objectContaining({ value: REASON }) });
  });

  test("and nobody else in that scope", async () => {
    const { ids } = await connect(1);
    const stranger = await createViewer(world.database);
    await expect(
      asOperator(world.database, stranger, (tx) =>
        endAsOperator(tx, stranger, { connectionId: ids[0] ?? "", reason: REASON }),
      ),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
