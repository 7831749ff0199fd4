import { and, eq, isNull } from "drizzle-orm";
import { activationLinks, integrations } from "@/db/schema";
import type { ScopedTransaction } from "@/db/scope";
import { readSettings } from "@/lib/activation/settings/rules";
import type { SettingProblem } from "@/lib/activation/settings/schema";
import type { Setting } from "@/lib/catalogue/integration/schema";
import { endLink } from "@/lib/catalogue/integration/withdraw-link";
import { createLinkSession, createPartnerLink, updatePartnerLink } from "@/lib/catalogue/link/manage-links";
import { AppError } from "@/lib/core/app-error";
import { cleanLine } from "@/lib/core/outside-text";
import { actAsMember } from "@/lib/partner/organization/act-as-member";
import { assertMay } from "@/lib/partner/organization/assert-may";
import type { PartnerMember } from "@/lib/partner/organization/schema";
import type { PartnerActor } from "@/lib/platform/audit/partner-actor";
import type { LinkChangeInput, LinkInput, SessionInput } from "./schema";

type Partner = ScopedTransaction<"partner">;

/** The integration that is meant, and the member as the actor of its stage. Throws `not_found` for another partner's. */
async function onIntegration(
  tx: Partner,
  member: PartnerMember,
  integrationId: string,
): Promise<{ slug: string; actor: PartnerActor }> {
  const [own] = await tx
    .select({ slug: integrations.slug, stage: integrations.stage })
    .from(integrations)
    .where(and(eq(integrations.id, integrationId), eq(integrations.partnerId, member.partnerId)));
  if (!own) throw new AppError("not_found", "integration");
  return { slug: own.slug, actor: actAsMember(member, own.stage, "links.manage") };
}

async function onLink(tx: Partner, member: PartnerMember, linkId: string): Promise<PartnerActor> {
  const [own] = await tx
    .select({ integrationId: activationLinks.integrationId })
    .from(activationLinks)
    .where(and(eq(activationLinks.id, linkId), isNull(activationLinks.withdrawnAt)));
  if (!own) throw new AppError("not_found", "link");
  return (await onIntegration(tx, member, own.integrationId)).actor;
}

const toChange = ({ label, campaign, language, expiresOn, maxUses }: LinkChangeInput) => ({
  name: label,
  campaign,
  language,
  expiresAt: expiresOn,
  maxUses,
});

/** Makes a link to one of the partner's integrations. Gives its id. Throws `forbidden`, or `not_found` for another's. */
export async function makeLink(
  tx: Partner,
  member: PartnerMember,
  { integrationId, ...input }: LinkInput,
): Promise<string> {
  assertMay(member, "links.manage");
  const { slug, actor } = await onIntegration(tx, member, integrationId);
  return createPartnerLink(tx, actor, { integration: slug, ...toChange(input) });
}

/** Throws `forbidden`, or `not_found` for a link that is another's or was withdrawn. */
export async function changeLink(
  tx: Partner,
  member: PartnerMember,
  linkId: string,
  input: LinkChangeInput,
): Promise<void> {
  assertMay(member, "links.manage");
  await updatePartnerLink(tx, await onLink(tx, member, linkId), linkId, toChange(input));
}

/** What the customers' form of settings begins with. Those left empty are the customer's alone. Gives what is wrong with each. */
export async function prefillSettings(
  tx: Partner,
  member: PartnerMember,
  linkId: string,
  { settings, given }: { settings: readonly Setting[]; given: Record<string, string> },
): Promise<Record<string, SettingProblem>> {
  assertMay(member, "links.manage");
  const actor = await onLink(tx, member, linkId);
  const read = readPrefilled(settings, given);
  if (Object.keys(read.problems).length === 0)
    await updatePartnerLink(tx, actor, linkId, { settings: read.prefilled });
  return read.problems;
}

/** Values as a browser sends them; a switch that is off is one too. */
export function readPrefilled(
  settings: readonly Setting[],
  given: Record<string, string>,
): { prefilled: Record<string, string>; problems: Record<string, SettingProblem> } {
  const prefilled: Record<string, string> = {};
  const problems: Record<string, SettingProblem> = {};
  for (const setting of settings) {
    if (setting.type === "switch") {
      prefilled[setting.name] = given[setting.name] === "on" ? "on" : "off";
      continue;
    }
    const names =
      setting.type === "number_range" ? [`${setting.name}.from`, `${setting.name}.to`] : [setting.name];
    const typed = names.map((name) => [name, cleanLine(given[name] ?? "")] as const);
    if (typed.every(([, text]) => text === "")) continue;
    const read = readSettings([setting], Object.fromEntries(typed));
    if (read.ok) Object.assign(prefilled, Object.fromEntries(typed));
    else Object.assign(problems, read.problems);
  }
  return { prefilled, problems };
}

/** Withdraws a link of the partner's. Throws `forbidden` or `not_found`. */
export async function withdrawOwnLink(tx: Partner, member: PartnerMember, linkId: string): Promise<void> {
  assertMay(member, "links.manage");
  await endLink(tx, { kind: "user", userId: member.userId }, { id: linkId });
}

/**
 * A link for one customer. Gives its id. Throws `forbidden`, `not_found`, and `invalid_input` for a return address that is
 * below none of the partner's.
 */
export async function makeLinkSession(
  tx: Partner,
  member: PartnerMember,
  { integrationId, ...session }: SessionInput,
): Promise<string> {
  assertMay(member, "links.manage");
  const { slug, actor } = await onIntegration(tx, member, integrationId);
  return createLinkSession(tx, actor, { integration: slug, ...session });
}
