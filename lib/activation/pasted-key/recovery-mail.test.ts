import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { activations, memberships, outboxMails, users } from "@/db/schema";
import { sendDecisionToVendor } from "@/lib/activation/request/send-decision-to-vendor";
import { settleActivationRequest } from "@/lib/activation/request/settle-activation-request";
import { composeMail } from "@/lib/operations/mail/compose-mail";
import type { Viewer } from "@/lib/people/account/schema";
import { pasteAndCheck } from "@/testing/fixtures/pasted-key";
import { readRequest } from "@/testing/fixtures/request";
import { createVendorWorld, submitToVendor, type VendorWorld } from "@/testing/fixtures/vendor-world";

const LOCALES = ["da", "en", "fi", "nb", "sv"] as const;
const RIGHTS = [{ path: "sales.customerRegister", level: "ALL_RIGHTS", reason: "It adds customers." }];

let world: VendorWorld;
beforeAll(async () => {
  world = await createVendorWorld({ technicalUser: { username: "Esimerkki Orders API", rights: RIGHTS } });
});
afterAll(() => world.close());

/** The vendor made the technical users, and its answer with their keys was lost. */
async function loseAnswer(companyIds: number[]): Promise<{ requestId: string; viewer: Viewer }> {
  const { requestId, viewer } = await submitToVendor(world, companyIds);
  await failWithLostAnswer(requestId);
  return { requestId, viewer };
}

async function failWithLostAnswer(requestId: string): Promise<void> {
  await world.sandbox.setFaults({ loseAnswerNext: true });
  await sendDecisionToVendor(world.context, requestId);
  await settleActivationRequest(world.context, requestId);
}

async function recover(requestId: string, viewer: Viewer, companyId: number): Promise<void> {
  const [activation] = await world.database.admin.orm
    .select()
    .from(activations)
    .where(and(eq(activations.requestId, requestId), eq(activations.externalId, String(companyId))));
  const key = await world.sandbox.addKey({ companyId });
  const pasted = await pasteAndCheck(world, viewer, { activationId: activation?.id ?? "" }, key);
  expect(pasted).toMatchObject({ state: "accepted" });
}

const listMails = (requestId: string) =>
  world.database.admin.orm
    .select()
    .from(outboxMails)
    .where(eq(outboxMails.subjectId, requestId))
    .orderBy(outboxMails.id);

test("whoever was told of the failure is told once when the last lost company works again", async () => {
  const { requestId, viewer } = await loseAnswer([15524, 15525]);
  await recover(requestId, viewer, 15524);
  expect((await listMails(requestId)).map(({ kind }) => kind)).toEqual(["request_settled"]);
  await recover(requestId, viewer, 15525);
  const mails = await listMails(requestId);
  expect(mails.map(({ kind, recipient }) => [kind, recipient])).toEqual([
    ["request_settled", viewer.email],
    ["request_recovered", viewer.email],
  ]);
  const [first, second] = mails;
  expect(second?.messageId).toMatch(new RegExp(`^<request_recovered\\.${requestId}\\.`));
  expect(second?.messageId).not.toBe(first?.messageId);
  const { activations: ended } = await readRequest(world.database, requestId);
  for (const locale of LOCALES) {
    const mail = second && (await composeMail(world.context, { ...second, locale }));
    for (const { environmentName } of ended) expect(mail?.text, locale).toContain(environmentName);
    expect(mail?.subject, locale).not.toContain("requestRecovered");
    expect(mail?.text, locale).toContain(`/requests/${requestId}`);
  }
});

/** Somebody else in the viewer's account. */
async function addColleague(viewer: Viewer): Promise<Viewer> {
  const { orm } = world.database.admin;
  const [colleague] = await orm
    .insert(users)
    .values({ email: `colleague-${viewer.userId}@example.com` })
    .returning();
  if (!colleague) throw new Error("no colleague");
  await orm.insert(memberships).values({ userId: colleague.id, accountId: viewer.accountId });
  return { ...viewer, userId: colleague.id, email: colleague.email };
}
const leave = ({ userId }: Viewer) =>
  world.database.admin.orm.delete(memberships).where(eq(memberships.userId, userId));

test("whoever has left the account meanwhile is not told", async () => {
  const { requestId, viewer } = await loseAnswer([15528]);
  const colleague = await addColleague(viewer);
  await leave(viewer);
  await recover(requestId, colleague, 15528);
  expect((await listMails(requestId)).map(({ kind }) => kind)).toEqual(["request_settled"]);
});

test("whoever was told of the failure in place of who had left is told of its end too", async () => {
  const { requestId, viewer } = await submitToVendor(world, [15529]);
  const colleague = await addColleague(viewer);
  await leave(viewer);
  await failWithLostAnswer(requestId);
  await recover(requestId, colleague, 15529);
  expect((await listMails(requestId)).map(({ kind, recipient }) => [kind, recipient])).toEqual([
    ["request_settled", colleague.email],
    ["request_recovered", colleague.email],
  ]);
});
