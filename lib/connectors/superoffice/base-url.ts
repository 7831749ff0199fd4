import type { VendorApplication } from "@/lib/connectors/context";
import { manifest } from "./manifest";

/** Sign-in, keys, system users and tenants' states; never a tenant's data. */
export function getLoginUrl(application: VendorApplication, path: string): string {
  return `${(application.apiBaseUrl ?? manifest.baseUrls[application.stage]).replace(/\/+$/, "")}${path}`;
}

/** Issuer of the vendor's tokens: the environment's host. */
export function getIssuer(application: VendorApplication): string {
  return getLoginUrl(application, "");
}
