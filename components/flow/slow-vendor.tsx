import { useTranslations } from "next-intl";
import { AfterAWhile } from "@/components/ui/after-a-while";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { VendorAnswerDetails } from "./status/vendor-answer-details";

type Props = { connectorName: string; vendorAnswer: VendorAnswer | null };

const PATIENCE_SECONDS = 10;

/** Beside what waits for the vendor: that it takes long, as soon as that is seen, and what the vendor said instead. */
export function SlowVendor({ connectorName, vendorAnswer }: Props) {
  const t = useTranslations("slowVendor");
  if (vendorAnswer === null)
    return (
      <AfterAWhile seconds={PATIENCE_SECONDS}>
        <p className="text-sm text-ink-soft">{t("silent", { connector: connectorName })}</p>
      </AfterAWhile>
    );
  return (
    <div className="grid gap-3 text-sm">
      <p className="text-ink-soft">{t("trouble", { connector: connectorName })}</p>
      <VendorAnswerDetails answer={vendorAnswer} connectorName={connectorName} />
    </div>
  );
}
