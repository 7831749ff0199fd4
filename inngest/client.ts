import { Inngest } from "inngest";
import { TraceMiddleware } from "./trace-middleware";

export type ClientSettings = {
  signingKey: string;
  eventKey: string;
  /** Base URL of an Inngest server; events and calls go there. */
  baseUrl?: string;
  /** Replaces the network: the embedded engine answers in this process. */
  fetch?: typeof fetch;
};

/** Signatures are always on (`isDev: false`), whoever runs the functions. */
export function createInngestClient(settings: ClientSettings): Inngest {
  return new Inngest({ id: "kytkin", isDev: false, middleware: [TraceMiddleware], ...settings });
}
