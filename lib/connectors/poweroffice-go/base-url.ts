import type { VendorApplicationSettings } from "@/lib/connectors/context";
import { manifest } from "./manifest";

function getBaseUrl(application: VendorApplicationSettings): string {
  return (application.apiBaseUrl ?? manifest.baseUrls[application.stage]).replace(/\/+$/, "");
}

export function getApiUrl(application: VendorApplicationSettings, path: string): string {
  return `${getBaseUrl(application)}/v2${path}`;
}

export function getTokenUrl(application: VendorApplicationSettings): string {
  return `${getBaseUrl(application)}/OAuth/Token`;
}

const VENDOR_DOMAIN = "poweroffice.net";

/** Whether a customer may be sent to this address: the vendor's domain, or the host of a configured stand-in. */
export function isVendorAddress(application: VendorApplicationSettings, url: URL): boolean {
  if (!/^https?:$/.test(url.protocol)) return false;
  if (application.apiBaseUrl) return url.hostname === new URL(application.apiBaseUrl).hostname;
  return url.hostname === VENDOR_DOMAIN || url.hostname.endsWith(`.${VENDOR_DOMAIN}`);
}
