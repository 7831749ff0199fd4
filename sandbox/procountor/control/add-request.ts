import { invalid, optional, readNumber, readNumbers, readRecord, readText } from "../../web/read-input";
import { createRequest, listPickableCompanies } from "../activation-requests";
import { findCompany, findIntegration, findPersona, type StandIn } from "../stand-in";

/**
 * `POST /sandbox/requests`: what a walk through the vendor's dialog ends in, without the walk. `companyIds` may name
 * any company; left out, it is all that the persona can pick.
 */
export function addRequest(standIn: StandIn, body: unknown): { requestId: number; callbackUrl: string } {
  const input = readRecord(body, "the body");
  const integration = findIntegration(standIn, readText(input.vendorIntegrationId, "vendorIntegrationId"));
  if (!integration) throw invalid("there is no such integration");
  const personaEmail = optional(input.personaEmail, "personaEmail", readText);
  const persona = personaEmail === undefined ? null : findPersona(standIn, personaEmail);
  if (personaEmail !== undefined && !persona) throw invalid("there is no such persona");
  const email = optional(input.initiatorEmail, "initiatorEmail", readText) ?? persona?.email;
  if (email === undefined) throw invalid("personaEmail or initiatorEmail is needed");
  const pickable = persona ? listPickableCompanies(standIn, integration, persona).map(({ id }) => id) : [];
  const companyIds = optional(input.companyIds, "companyIds", readNumbers) ?? pickable;
  if (companyIds.length === 0) throw invalid("companyIds is empty");
  if (!companyIds.every((id) => findCompany(standIn, id))) throw invalid("there is no such company");
  const initiator = { email, fullName: persona?.fullName ?? "Vieras Kokeilija" };
  const lifetimeSeconds = optional(input.lifetimeSeconds, "lifetimeSeconds", readNumber);
  const { request, callbackUrl } = createRequest(
    standIn,
    integration,
    initiator,
    companyIds,
    lifetimeSeconds,
  );
  return { requestId: request.id, callbackUrl };
}
