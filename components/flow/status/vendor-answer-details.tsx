import { useTranslations } from "next-intl";
import { Disclosure } from "@/components/ui/disclosure";
import { Time } from "@/components/ui/time";
import type { VendorAnswer } from "@/lib/core/vendor-answer";

type Props = {
  answer: VendorAnswer;
  connectorName: string;
  /** The words were left out: the reader is neither the customer nor the partner. */
  isRedacted?: boolean;
};

/** The vendor's own words, for whoever has to ask its support. */
export function VendorAnswerDetails({ answer, connectorName, isRedacted }: Props) {
  const t = useTranslations("status.vendorAnswer");
  const { retryAt } = answer;
  return (
    <>
      {retryAt && (
        <p className="text-ink-soft">
          {t.rich("waitUntil", { connector: connectorName, time: () => <Time at={retryAt} /> })}
        </p>
      )}
      <Disclosure summary={t("summary", { connector: connectorName })}>
        <div className="grid gap-2 rounded-lg border border-line bg-sunken px-3.5 py-3">
          {answer.messages.length > 0 ? (
            <ul className="grid gap-1 wrap-anywhere">
              {answer.messages.map((message) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          ) : (
            <p>{t(isRedacted ? "redacted" : "noWords", { connector: connectorName })}</p>
          )}
          <p className="text-ink-soft wrap-anywhere">
            <code className="text-xs">{answer.operation}</code> ·{" "}
            {answer.status === null ? t("noAnswer") : t("status", { status: String(answer.status) })} ·{" "}
            <Time at={answer.at} />
          </p>
        </div>
      </Disclosure>
    </>
  );
}
