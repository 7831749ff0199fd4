import { useTranslations } from "next-intl";
import { spellOut } from "./group-by-area";

/** Plain words for a connector's rights; a right without words shows the vendor's own path, never nothing. */
export function useRightWords(connectorId: string) {
  const t = useTranslations();
  const find = (key: string, fallback: string) => (t.has(key) ? t(key) : fallback);
  return {
    right: (path: string) => find(`rights.${connectorId}.${path.replaceAll(".", "_")}`, path),
    level: (level: string) => find(`rights.levels.${level}`, level),
    area: (area: string) => find(`rights.${connectorId}.areas.${area}`, spellOut(area)),
  };
}
