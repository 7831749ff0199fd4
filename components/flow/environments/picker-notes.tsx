"use client";
import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Disclosure } from "@/components/ui/disclosure";
import { Time } from "@/components/ui/time";
import type { EnvironmentsView } from "@/lib/activation/draft/schema";
import { useVendorWords } from "../use-vendor-words";
import { BatchInPicker } from "./batch-notes";
import { ContinueAtVendor } from "./continue-at-vendor";
import type { EnvironmentsActions } from "./environments-actions";
import { pickLimit } from "./selection";

type Props = { view: EnvironmentsView; actions: EnvironmentsActions };

/** What one should know before ticking. */
export function PickerNotes({ view, actions }: Props) {
  const t = useTranslations("environments.notes");
  const words = useVendorWords(view.connectorId, "environments.notes");
  const { connectorName: connector, consent, cap, inFlight } = view;
  const hasUnknown = view.options.some(
    ({ blocked, isRightsUnknown, isProductUnknown }) => !blocked && (isRightsUnknown || isProductUnknown),
  );
  return (
    <div className="grid gap-3 text-sm">
      {view.isOverCapAtVendor && (
        <Alert tone="warning" role="note" title={t("overCapAtVendor.title", { connector, cap })}>
          {t("overCapAtVendor.body")}
        </Alert>
      )}
      {view.batch && <BatchInPicker batch={view.batch} options={view.options} />}
      {inFlight > 0 && (
        <Alert tone="info" role="note">
          {t("inFlight", { inFlight, limit: pickLimit(view) })}
        </Alert>
      )}
      <p className="text-ink-soft">
        {consent.state === "open" &&
          words.rich("openUntil", { connector, time: () => <Time at={consent.expiresAt} /> })}{" "}
        {hasUnknown && t("checkedAfterActivation")}
      </p>
      <Disclosure summary={t("missing.summary")}>
        <div className="grid gap-3 pl-5.5">
          <p className="max-w-prose text-ink-soft">{words("missing.body", { connector })}</p>
          <ContinueAtVendor
            variant="secondary"
            linkToken={view.linkToken}
            connectorName={connector}
            beginConsent={actions.beginConsent}
          />
        </div>
      </Disclosure>
    </div>
  );
}
