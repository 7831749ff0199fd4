import { Inngest } from "inngest";
import { log } from "@/lib/platform/log";
import { TraceMiddleware } from "./trace-middleware";

/** The name of our app on an Inngest server, and the first part of its functions' ids. */
const APP_ID = "kytkin";

export type ClientSettings = {
  signingKey: string;
  eventKey: string;
  /** Base URL of an Inngest server; events and calls go there. */
  baseUrl?: string | undefined;
  /** Replaces the network: the embedded engine answers in this process. */
  fetch?: typeof fetch;
};

/** Signatures are always on (`isDev: false`), whoever runs the functions. The SDK's own log would write errors as they are. */
export function createInngestClient(settings: ClientSettings, appId = APP_ID): Inngest {
  return new Inngest({ id: appId, isDev: false, logger: log, middleware: [TraceMiddleware], ...settings });
}
