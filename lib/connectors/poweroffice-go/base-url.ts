import type { VendorApplication } from "@/lib/connectors/context";
import { manifest } from "./manifest";

function getBaseUrl(application: VendorApplication): string {
  return (application.apiBaseUrl ?? manifest.baseUrls[application.stage]).replace(/\/+$/, "");
}

export function getApiUrl(application: VendorApplication, path: string): string {
  return `${getBaseUrl(application)}/v2${path}`;
}

export function getTokenUrl(application: VendorApplication): string {
  return `${getBaseUrl(application)}/OAuth/Token`;
}

const VENDOR_DOMAIN = "poweroffice.net";

/** Whether a customer may be sent to this address: the vendor's domain, or the host of a configured stand-in. */
export function isVendorAddress(application: VendorApplication, url: URL): boolean {
  if (!/^https?:$/.test(url.protocol)) return false;
  if (application.apiBaseUrl) return url.hostname === new URL(application.apiBaseUrl).hostname;
  return url.hostname === VENDOR_DOMAIN || url.hostname.endsWith(`.${VENDOR_DOMAIN}`);
}
