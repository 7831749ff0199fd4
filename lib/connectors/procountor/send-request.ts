import type { ConnectorContext } from "@/lib/connectors/context";
import { type Dialect, type VendorRequest as Sent, sendRequest as send } from "@/lib/connectors/send-request";
import { getApiUrl } from "./base-url";
import { manifest } from "./manifest";
import { readKind, readMessages } from "./vendor-answer";

/** `path` is below the API's address and version. */
export type VendorRequest = Omit<Sent, "url"> & { path: string };

const dialect: Dialect = { name: manifest.name, readMessages, readKind };

/** One request, one answer, no repetition: the body of a 2xx answer, or a `ConnectorError`. */
export function sendRequest(
  context: ConnectorContext,
  { path, ...request }: VendorRequest,
): Promise<unknown> {
  return send(context, dialect, { ...request, url: `${getApiUrl(context.application)}${path}` });
}
