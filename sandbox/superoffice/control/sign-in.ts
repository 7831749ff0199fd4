import { type Input, invalid, readRecord, readText } from "../../web/read-input";
import { approve } from "../approvals";
import { beginSignIn, endWithCode, endWithDenial, judge } from "../login/sign-ins";
import type { Tenant, User } from "../model";
import { findTenant, findUser, type StandIn } from "../stand-in";

function readPerson(standIn: StandIn, input: Input): { user: User; tenant: Tenant } {
  const user = findUser(standIn, readText(input.email, "email"));
  const tenant = findTenant(standIn, readText(input.tenantId, "tenantId"));
  if (!user || !tenant || user.roles[tenant.id] === undefined) throw invalid("there is no such user there");
  return { user, tenant };
}

/** `POST /sandbox/approvals`: an administrator approves the application, as in the vendor's App Store. */
export function approveAs(standIn: StandIn, body: unknown): void {
  const { user, tenant } = readPerson(standIn, readRecord(body, "the body"));
  if (judge(user, tenant) === "no_access") throw invalid("only an administrator approves");
  approve(standIn, tenant);
}

/** `POST /sandbox/sign-ins`: a walk through the sign-in behind an authorize address, with an approval, without the walk. */
export function signIn(standIn: StandIn, body: unknown): { callbackUrl: string } {
  const input = readRecord(body, "the body");
  const address = new URL(readText(input.authorizeUrl, "authorizeUrl"));
  const begun = beginSignIn(standIn, address.searchParams);
  if ("backTo" in begun) return { callbackUrl: begun.backTo };
  const { user, tenant } = readPerson(standIn, input);
  const standing = judge(user, tenant);
  if (standing === "no_access") return { callbackUrl: endWithDenial(standIn, begun.signIn) };
  if (standing === "has_to_approve") approve(standIn, tenant);
  return { callbackUrl: endWithCode(standIn, begun.signIn, user, tenant) };
}
