import { AppError } from "@/lib/core/app-error";
import type { ConnectorContext } from "./context";

/** One of the vendor application's opened secrets. Throws `misconfigured`, with its name, when it is not there. */
export function getSecret(context: Pick<ConnectorContext, "secrets">, name: string): string {
  const secret = context.secrets[name];
  if (!secret) throw new AppError("misconfigured", `the vendor application has no ${name}`);
  return secret;
}
