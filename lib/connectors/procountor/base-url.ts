import { AppError } from "@/lib/core/app-error";
import type { ProcountorApplication } from "./manifest";
import { manifest } from "./manifest";

/** `latest` moves monthly, `supported` about every three months, a numbered version lives about nine. */
const API_VERSION = /^(latest|supported|v\d{4})$/;

/** The server without path, e.g. `https://api.procountor.com`. */
export function getRootUrl(application: ProcountorApplication): string {
  const base = application.apiBaseUrl ?? manifest.baseUrls[application.stage];
  return base.replace(/\/+$/, "").replace(/\/api$/, "");
}

/** e.g. `https://api.procountor.com/latest/api`; without a version `https://api.procountor.com/api`. */
export function getApiUrl(application: ProcountorApplication): string {
  const root = getRootUrl(application);
  const version = application.apiVersion;
  if (!version) return `${root}/api`;
  if (!API_VERSION.test(version))
    throw new AppError("misconfigured", `Procountor has no API version ${version}`);
  return `${root}/${version}/api`;
}
