import { useTranslations } from "next-intl";
import { findFieldWords } from "@/lib/connectors/field-words";

/** Plain words for a connector's entities and their fields; what has none is shown by its own name. */
export function useEntityWords(connectorId: string) {
  const t = useTranslations();
  const find = (key: string, fallback: string) => (t.has(key) ? t(key) : fallback);
  return {
    name: (entity: string) => find(`entities.${connectorId}.${entity}.name`, entity),
    field: (entity: string, field: string) => {
      const place = `entities.${connectorId}.${entity}.fields`;
      const found = findFieldWords(field, (name) => t.has(`${place}.${name}`));
      return found ? t(`${place}.${found.name}`, { number: found.number ?? 0 }) : field;
    },
    setting: (entity: string, name: string) =>
      find(`entities.${connectorId}.${entity}.settings.${name}`, name),
  };
}
