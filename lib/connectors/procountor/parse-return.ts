import type { ProcountorApplication } from "./manifest";

/** The vendor has not published the parameter's name. The configured one is looked at first. */
const USUAL_NAMES = ["requestId", "requestid", "request_id", "id"];

const REQUEST_ID = /^\d{1,15}$/;

export function isRequestId(value: string): boolean {
  return REQUEST_ID.test(value);
}

/** Leading zeros are dropped: `007` and `7` are one request at the vendor and must be claimed once. */
export function parseReturn(query: URLSearchParams, application: ProcountorApplication): string | null {
  const names = application.callbackParameter ? [application.callbackParameter, ...USUAL_NAMES] : USUAL_NAMES;
  for (const name of names) {
    const value = query.get(name);
    if (value !== null && isRequestId(value)) return String(Number(value));
  }
  return null;
}
