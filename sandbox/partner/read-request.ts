import type { PortalEnvironment, PortalRequest } from "./portal-client";

type Fields = Record<string, unknown>;

/** The request in a portal's answer, wrapped in `activationRequest` or bare; null when there is none. */
export function readRequest(body: unknown): PortalRequest | null {
  const outer = toFields(body);
  const request = outer.activationRequest === undefined ? outer : toFields(outer.activationRequest);
  if (typeof request.id !== "string") return null;
  const environments = Array.isArray(request.environments) ? request.environments : [];
  return {
    id: request.id,
    integrationName: toText(toFields(request.integration).name) ?? "the integration",
    deadlineAt: toText(request.deadlineAt),
    environments: environments.map(readEnvironment),
  };
}

function readEnvironment(value: unknown): PortalEnvironment {
  const environment = toFields(value);
  const environmentId = toText(environment.environmentId) ?? "";
  return {
    environmentId,
    name: toText(environment.name) ?? environmentId,
    businessId: toText(environment.businessId),
    state: toText(environment.state),
  };
}

function toFields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function toText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
