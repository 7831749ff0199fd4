import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { findOpenDraft } from "@/lib/activation/draft/queries";
import { selectEnvironments } from "@/lib/activation/draft/select-environments";
import { findTechnicalUserView } from "@/lib/activation/draft/technical-user-view";
import { askPreflight } from "@/lib/activation/preflight/ask-preflight";
import { submitActivationRequest } from "@/lib/activation/request/submit-activation-request";
import type { Viewer } from "@/lib/people/account/schema";
import { asCustomer } from "@/testing/fixtures/account";
import { only } from "@/testing/fixtures/only";
import {
  activateTenant,
  CRM_RIGHTS,
  consentTo,
  createAdministrator,
  createSuperOfficeWorld,
  readCandidate,
  readDraftOf,
  type SuperOfficeWorld,
} from "@/testing/fixtures/superoffice-world";
import { runPreflight } from "./run-preflight";

let world: SuperOfficeWorld;
let viewer: Viewer;
let tenantId: string;
beforeAll(async () => {
  world = await createSuperOfficeWorld({ technicalUser: { username: "CRM Sync", rights: CRM_RIGHTS } });
});
beforeEach(async () => {
  const administrator = await createAdministrator(world, 1);
  viewer = administrator.viewer;
  tenantId = only(administrator.tenantIds);
});
afterAll(() => world.close());

const onDraft = <T>(
  work: (
    tx: Parameters<typeof askPreflight>[0],
    draft: Awaited<ReturnType<typeof readDraftOf>>,
  ) => Promise<T>,
) =>
  asCustomer(
    world.database,
    viewer,
    async (tx) => {
      const draft = await findOpenDraft(tx, world.integration.integrationId);
      if (!draft) throw new Error("no draft");
      return work(tx, draft);
    },
    world.integration.linkToken,
  );

/** Consents, picks the tenant and has it looked at; gives what the page shows. */
async function look() {
  const { id } = await readCandidate(world, await consentTo(world, viewer, tenantId));
  await onDraft((tx, draft) => selectEnvironments(tx, viewer, draft, [id]));
  return again();
}

async function again() {
  await runPreflight(world.context, (await readDraftOf(world, viewer)).id);
  const view = await onDraft((tx, draft) => findTechnicalUserView(tx, draft, world.integration));
  if (!view?.preflight) throw new Error("nothing was looked at");
  const environment = only(view.preflight.environments);
  return {
    ...environment,
    steps: Object.fromEntries((environment.foreseen ?? []).map(({ step, ...more }) => [step, more])),
  };
}

test("says what will be made, and makes nothing", async () => {
  const before = (await world.sandbox.readStats()).calls.length;
  const seen = await look();
  expect(seen).toMatchObject({ state: "fine", findings: [] });
  expect(seen.foreseen?.map(({ step, kind, value }) => [step, kind, value])).toEqual([
    ["field_contact", "make", "Siteshop:CompUserKey01"],
    ["layout_contact", "make", null],
    ["field_person", "make", "Siteshop:PersUserKey01"],
    ["layout_person", "make", null],
    ["field_sale", "make", "Siteshop:SaleUserKey01"],
    ["layout_sale", "make", null],
    ["lists", "keep", "category, business, associate"],
    ["sale_lists", "keep", "saletype, prob, currency"],
    ["source", "make", "API"],
  ]);
  const calls = (await world.sandbox.readStats()).calls.slice(before);
  const changes = calls.filter(({ method, path }) => method !== "GET" && path.startsWith("/v1/"));
  expect(changes).toEqual([]);
  expect(world.sandbox.state.layouts[tenantId]?.Contact?.draft ?? []).toEqual([]);
});

test("foresees what the preparation then does: what exists is kept, and without a free slot there is another place", async () => {
  await world.sandbox.setFaults({
    makeKeyField: { [tenantId]: { type: "Contact", progId: "Siteshop:CompUserKey01" } },
    takeSlots: { [tenantId]: "Sale" },
  });
  const { steps, state } = await look();
  expect(state).toBe("fine");
  expect(steps.field_contact).toEqual({ kind: "keep", value: "Siteshop:CompUserKey01", because: null });
  expect(steps.layout_contact).toMatchObject({ kind: "keep" });
  expect(steps.field_sale).toEqual({ kind: "keep", value: "foreign_app", because: "no_slot_free" });
  expect(steps.layout_sale).toMatchObject({ kind: "keep", because: "nothing_to_publish" });
});

test("what stands in the way is told, holds nothing back, and is gone once it was put right", async () => {
  await world.sandbox.setFaults({
    changeLayout: { [tenantId]: "Person" },
    emptyList: { [tenantId]: "saletype" },
  });
  const { steps, state } = await look();
  expect(state).toBe("warned");
  expect(steps.field_person).toMatchObject({ kind: "cannot", because: "layout_unpublished" });
  expect(steps).not.toHaveProperty("layout_person");
  expect(steps.sale_lists).toMatchObject({ kind: "cannot", because: "list_empty" });

  await world.sandbox.setFaults({ publishLayout: { [tenantId]: "Person" } });
  await onDraft((tx, draft) => askPreflight(tx, draft));
  expect((await again()).steps.field_person).toMatchObject({ kind: "make" });
  await expect(
    onDraft((tx, draft) => submitActivationRequest(tx, viewer, draft, world.integration)),
  ).resolves.toBeTypeOf("string");
});

test("a field that another integration has alone is left to it", async () => {
  const connectionId = await activateTenant(world, viewer, tenantId);
  await world.database.admin
    .sql`update connections set state = 'removed', attention = null where id = ${connectionId}`;
  await world.database.admin
    .sql`update activations set is_occupying = false where id = (select activation_id from connections where id = ${connectionId})`;
  const { steps } = await look();
  expect(steps.field_contact).toMatchObject({ value: "Siteshop:CompUserKey02", kind: "make" });
  expect(steps.source).toMatchObject({ kind: "keep", value: "API" });
});

test("a tenant that does not answer leaves it unchecked", async () => {
  await world.sandbox.setFaults({ failNext: { path: "/v1/Contact/UdefLayout", status: 503, times: 9 } });
  const seen = await look();
  expect(seen).toMatchObject({ state: "unchecked", foreseen: null, findings: [{ code: "not_checked" }] });
});
