import { withScope } from "../../db/scope";
import { cancelActivationRequest } from "../../lib/activation/request/cancel-activation-request";
import { askForCheck } from "../../lib/connection/lifecycle/ask-for-check";
import { countFigures } from "../../lib/partner/figures/count-figures";
import { deliverOrders } from "./deliver-orders";
import { moveIntoPast } from "./move-into-past";
import { OFFICE, OTHERS, type PlannedRequest } from "./plan";
import { askForReview, askToJoinAsPartner, ensureSampleLinks, type SampleLinks } from "./publishing";
import { enterAsCustomer, submitRequest } from "./submit-request";
import { addPersona, asSoftware, atVendor, type Company, type World, waitFor } from "./world";

const AT_ONCE = 3;

export type Made = { requests: number; connected: number; seconds: number };

/** Makes the sample's past, with the verbs that pages and software call, and the worker that runs beside. */
export async function makeSample(world: World): Promise<Made> {
  const begun = Date.now();
  const links = await ensureSampleLinks(world);
  const [office, others] = await Promise.all([connectOffice(world, links), submitOthers(world, links)]);
  await moveIntoPast(world, [...office.requests, ...others]);
  await Promise.all([
    troubleOffice(world, office.companies),
    deliverOrders(world, office.companies[0]),
    askToJoinAsPartner(world),
    askForReview(world),
  ]);
  await countPast(world);
  return {
    requests: office.requests.length + others.length,
    connected: office.companies.length,
    seconds: (Date.now() - begun) / 1000,
  };
}

/** The sweep counts a few past days at a time: the partner's figures would stand empty for half an hour. */
async function countPast({ database }: World): Promise<void> {
  const count = () =>
    withScope(database, { kind: "system", reason: "sample" }, (tx) => countFigures(tx, new Date()));
  let counted = await count();
  // Today and yesterday are due each time.
  while (counted > 2) counted = await count();
}

const isSettled = async ({ database }: World, requestId: string): Promise<true | null> => {
  const [row] = await database.sql`
    select 1 from activation_requests where id = ${requestId} and state in ('settled', 'cancelled')`;
  return row ? true : null;
};

async function connectOffice(world: World, links: SampleLinks) {
  const { email, fullName, companies: names } = OFFICE;
  const companies = await addPersona(world, { email, fullName, names });
  const requests: string[] = [];
  for (let part = 0; part < OFFICE.requests; part++) {
    const picked = companies.slice(part * OFFICE.perRequest, (part + 1) * OFFICE.perRequest);
    const id = await submitRequest(world, email, links.automatic, picked);
    await waitFor("the office’s request", () => isSettled(world, id));
    requests.push(id);
  }
  return { requests, companies: companies.slice(0, OFFICE.requests * OFFICE.perRequest) };
}

async function submitOthers(world: World, links: SampleLinks): Promise<string[]> {
  const left = [...OTHERS];
  const made: string[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) made.push(await submitOther(world, links, next));
  };
  const last = left.pop();
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  // The one that waits is the newest.
  if (last) made.push(await submitOther(world, links, last));
  return made;
}

async function submitOther(world: World, links: SampleLinks, planned: PlannedRequest): Promise<string> {
  const { email, integration, fate } = planned;
  const companies = await addPersona(world, { email, fullName: "Samu Sampo", names: planned.companies });
  const id = await submitRequest(world, email, links[integration], companies);
  if (fate === "waiting") return id;
  if (fate === "cancelled") {
    const { viewer, act } = await enterAsCustomer(world, email);
    await act((tx) => cancelActivationRequest(tx, viewer, id));
  } else if (integration === "page") await decide(world, id, fate === "active");
  await waitFor(`the request of ${email}`, () => isSettled(world, id));
  return id;
}

async function decide(world: World, requestId: string, isApproved: boolean): Promise<void> {
  const rows = await world.database.sql<{ id: string }[]>`
    select environment_id as id from activations where request_id = ${requestId}`;
  const ids = rows.map(({ id }) => id);
  const reason = "There is no contract for this company yet. Write to sales@partner.example.";
  await asSoftware(world, "PUT", `${world.portalUrl}/api/v1/activation-requests/${requestId}`, {
    approve: isApproved ? ids : [],
    reject: isApproved ? [] : ids.map((environmentId) => ({ environmentId, reason })),
  });
}

/** The vendor revokes some keys, and a check finds it. */
async function troubleOffice(world: World, companies: readonly Company[]): Promise<void> {
  const { viewer, act } = await enterAsCustomer(world, OFFICE.email);
  for (const position of OFFICE.inTrouble) {
    const company = companies[position];
    if (!company) continue;
    await atVendor(world, "faults", {
      revokeKey: { companyId: company.id, vendorIntegrationId: "esimerkki-orders" },
    });
    const [connection] = await world.database.sql<{ id: string }[]>`
      select c.id from connections c join environments e on e.id = c.environment_id
      where c.account_id = ${viewer.accountId} and e.external_id = ${String(company.id)}`;
    const id = connection?.id;
    if (id === undefined) throw new Error(`${company.name} is not connected`);
    await act((tx) => askForCheck(tx, viewer, id));
    await waitFor(`the trouble of ${company.name}`, async () => {
      const [row] = await world.database
        .sql`select 1 from connections where id = ${id} and state = 'needs_attention'`;
      return row ? true : null;
    });
  }
}
