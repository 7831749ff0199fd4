import { useTranslations } from "next-intl";
import { VendorAnswerDetails } from "@/components/flow/status/vendor-answer-details";
import { CardSection } from "@/components/ui/card";
import type { FormAction } from "@/components/ui/form-state";
import { Spinner } from "@/components/ui/spinner";
import { RelativeTime } from "@/components/ui/time";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import { AgainForm } from "./again-form";

type Props = { connection: ConnectionDetails; checkConnection: FormAction };

function Finding({ connection }: { connection: ConnectionDetails }) {
  const t = useTranslations("connectionPage.check");
  const { checkedAt, failedCheck, connectorName: connector } = connection;
  if (connection.isBeingChecked) return <Spinner>{t("underWay", { connector })}</Spinner>;
  return (
    <div className="grid gap-1.5">
      <p>
        {checkedAt && connection.attention !== "verification_pending"
          ? t.rich("done", { connector, time: () => <RelativeTime at={checkedAt} /> })
          : t("never", { connector })}
      </p>
      {failedCheck && (
        <>
          <p className="text-warning-text">
            {t.rich("failed", { connector, time: () => <RelativeTime at={failedCheck.at} /> })}
          </p>
          {failedCheck.answer && (
            <VendorAnswerDetails answer={failedCheck.answer} connectorName={connector} />
          )}
        </>
      )}
    </div>
  );
}

/** When the vendor was asked last, and the button that has it asked again. */
export function CheckCard({ connection, checkConnection }: Props) {
  const t = useTranslations("connectionPage.check");
  return (
    <CardSection id="check" title={t("title")} intro={t("intro")}>
      <div className="grid gap-4 text-sm">
        <div aria-live="polite">
          <Finding connection={connection} />
        </div>
        <AgainForm
          action={checkConnection}
          connectionId={connection.id}
          label={t("again")}
          pendingLabel={t("pending")}
          isDisabled={connection.isBeingChecked || connection.isPaused}
        />
      </div>
    </CardSection>
  );
}
