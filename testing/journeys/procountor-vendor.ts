import { createViewer } from "../fixtures/account";
import { PAGE_STEPS } from "../fixtures/specification";
import { createVendorWorld } from "../fixtures/vendor-world";
import type { JourneyVendor } from "./vendor";

const RIGHTS = [
  { path: "sales.salesOrGroupInvoices", level: "ALL_RIGHTS", reason: "Makes invoices." },
  { path: "sales.salesInvoiceSearch", level: "VIEWING_RIGHTS", reason: "Finds invoices." },
  { path: "sales.customerRegister", level: "ALL_RIGHTS", reason: "Adds customers." },
  { path: "sales.productRegister", level: "ALL_RIGHTS", reason: "Finds products." },
];
const DECISION = { method: "PUT", path: "/integrations/*" };
const READ = { method: "GET", path: "/integrations/*" };

/** Procountor: its request waits for our decision, which makes the keys. */
export async function createProcountorVendor(): Promise<JourneyVendor> {
  const world = await createVendorWorld({
    partnerSteps: PAGE_STEPS,
    technicalUser: { username: "Esimerkki Orders API", rights: RIGHTS },
  });
  const { sandbox, database } = world;
  const state = () => sandbox.getState();
  const fault = (faults: object) => () => sandbox.setFaults(faults);
  const isOf =
    (environments: readonly string[]) =>
    ({ companyId }: { companyId: number }) =>
      environments.includes(String(companyId));
  return {
    ...world,
    faults: {
      "refuses the decision": fault({ failNext: { ...DECISION, status: 400 } }),
      "fails at the decision": fault({ failNext: { ...DECISION, status: 500 } }),
      "slows the decision down": fault({ failNext: { ...DECISION, status: 429, retryAfterSeconds: 2 } }),
      "loses the decision's answer": fault({ loseAnswerNext: true }),
      "is down for a while": fault({ failNext: { status: 503, times: 12 } }),
      "hides the request for now": fault({ failNext: { ...READ, status: 500 } }),
      "does not list its customers": fault({
        failNext: { method: "GET", path: "/integrations/*/customers", status: 500, times: 3 },
      }),
      "cannot tell about a key": fault({ failNext: { path: "/company", status: 500, times: 6 } }),
      "gives no token": fault({ failNext: { path: "/oauth/token", status: 500, times: 2 } }),
      "forgets its tokens": fault({ invalidateTokens: true }),
      "withholds a key": ({ environments }) =>
        sandbox.setFaults({ withholdNextKey: environments.slice(0, 1).map(Number) }),
      "takes back its requests": async ({ environments }) => {
        for (const request of state().requests.filter(({ companyIds }) =>
          isOf(environments)({ companyId: companyIds[0] ?? 0 }),
        ))
          await sandbox.setFaults({ expireRequest: { requestId: request.id } });
      },
      "revokes a key": async ({ environments }) => {
        const user = state().technicalUsers.find(isOf(environments));
        if (user) await sandbox.setFaults({ revokeKey: { companyId: user.companyId } });
      },
    },
    heal: () => sandbox.setFaults({ clear: true }),
    passTime(ms) {
      for (const request of state().requests)
        request.expiresAt = new Date(Date.parse(request.expiresAt) - ms).toISOString();
      for (const token of Object.values(state().tokens)) token.expiresAtMs -= ms;
    },
    async meet(environments) {
      const viewers = [await createViewer(database), await createViewer(database)] as const;
      const { companies } = await sandbox.addPersona(viewers[0].email, environments);
      return { viewers, environments: companies.map(({ id }) => String(id)) };
    },
    /** The vendor lists what is not activated through its flow already. */
    async consent(viewer, environments) {
      const managed = new Set(
        state()
          .technicalUsers.filter(({ isManaged }) => isManaged)
          .map(({ companyId }) => companyId),
      );
      const companyIds = environments.map(Number).filter((id) => !managed.has(id));
      if (companyIds.length === 0) return null;
      const { callbackUrl } = await sandbox.addRequest({ initiatorEmail: viewer.email, companyIds });
      return new URL(callbackUrl);
    },
    makeKey: (environment) => sandbox.addKey({ companyId: Number(environment) }),
    async removeByHand(environments) {
      for (const user of state().technicalUsers.filter(isOf(environments))) {
        user.isRevoked = true;
        user.isManaged = false;
      }
    },
    listWorkingKeys: ({ environments }) =>
      state()
        .technicalUsers.filter(isOf(environments))
        .filter(({ isRevoked }) => !isRevoked)
        .map(({ companyId, apiKey }) => ({ externalId: String(companyId), secret: apiKey })),
  };
}
