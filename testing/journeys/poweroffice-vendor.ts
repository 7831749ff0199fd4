import { createViewer } from "../fixtures/account";
import { createGoWorld } from "../fixtures/go-world";
import { PAGE_STEPS } from "../fixtures/specification";
import type { JourneyVendor } from "./vendor";

const FINALIZE = { path: "/Onboarding/Finalize" };
const INFORMATION = { path: "/ClientIntegrationInformation" };
const REMOVAL = { path: "/Offboarding/RemoveIntegration" };

/** PowerOffice Go: the consent itself makes the keys, and what is not used is given back. */
export async function createPowerOfficeVendor(): Promise<JourneyVendor> {
  const world = await createGoWorld({ partnerSteps: PAGE_STEPS });
  const { sandbox, database } = world;
  const fault = (faults: object) => () => sandbox.setFaults(faults);
  return {
    ...world,
    faults: {
      "is down for a while": fault({ failNext: { status: 503, times: 12 } }),
      "refuses to begin": fault({ failNext: { path: "/Onboarding/Initiate", status: 400 } }),
      "fails at the trade": fault({ failNext: { ...FINALIZE, status: 500 } }),
      "refuses the trade": fault({ failNext: { ...FINALIZE, status: 400 } }),
      "loses the keys": fault({ loseAnswerNext: FINALIZE }),
      "cannot tell about a key": fault({ failNext: { ...INFORMATION, status: 503, times: 6 } }),
      "does not take a key back now": fault({ failNext: { ...REMOVAL, status: 503, times: 2 } }),
      "refuses to take a key back": fault({ failNext: { ...REMOVAL, status: 400 } }),
      "loses the answer of a removal": fault({ loseAnswerNext: REMOVAL }),
      "forgets its tokens": fault({ invalidateTokens: true }),
      "makes new keys": fault({ reissueKeys: true }),
      "is cancelled by the customer": fault({ nextReturns: "Canceled" }),
      "returns without a token": fault({ loseNextToken: true }),
      "withholds a privilege": fault({ withheldPrivileges: ["Customer_Full"] }),
      "removes an integration": async ({ environments }) => {
        const [first] = environments.filter((id) => sandbox.listActive().includes(id));
        if (first) await sandbox.setFaults({ removeInGo: first });
      },
    },
    heal: () => sandbox.setFaults({ clear: true }),
    passTime(ms) {
      const { onboardings, onboardingTokens, accessTokens } = sandbox.getState();
      for (const one of [...Object.values(onboardings), ...Object.values(onboardingTokens)])
        one.validUntilMs -= ms;
      for (const token of Object.values(accessTokens)) token.expiresAtMs -= ms;
    },
    async meet(environments) {
      const viewers = [await createViewer(database), await createViewer(database)] as const;
      const { clients } = await sandbox.addUser(viewers[0].email, environments);
      const clientIds = clients.map(({ id }) => id);
      const other = { email: viewers[1].email, fullName: "Annen Utprøver", description: "The same clients" };
      sandbox.getState().addedUsers.push({ ...other, clientIds });
      return { viewers, environments: clientIds };
    },
    consent: async (viewer, environments, address) =>
      address === null ? null : sandbox.consent(address, viewer.email, [...environments]),
    makeKey: sandbox.addKey,
    async removeByHand(environments) {
      for (const id of environments.filter((one) => sandbox.listActive().includes(one)))
        await sandbox.setFaults({ removeInGo: id });
    },
    listWorkingKeys: ({ environments }) =>
      sandbox
        .getState()
        .integrations.filter(({ clientId, isActive }) => isActive && environments.includes(clientId))
        .map(({ clientId, clientKey }) => ({ externalId: clientId, secret: clientKey })),
  };
}
