import { invalid, optional, readNumber, readRecord, readText } from "../../web/read-input";
import { signToken } from "../login/signing-keys";
import { findTenant, type StandIn } from "../stand-in";

const CLAIM = "http://schemes.superoffice.net/identity/";
const LIFETIME_SECONDS = 3600;

/** `POST /sandbox/pushes`: what the vendor posts to an application's address when a tenant's state changes. */
export function makePush(standIn: StandIn, body: unknown): object {
  const input = readRecord(body, "the body");
  const tenant = findTenant(standIn, readText(input.tenantId, "tenantId"));
  if (!tenant) throw invalid("there is no such tenant");
  pushes += 1;
  return {
    ChangeType: optional(input.changeType, "changeType", readNumber) ?? 0,
    ContextIdentifier: tenant.id,
    VersionName: "Release_11.10",
    FileVersion: "11.10.1",
    Token: signToken(standIn, { [`${CLAIM}ctx`]: tenant.id, jti: `push-${pushes}` }, LIFETIME_SECONDS),
  };
}

let pushes = 0;
