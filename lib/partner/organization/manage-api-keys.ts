import type { ScopedTransaction } from "@/db/scope";
import { issueApiKey } from "@/lib/partner/api/issue-api-key";
import { endApiKey } from "@/lib/partner/api/revoke-api-key";
import { assertMay } from "./assert-may";
import type { ApiKeyInput, PartnerMember } from "./schema";

type Partner = ScopedTransaction<"partner">;

const ownerOf = ({ partnerId, userId }: PartnerMember) => ({
  partnerId,
  actor: { kind: "user", userId } as const,
});

/** Makes a key of the partner and gives it, once. Throws `forbidden`. */
export async function makeApiKey(tx: Partner, member: PartnerMember, input: ApiKeyInput): Promise<string> {
  assertMay(member, "api_keys.manage");
  const { partnerId, actor } = ownerOf(member);
  const { key } = await issueApiKey(tx, actor, { partnerId, ...input });
  return key;
}

/** Ends a key at once. Throws `forbidden` or `not_found`. */
export async function revokeOwnApiKey(tx: Partner, member: PartnerMember, keyId: string): Promise<void> {
  assertMay(member, "api_keys.manage");
  await endApiKey(tx, ownerOf(member), keyId);
}
