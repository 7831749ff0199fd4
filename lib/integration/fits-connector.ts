import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import type { IntegrationFile } from "./import-file";

/** Throws `invalid_input` with every setting, secret and right that the connector lacks or does not know. */
export function assertFitsConnector(file: IntegrationFile, secretNames: readonly string[]): void {
  const { manifest } = getConnector(file.connector);
  const { settings } = file.application;
  const given: readonly string[] = Object.keys(settings);
  const trouble = [
    ...manifest.application.settings
      .filter((name) => !given.includes(name))
      .map((name) => `application.settings.${name} is missing`),
    ...secretNames
      .filter((name) => !manifest.application.secrets.includes(name))
      .map((name) => `there is no secret "${name}"; known: ${manifest.application.secrets.join(", ")}`),
    ...["apiBaseUrl", "activationUrl", "redirectUri"].flatMap((name) => {
      const value = Object.entries(settings).find(([key]) => key === name)?.[1];
      return value === undefined || isWebAddress(value)
        ? []
        : [`application.settings.${name} is no web address`];
    }),
    ...file.content.technicalUser.rights.flatMap(({ path, level }) => {
      const known = manifest.rights.find((right) => right.path === path);
      if (!known) return [`right "${path}" is unknown`];
      return known.levels.includes(level)
        ? []
        : [`right "${path}" has no level "${level}": ${known.levels.join(", ")}`];
    }),
  ];
  if (trouble.length > 0) throw new AppError("invalid_input", trouble.join("\n"));
}

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
