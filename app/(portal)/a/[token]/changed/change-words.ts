import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { toMajorUnits } from "@/components/flow/money";
import type { ChangeWords } from "@/lib/activation/draft/find-changes";
import type { IntegrationView } from "@/lib/catalogue/integration/schema";
import { formatDay } from "@/lib/platform/i18n/dates";

/** The words of the review page, so that what changed reads as it read when it was accepted. */
export async function getChangeWords(view: IntegrationView): Promise<ChangeWords> {
  const t = await getTranslations();
  const format = await getFormatter();
  const locale = await getLocale();
  const sides = { partner: view.partner.name, connector: view.connector.name };
  const find = (key: string, fallback: string): string => (t.has(key) ? t(key) : fallback);
  return {
    dataFlow: (flow) => {
      const master = flow.master === "vendor" ? sides.connector : sides.partner;
      const direction = t(`review.dataFlows.direction.${flow.direction}`, sides);
      return `${flow.what}: ${direction}, ${flow.frequency}. ${t("review.dataFlows.columns.master")}: ${master}`;
    },
    price: (price) => {
      if (price.kind === "unknown") return null;
      const major = toMajorUnits(price.amountMinor, price.currency);
      const amount = format.number(major, { style: "currency", currency: price.currency });
      const words = t.markup(`ui.price.perMonth.${price.billedTo}`, {
        amount,
        count: 1,
        strong: (text) => text,
      });
      return [words, price.priceListUrl].filter(Boolean).join("\n");
    },
    right: ({ path, level, reason }) => {
      const name = find(`rights.${view.connector.id}.${path.replaceAll(".", "_")}`, path);
      return `${name}: ${find(`rights.levels.${level}`, level)}. ${reason}`;
    },
    minutes: (count) => format.number(count, { style: "unit", unit: "minute", unitDisplay: "long" }),
    day: (on) => formatDay(locale, on),
  };
}
