import { findFieldTrouble } from "@/lib/connectors/application-field";
import { getConnector } from "@/lib/connectors/registry";
import { AppError } from "@/lib/core/app-error";
import type { IntegrationFile } from "./import-file";

/** Throws `invalid_input` with every setting, secret and right that the connector lacks or does not know. */
export function assertFitsConnector(file: IntegrationFile, secrets: Readonly<Record<string, string>>): void {
  const { manifest } = getConnector(file.connector);
  const { clientId, settings } = file.application;
  const client = manifest.application.clientId.safeParse(clientId);
  const trouble = [
    ...(client.success ? [] : client.error.issues.map(({ message }) => `application.clientId: ${message}`)),
    ...findFieldTrouble(manifest.application.settings, settings, "application.settings"),
    // Those that are not given stay as they are; whether all are there is asked once they are stored.
    ...findFieldTrouble(manifest.application.secrets.partial(), secrets, "secrets"),
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
