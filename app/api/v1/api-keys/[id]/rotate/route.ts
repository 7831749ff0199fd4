import { handle } from "@/app/api/v1/respond";
import { AppError } from "@/lib/core/app-error";
import { listApiKeys, rotateApiKey } from "@/lib/partner/api/issue-api-key";
import { rotateKey } from "@/lib/partner/api/operations/webhooks";

export const POST = handle(rotateKey, async ({ tx, caller, id, body }) => {
  const former = (await listApiKeys(tx, caller)).find((key) => key.id === id);
  if (!former) throw new AppError("not_found", "API key");
  // A key must not make one that may do more than itself.
  const beyond = former.scopes.filter((scope) => !caller.scopes.includes(scope));
  if (beyond.length > 0) throw new AppError("forbidden", `your key lacks ${beyond.join(", ")}`);
  const { expiresAt } = body();
  const made = await rotateApiKey(tx, caller, id, expiresAt === null ? null : new Date(expiresAt));
  const apiKey = (await listApiKeys(tx, caller)).find((key) => key.id === made.id);
  if (!apiKey) throw new AppError("not_found", "API key");
  return { apiKey, key: made.key };
});
