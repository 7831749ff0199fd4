import { setTimeout as delay } from "node:timers/promises";
import { createViewer } from "../fixtures/account";
import type { TestIntegration } from "../fixtures/integration";
import { createRequest, readRequest } from "../fixtures/request";
import type { KillWorld } from "./kill-world";

/** What somebody asked for, and who gets the mail about it. */
export type DrivenRequest = { requestId: string; vendorRequest: string; email: string };

const COMPANIES = 2;
const AGAIN_AFTER_MS = 100;

/** One request as a customer makes it, and where a partner decides, its decision over HTTP. */
export async function driveRequest(world: KillWorld, position: number): Promise<DrivenRequest> {
  const integration = world.integrations[position % 2 === 0 ? 0 : 1];
  const submitted = await submit(world, integration);
  if (integration.specification.content.partnerSteps.kind === "page")
    await decideOverHttp(world, integration, submitted.requestId);
  return submitted;
}

async function submit(
  { database, sandbox }: KillWorld,
  integration: TestIntegration,
): Promise<DrivenRequest> {
  const viewer = await createViewer(database);
  const { companies } = await sandbox.addPersona(viewer.email, COMPANIES);
  const { requestId: vendorId } = await sandbox.addRequest({
    vendorIntegrationId: integration.slug,
    personaEmail: viewer.email,
  });
  const vendorRequest = String(vendorId);
  const offered = companies.map(({ id }) => String(id));
  const { requestId } = await createRequest(database, viewer, integration, { offered, vendorRequest });
  return { requestId, vendorRequest, email: viewer.email };
}

/** The partner's software: it takes one, rejects the other, and repeats until it has an answer. */
async function decideOverHttp(
  { database, portalUrl }: KillWorld,
  integration: TestIntegration,
  requestId: string,
): Promise<void> {
  const { activations } = await readRequest(database, requestId);
  const [taken, ...others] = activations.map(({ environmentId }) => environmentId);
  const body = JSON.stringify({
    approve: [taken],
    reject: others.map((environmentId) => ({ environmentId, reason: "No agreement." })),
  });
  for (;;) {
    const response = await fetch(`${portalUrl}/api/v1/activation-requests/${requestId}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${integration.apiKey}`, "content-type": "application/json" },
      body,
    }).catch(() => null);
    if (response?.ok) return;
    if (response && response.status < 500) throw new Error(`${response.status}: ${await response.text()}`);
    await delay(AGAIN_AFTER_MS);
  }
}
