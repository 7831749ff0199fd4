import type { ConnectorContext, HeldKey, VendorApplication } from "./context";
import type { RightAsked } from "./manifest";

/** One operation of the vendor's API that a partner's software may call through the gateway. */
export type VendorOperation = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the door's base address, with `{name}` for a segment that varies; the call log holds this and no ids. */
  path: string;
  /** Rights of which the accepted version has to hold one, at this level or more. Empty: the vendor asks for none. */
  needs: readonly RightAsked[];
};

/**
 * How the gateway reaches a vendor. A connector without one is closed to it: so is every operation that stands in no table, and
 * every vendor that keeps no rights itself and has no parser for its operations here.
 */
export type GatewayDoor<C = string> = {
  operations: readonly VendorOperation[];
  /** Whose word the table is: the vendor's own list of rights for each path, or ours, not yet held against the vendor. */
  tableBy: "vendor" | "ours";
  /** What stands for a `{name}`: an id. A closed operation whose name is no id is never taken for one. */
  segment: RegExp;
  /** Absolute, without a slash at its end. Needs no secret. */
  baseUrl(application: VendorApplication): string;
  /** Headers of the caller's that pass beside the common ones, in lower case, e.g. searches; they are logged nowhere. */
  requestHeaders: readonly string[];
  /** Headers of the vendor's answer that pass beside the common ones, in lower case. */
  responseHeaders: readonly string[];
  /** The headers that open the vendor in the name of a connection; a token comes from `context.tokens`. The worker alone calls it. */
  openAccess(context: ConnectorContext, key: HeldKey<C>): Promise<Record<string, string>>;
};
