import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { activationRequests, grants, requestConsents } from "@/db/schema";
import { beginConsent } from "@/lib/activation/grant/begin-consent";
import { releaseGrant } from "@/lib/activation/grant/release-grant";
import { sendDecisionToVendor } from "@/lib/activation/request/send-decision-to-vendor";
import {
  listUnverifiedConnections,
  settleActivationRequest,
} from "@/lib/activation/request/settle-activation-request";
import { submitActivationRequest } from "@/lib/activation/request/submit-activation-request";
import { verifyConnection } from "@/lib/connection/lifecycle/verify-connection";
import { prepareConnection } from "@/lib/connection/preparation/prepare-connection";
import { sweep } from "@/lib/operations/sweep/sweep";
import type { Viewer } from "@/lib/people/account/schema";
import { asCustomer, createAccount } from "@/testing/fixtures/account";
import { handToMember } from "@/testing/fixtures/draft";
import { only } from "@/testing/fixtures/only";
import { readEvents, readRequest } from "@/testing/fixtures/request";
import {
  consentTo,
  createAdministrator,
  createSuperOfficeWorld,
  readCandidate,
  readDraftOf,
  readGrantState,
  type SuperOfficeWorld,
} from "@/testing/fixtures/superoffice-world";
import { getEnvironmentsView } from "./environments-view";
import { removeConsent } from "./remove-consent";
import { selectEnvironments } from "./select-environments";
import { findTechnicalUserView } from "./technical-user-view";

let world: SuperOfficeWorld;
beforeAll(async () => {
  world = await createSuperOfficeWorld({ cap: 3 });
});
afterAll(() => world.close());

async function view(viewer: Viewer) {
  const draft = await readDraftOf(world, viewer);
  return asCustomer(world.database, viewer, (tx) =>
    getEnvironmentsView(tx, viewer, draft, world.integration),
  );
}

/** Goes on with every tenant that the step shows. */
async function select(viewer: Viewer): Promise<void> {
  const draft = await readDraftOf(world, viewer);
  const ids = (await view(viewer)).options.filter(({ blocked }) => blocked === null);
  await asCustomer(world.database, viewer, (tx) =>
    selectEnvironments(
      tx,
      viewer,
      draft,
      ids.map(({ candidateId }) => candidateId),
    ),
  );
}

async function submit(viewer: Viewer): Promise<string> {
  const draft = await readDraftOf(world, viewer);
  return asCustomer(
    world.database,
    viewer,
    (tx) => submitActivationRequest(tx, viewer, draft, world.integration),
    world.integration.linkToken,
  );
}

const remove = async (viewer: Viewer, grantId: string) => {
  const draft = await readDraftOf(world, viewer);
  await asCustomer(world.database, viewer, (tx) => removeConsent(tx, viewer, draft, grantId));
};

const isPastThePick = async (viewer: Viewer) => {
  const draft = await readDraftOf(world, viewer);
  const next = await asCustomer(world.database, viewer, (tx) =>
    findTechnicalUserView(tx, draft, world.integration),
  );
  return next !== null;
};

/** What the worker does with a request that nobody has to decide about. */
async function work(requestId: string): Promise<void> {
  await sendDecisionToVendor(world.context, requestId);
  for (const id of await listUnverifiedConnections(world.context, requestId)) {
    await verifyConnection(world.context, id);
    await prepareConnection(world.context, id);
  }
  await settleActivationRequest(world.context, requestId);
}

const states = async (requestId: string) =>
  Object.fromEntries(
    (await readRequest(world.database, requestId)).activations.map((one) => [
      one.externalId,
      one.failureReason ?? one.state,
    ]),
  );

const expire = (grantId: string) =>
  world.database.admin.orm
    .update(grants)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(grants.id, grantId));

/** Two tenants of one administrator, each consented to on its own. */
async function consentToTwo() {
  const { viewer, tenantIds } = await createAdministrator(world, 2);
  const [one = "", two = ""] = tenantIds;
  const first = await consentTo(world, viewer, one);
  const second = await consentTo(world, viewer, two);
  return { viewer, one, two, first, second };
}

describe("two tenants, two consents, one request", () => {
  test("both stay open, are part of the draft, and each activation names its own", async () => {
    const { viewer, one, two, first, second } = await consentToTwo();
    await sweep(world.context);
    expect(await readEvents(world.database, first)).not.toContain("grant/release.wanted");
    const shown = await view(viewer);
    expect(shown.consent).toMatchObject({ state: "open", isOneOfSeveral: true, grantIds: [second, first] });
    expect(shown.options.map(({ externalId, isPicked }) => [externalId, isPicked])).toEqual([
      [one, true],
      [two, true],
    ]);
    expect(await isPastThePick(viewer)).toBe(false);
    await select(viewer);
    expect(await isPastThePick(viewer)).toBe(true);
    const requestId = await submit(viewer);
    const request = await readRequest(world.database, requestId);
    expect(Object.fromEntries(request.activations.map((row) => [row.externalId, row.grantId]))).toEqual({
      [one]: first,
      [two]: second,
    });
    await work(requestId);
    expect(await states(requestId)).toEqual({ [one]: "active", [two]: "active" });
    for (const grantId of [first, second]) {
      expect(await readGrantState(world, grantId)).toBe("used");
      expect((await readCandidate(world, grantId)).keyState).toBe("activated");
    }
  });

  test("one whose approval is taken back before it is activated fails alone", async () => {
    const { viewer, one, two } = await consentToTwo();
    await select(viewer);
    const requestId = await submit(viewer);
    await world.sandbox.setFaults({ revoke: one });
    await work(requestId);
    expect(await states(requestId)).toEqual({ [one]: "vendor_expired", [two]: "active" });
    const [request] = await world.database.admin.orm
      .select()
      .from(activationRequests)
      .where(eq(activationRequests.id, requestId));
    expect(request?.state).toBe("settled");
  });

  test("a newer consent of the same tenant takes the place of that one alone", async () => {
    const { viewer, one, first, second } = await consentToTwo();
    const again = await consentTo(world, viewer, one);
    expect(await readEvents(world.database, first)).toContain("grant/release.wanted");
    expect(await readEvents(world.database, second)).not.toContain("grant/release.wanted");
    // The older one counts no more, also before it was given back.
    expect((await view(viewer)).options.map(({ grantId }) => grantId)).toEqual([again, second]);
    await releaseGrant(world.context, first);
    expect((await readCandidate(world, first)).keyState).toBe("kept");
    await select(viewer);
    const requestId = await submit(viewer);
    const used = await world.database.admin.orm
      .select()
      .from(requestConsents)
      .where(eq(requestConsents.requestId, requestId));
    expect(new Set(used.map(({ grantId }) => grantId))).toEqual(new Set([again, second]));
  });
});

describe("taking one out", () => {
  test("gives its key up and leaves the other", async () => {
    const { viewer, two, first, second } = await consentToTwo();
    await select(viewer);
    await remove(viewer, first);
    expect(await readGrantState(world, first)).toBe("released");
    await releaseGrant(world.context, first);
    expect((await readCandidate(world, first)).keyState).toBe("left_to_customer");
    expect((await view(viewer)).options.map(({ externalId }) => externalId)).toEqual([two]);
    expect(await isPastThePick(viewer)).toBe(true);
    await expect(remove(viewer, first)).rejects.toMatchObject({ code: "conflict" });
    await remove(viewer, second);
    expect((await view(viewer)).consent).toEqual({ state: "needed" });
  });

  test("is not for another person's consent, nor for one of another draft", async () => {
    const { viewer } = await consentToTwo();
    const other = await consentToTwo();
    await expect(remove(viewer, other.first)).rejects.toMatchObject({ code: "not_found" });
    expect(await readGrantState(world, other.first)).toBe("open");
  });
});

describe("one that lapses before the submission", () => {
  test("is named, holds the draft up, and is asked for again or taken out", async () => {
    const { viewer, one, two, first } = await consentToTwo();
    await select(viewer);
    await expire(first);
    expect(await view(viewer)).toMatchObject({ lapsed: [{ externalId: one, grantId: first }] });
    expect(await isPastThePick(viewer)).toBe(false);
    await expect(submit(viewer)).rejects.toMatchObject({ code: "gone" });
    await remove(viewer, first);
    expect(await view(viewer)).toMatchObject({ lapsed: [], options: [{ externalId: two }] });
    await work(await submit(viewer));
  });

  test("or is given anew", async () => {
    const { viewer, one, two, first } = await consentToTwo();
    await select(viewer);
    await expire(first);
    await sweep(world.context);
    expect(await readGrantState(world, first)).toBe("expired");
    await consentTo(world, viewer, one);
    expect((await view(viewer)).lapsed).toEqual([]);
    await select(viewer);
    const requestId = await submit(viewer);
    await work(requestId);
    expect(await states(requestId)).toEqual({ [one]: "active", [two]: "active" });
  });
});

test("no more are asked for than fit under the cap", async () => {
  const { viewer, tenantIds } = await createAdministrator(world, 4);
  for (const tenantId of tenantIds.slice(0, 3)) await consentTo(world, viewer, tenantId);
  await expect(consentTo(world, viewer, tenantIds[3] ?? "")).rejects.toMatchObject({ code: "cap_exceeded" });
  const [first] = (await view(viewer)).options;
  await remove(viewer, first?.grantId ?? "");
  const draft = await readDraftOf(world, viewer);
  await asCustomer(world.database, viewer, (tx) => beginConsent(tx, viewer, draft));
});

test("what cannot be activated any more is left out and given back with the submission", async () => {
  const { viewer, one, two } = await consentToTwo();
  await remove(
    viewer,
    (await view(viewer)).options.find(({ externalId }) => externalId === two)?.grantId ?? "",
  );
  await select(viewer);
  await work(await submit(viewer));
  const again = await consentTo(world, viewer, one);
  const second = await consentTo(world, viewer, two);
  expect((await view(viewer)).options.map(({ externalId, blocked }) => [externalId, blocked])).toEqual([
    [one, "active_here"],
    [two, null],
  ]);
  await select(viewer);
  const requestId = await submit(viewer);
  expect(await readEvents(world.database, again)).toContain("grant/release.wanted");
  expect(only((await readRequest(world.database, requestId)).activations).grantId).toBe(second);
});

test("a colleague adds a tenant of their own to what was handed over, and leaves that as it is", async () => {
  const [giver, taker] = await createAccount(world.database, ["giver@example.com", "taker@example.com"]);
  if (!giver || !taker) throw new Error("no viewers");
  const [one = ""] = await world.sandbox.addAdministrator(giver.email, 1);
  const [two = ""] = await world.sandbox.addAdministrator(taker.email, 1);
  const handed = await consentTo(world, giver, one);
  await select(giver);
  await handToMember(world.database, giver, taker, (await readDraftOf(world, giver)).id);
  const own = await consentTo(world, taker, two);
  const shown = await view(taker);
  expect(shown).toMatchObject({ isHanded: false, handedGrantIds: [handed] });
  await expect(remove(taker, handed)).rejects.toMatchObject({ code: "not_found" });
  const draft = await readDraftOf(world, taker);
  const ownAlone = shown.options
    .filter(({ grantId }) => grantId === own)
    .map(({ candidateId }) => candidateId);
  await expect(
    asCustomer(world.database, taker, (tx) => selectEnvironments(tx, taker, draft, ownAlone)),
  ).rejects.toMatchObject({ code: "forbidden" });
  await select(taker);
  const requestId = await submit(taker);
  await work(requestId);
  expect(await states(requestId)).toEqual({ [one]: "active", [two]: "active" });
});

test("a code that lapsed while the worker was away says so, and what was consented to before is kept", async () => {
  const { viewer, tenantIds } = await createAdministrator(world, 2);
  const [one = "", two = ""] = tenantIds;
  await consentTo(world, viewer, one);
  await select(viewer);
  await world.sandbox.setFaults({ codeLifetimeSeconds: 0 });
  const late = await consentTo(world, viewer, two);
  await world.sandbox.setFaults({ codeLifetimeSeconds: 600 });
  const [refused] = await world.database.admin.orm.select().from(grants).where(eq(grants.id, late));
  expect(refused).toMatchObject({ state: "refused", refusedBecause: "expired", returnToken: null });
  expect((await view(viewer)).options.map(({ externalId, isPicked }) => [externalId, isPicked])).toEqual([
    [one, true],
  ]);
  await consentTo(world, viewer, two);
  expect((await view(viewer)).options).toHaveLength(2);
});

test("what came back is never in the database as it was", async () => {
  const { viewer, tenantIds } = await createAdministrator(world, 1);
  await world.database.admin.sql`create table public.seen_tokens as select return_token from grants limit 0`;
  await world.database.admin.sql`create function note_token() returns trigger language plpgsql as
    $$ begin insert into public.seen_tokens values (new.return_token); return new; end $$`;
  await world.database.admin.sql`create trigger note_token after update on grants for each row
    when (new.return_token is not null) execute function note_token()`;
  await world.database.admin.sql`grant insert on seen_tokens to public`;
  await consentTo(world, viewer, tenantIds[0] ?? "");
  const seen = await world.database.admin.sql<
    { return_token: string }[]
  >`select return_token from seen_tokens`;
  await world.database.admin.sql`drop trigger note_token on grants`;
  expect(seen.map(({ return_token }) => return_token.split(".").length)).toEqual([5]);
});
