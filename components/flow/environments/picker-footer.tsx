"use client";
import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { classNames } from "@/components/ui/class-names";
import { SubmitButton } from "@/components/ui/submit-button";
import type { EnvironmentsView } from "@/lib/activation/draft/schema";
import { PriceWords } from "../price-words";
import { useVendorWords } from "../use-vendor-words";

type Props = {
  view: EnvironmentsView;
  pickedCount: number;
  limit: number;
  /** `several`: each environment is consented to on its own, and is there or not rather than ticked. */
  words?: "picker" | "several";
  /** Something stands against going on, whatever is picked. */
  isHeldUp?: boolean;
};

const BAR =
  "sticky bottom-0 z-10 -mx-4 grid gap-3 border-t border-line bg-surface px-4 py-3 shadow-raised " +
  "sm:bottom-4 sm:mx-0 sm:mb-4 sm:rounded-xl sm:border sm:px-6 sm:py-4";

/** What becomes of the rest. A phone has no room for it in the bar, so there it stands before the bar. */
function DeclinedNote({
  view,
  pickedCount,
  className,
}: Pick<Props, "view" | "pickedCount"> & { className: string }) {
  const words = useVendorWords(view.connectorId, "environments.footer");
  const count = view.options.length - pickedCount;
  if (view.selectsAt === "portal" || pickedCount === 0 || count === 0) return null;
  return (
    <p className={classNames("text-sm text-ink-soft", className)}>
      {words("declined", { count, connector: view.connectorName })}
    </p>
  );
}

function OverCap({ view, pickedCount, limit, words = "picker" }: Props) {
  const t = useTranslations("environments.picker.overCap");
  const ofSeveral = useTranslations("environments.several");
  if (pickedCount <= limit) return null;
  return (
    <Alert tone="danger" title={t("title", { limit })}>
      {words === "several"
        ? ofSeveral("overCapBody", { surplus: pickedCount - limit, partner: view.partnerName })
        : t("body", { surplus: pickedCount - limit, partner: view.partnerName })}
    </Alert>
  );
}

/** Counter, price and the way on; it stays in sight at the bottom of the window. */
export function PickerFooter({ view, pickedCount, limit, words = "picker", isHeldUp = false }: Props) {
  const t = useTranslations("environments.footer");
  const ofSeveral = useTranslations("environments.several");
  const isOver = pickedCount > limit;
  return (
    <>
      <DeclinedNote view={view} pickedCount={pickedCount} className="sm:hidden" />
      <div data-bottom-bar className={BAR}>
        <OverCap view={view} pickedCount={pickedCount} limit={limit} words={words} />
        <div className="flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between sm:gap-6">
          <div className="grid min-w-0 gap-0.5 text-sm text-ink-soft">
            <p
              aria-live="polite"
              className={classNames("font-semibold tabular-nums", isOver ? "text-danger-text" : "text-ink")}
            >
              {words === "several"
                ? ofSeveral("counter", { count: pickedCount, limit })
                : t("counter", { count: pickedCount, limit })}
            </p>
            {pickedCount === 0 ? (
              <p>{words === "several" ? ofSeveral("addOne") : t("tickOne")}</p>
            ) : (
              <PriceWords price={view.price} partnerName={view.partnerName} count={pickedCount} />
            )}
            <DeclinedNote view={view} pickedCount={pickedCount} className="max-sm:hidden" />
          </div>
          <SubmitButton
            size="large"
            disabled={pickedCount === 0 || isOver || isHeldUp}
            pendingLabel={t("pending")}
            className="w-full sm:w-auto"
          >
            {t("continue")}
          </SubmitButton>
        </div>
      </div>
    </>
  );
}
