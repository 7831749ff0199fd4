import { z } from "zod";
import type { ConnectorContext } from "@/lib/connectors/context";
import type { ConnectorErrorKind } from "@/lib/connectors/errors";
import { type Dialect, sendRequest, type VendorRequest } from "@/lib/connectors/send-request";
import { parseJson, pickMessages } from "@/lib/connectors/vendor-answer";
import { manifest } from "./manifest";

const TIMEOUT_MS = 30_000;

const apiError = z.object({ ErrorMessage: z.string().nullish(), Message: z.string().nullish() });
const loginError = z.object({ error: z.string().nullish(), error_description: z.string().nullish() });

function readMessages(body: string, secrets: readonly string[]): string[] {
  const parsed = parseJson(body);
  const api = apiError.safeParse(parsed);
  const login = loginError.safeParse(parsed);
  const found = [
    api.data?.ErrorMessage,
    api.data?.Message,
    login.data?.error_description ?? login.data?.error,
  ].filter((message) => typeof message === "string");
  return pickMessages(found, secrets);
}

/** A call that came to a host where the tenant no longer is (HTTP 421): its address has to be read anew. */
function readKind(status: number, body: string): ConnectorErrorKind | undefined {
  if (status === 421) return "unauthorized";
  const login = loginError.safeParse(parseJson(body));
  if (status < 500 && login.data?.error === "invalid_client") return "application_refused";
  return undefined;
}

const dialect: Dialect = { name: manifest.name, readMessages, readKind };

/** One call; `tenant` names whose limit it takes from. */
export function callVendor(
  context: ConnectorContext,
  tenant: string | undefined,
  request: Omit<VendorRequest, "timeoutMs">,
): Promise<unknown> {
  return sendRequest(context, dialect, { ...request, timeoutMs: TIMEOUT_MS, environment: tenant });
}
