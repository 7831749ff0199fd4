import { AppError } from "@/lib/core/app-error";
import type { ProcountorApplication } from "./manifest";

/** Procountor makes one activation link per integration; the customer logs in, accepts and picks companies behind it. */
export function beginGrant(application: ProcountorApplication): URL {
  const link = application.activationUrl;
  if (!link) throw new AppError("misconfigured", "the vendor application has no activation link");
  if (!URL.canParse(link) || !/^https?:/i.test(link)) {
    throw new AppError("misconfigured", "the activation link is not a web address");
  }
  return new URL(link);
}
