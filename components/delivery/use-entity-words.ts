import { useTranslations } from "next-intl";

/** Plain words for a connector's entities and their fields; what has none is shown by its own name. */
export function useEntityWords(connectorId: string) {
  const t = useTranslations();
  const find = (key: string, fallback: string) => (t.has(key) ? t(key) : fallback);
  return {
    name: (entity: string) => find(`entities.${connectorId}.${entity}.name`, entity),
    field: (entity: string, field: string) =>
      find(`entities.${connectorId}.${entity}.fields.${field.replaceAll(".", "_")}`, field),
    setting: (entity: string, name: string) =>
      find(`entities.${connectorId}.${entity}.settings.${name}`, name),
  };
}
