import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { Spinner } from "@/components/ui/spinner";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import { SlowVendor } from "../slow-vendor";

type Props = { connectorName: string; vendorAnswer: VendorAnswer | null };

const ROWS = ["w-2/5", "w-1/3", "w-1/2", "w-2/5"];

/** While the vendor's answer is being read; the page follows by itself. */
export function ConsentReading({ connectorName, vendorAnswer }: Props) {
  const t = useTranslations("environments.reading");
  return (
    <Card className="grid gap-5 px-4 py-5 sm:px-6">
      <RefreshEvery seconds={2} />
      <div role="status" className="grid gap-1 text-sm">
        <Spinner className="font-medium">{t("title", { connector: connectorName })}</Spinner>
        <p className="pl-6 text-ink-soft">{t("body")}</p>
      </div>
      <SlowVendor connectorName={connectorName} vendorAnswer={vendorAnswer} />
      <div aria-hidden className="grid gap-4 border-t border-line pt-5">
        {ROWS.map((width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: fixed rows that never move
          <div key={index} className="flex items-center gap-3">
            <span className="size-5 rounded-[5px] bg-sunken" />
            <span className={`h-4 rounded bg-sunken ${width}`} />
          </div>
        ))}
      </div>
    </Card>
  );
}
