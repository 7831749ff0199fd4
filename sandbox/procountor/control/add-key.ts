import { invalid, optional, readNumber, readRecord, readText } from "../../web/read-input";
import { findCompany, findIntegration, type StandIn } from "../stand-in";
import { addTechnicalUser } from "../state";

/**
 * `POST /sandbox/keys`: a user made by hand in a company, with a key for the integration, as its screens make one. `role`
 * and `rights` left out are those of a careful set-up.
 */
export function addKey(standIn: StandIn, body: unknown): { apiKey: string } {
  const input = readRecord(body, "the body");
  const integration = findIntegration(standIn, readText(input.vendorIntegrationId, "vendorIntegrationId"));
  if (!integration) throw invalid("there is no such integration");
  const company = findCompany(standIn, readNumber(input.companyId, "companyId"));
  if (!company) throw invalid("there is no such company");
  const rights = optional(input.rights, "rights", (value, name) =>
    Object.fromEntries(
      Object.entries(readRecord(value, name)).map(([path, level]) => [path, readText(level, path)]),
    ),
  );
  const role = optional(input.role, "role", readText);
  const user = addTechnicalUser(standIn.store.state, integration, company.id, {
    isManaged: input.isManaged === true,
    role,
    rights,
  });
  standIn.store.save();
  return { apiKey: user.apiKey };
}
