import { toMajorUnits } from "@/lib/core/currency";
import type { Locale } from "@/lib/core/locales";
import { formatDay } from "@/lib/platform/i18n/dates";
import { createWords } from "@/lib/platform/i18n/messages";
import type { FieldWords } from "./fields";

type Sides = { partner: string; connector: { id: string; name: string } };

/** How a specification's fields read in a language, for the worker, which has no request. */
export function createFieldWords(locale: Locale, { partner, connector }: Sides): FieldWords {
  const words = createWords(locale);
  const find = (key: string, fallback: string) => (words.has(key) ? words(key) : fallback);
  return {
    partner,
    connector: connector.name,
    t: (key, values) => words(`specification.${key}`, values),
    money: (amountMinor, currency) =>
      new Intl.NumberFormat(locale, { style: "currency", currency }).format(
        toMajorUnits(amountMinor, currency),
      ),
    day: (on) => formatDay(locale, on),
    right: (path) => find(`rights.${connector.id}.${path.replaceAll(".", "_")}`, path),
    level: (level) => find(`rights.levels.${level}`, level),
    deliveryWay: (way) =>
      find(
        `vendors.${connector.id}.specification.requirements.${way}`,
        find(`specification.requirements.${way}`, way),
      ),
  };
}
