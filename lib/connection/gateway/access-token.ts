import { z } from "zod";
import type { ConnectionData } from "@/lib/platform/seal/connection-data";

/** Where a token lies; frozen, since what is sealed is bound to it. */
const placeOf = (version: number): string => `gateway_tokens.sealed/${version}`;

const headers = z.record(z.string(), z.string());

/** The headers that open the vendor, as they are stored. */
export function sealAccess(data: ConnectionData, version: number, access: Record<string, string>): string {
  return data.seal(placeOf(version), JSON.stringify(access));
}

export function openAccess(data: ConnectionData, version: number, sealed: string): Record<string, string> {
  return headers.parse(JSON.parse(data.open(placeOf(version), sealed).toString()));
}
