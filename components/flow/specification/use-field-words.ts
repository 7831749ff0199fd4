import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { FieldWords } from "@/lib/catalogue/integration/fields";
import { toMajorUnits } from "@/lib/core/currency";
import { formatDay } from "@/lib/platform/i18n/dates";
import { useRightWords } from "../rights/use-right-words";

export type Sides = { partner: string; connector: { id: string; name: string } };

/** How a specification's fields read in the reader's language. */
export function useFieldWords({ partner, connector }: Sides): FieldWords {
  const all = useTranslations();
  const t = useTranslations("specification");
  const format = useFormatter();
  const locale = useLocale();
  const rights = useRightWords(connector.id);
  return {
    partner,
    connector: connector.name,
    t: (key, values) => t(key, values),
    money: (amountMinor, currency) =>
      format.number(toMajorUnits(amountMinor, currency), { style: "currency", currency }),
    day: (on) => formatDay(locale, on),
    right: rights.right,
    level: rights.level,
    deliveryWay: (way) =>
      [`vendors.${connector.id}.specification.requirements.${way}`, `specification.requirements.${way}`]
        .filter((key) => all.has(key))
        .map((key) => all(key))[0] ?? way,
  };
}
