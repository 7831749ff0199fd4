import { useFormatter, useTranslations } from "next-intl";
import { OutsideLink } from "@/components/ui/text-link";
import type { Price } from "@/lib/catalogue/integration/schema";
import { toMajorUnits } from "@/lib/core/currency";
import type { KnownPrice } from "./money";

function KnownPriceWords({ price, count }: { price: KnownPrice; count: number }) {
  const t = useTranslations("ui.price");
  const format = useFormatter();
  if (price.amountMinor === 0) return t("free");
  const amount = format.number(toMajorUnits(price.amountMinor * count, price.currency), {
    style: "currency",
    currency: price.currency,
  });
  return t.rich(`perMonth.${price.billedTo}`, {
    amount,
    count,
    strong: (chunks) => <strong className="text-ink tabular-nums">{chunks}</strong>,
  });
}

type Props = { price: Price; partnerName: string; count: number };

/** What is paid once for each environment, at its activation. */
function OneOffWords({ price, count }: { price: KnownPrice; count: number }) {
  const t = useTranslations("ui.price");
  const format = useFormatter();
  if (price.oneOffMinor === undefined) return null;
  const { currency } = price;
  const amount = format.number(toMajorUnits(price.oneOffMinor * count, currency), {
    style: "currency",
    currency,
  });
  return <p>{t("oneOff", { amount })}</p>;
}

/** What a number of environments costs a month, who is billed, and where the price list is; or that we do not know. */
export function PriceWords({ price, partnerName, count }: Props) {
  const t = useTranslations("ui.price");
  if (price.kind === "unknown") return <p>{t("unknown", { partner: partnerName })}</p>;
  return (
    <>
      <p>
        <KnownPriceWords price={price} count={count} />
        {price.priceListUrl && (
          <>
            {" · "}
            <OutsideLink href={price.priceListUrl}>{t("priceList")}</OutsideLink>
          </>
        )}
      </p>
      <OneOffWords price={price} count={count} />
    </>
  );
}
