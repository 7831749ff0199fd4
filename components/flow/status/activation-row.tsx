import { useTranslations } from "next-intl";
import { GuideLink } from "@/components/guide/guide-link";
import { StatusPill } from "@/components/ui/status-pill";
import { TextLink } from "@/components/ui/text-link";
import { RelativeTime } from "@/components/ui/time";
import { outcomeOf } from "@/lib/activation/request/outcome";
import type { ActivationView } from "@/lib/activation/request/schema";
import { useRightWords } from "../rights/use-right-words";
import { useVendorWords } from "../use-vendor-words";
import { OUTCOME_LOOKS } from "./activation-states";
import { isUnready } from "./headline";
import { VendorAnswerDetails } from "./vendor-answer-details";

type Props = {
  activation: ActivationView;
  partnerName: string;
  connectorId: string;
  connectorName: string;
  /** What is active has a page of files. */
  takesFiles: boolean;
};

/** Which rights are lacking or too many, in the words of the technical user's page. */
function RightsInQuestion({ activation, connectorId }: Pick<Props, "activation" | "connectorId">) {
  const words = useRightWords(connectorId);
  if (activation.rightsInQuestion.length === 0) return null;
  return (
    <ul className="list-disc pt-1 pl-5">
      {activation.rightsInQuestion.map(({ path, level }) => (
        <li key={path}>
          {words.right(path)}: {words.level(level)}
        </li>
      ))}
    </ul>
  );
}

/** Why it ended as it did and what to do, or what a live one needs. */
function Explanation({ activation, partnerName, connectorId, connectorName }: Props) {
  const t = useTranslations("status.row");
  const key = useTranslations("pastedKey.recover");
  const failure = useVendorWords(connectorId, "failures");
  const need = useVendorWords(connectorId, "attention");
  const values = { partner: partnerName, connector: connectorName };
  const { failureReason, rejectionReason, attention, state } = activation;
  if (state === "rejected" && rejectionReason) {
    return (
      <figure className="grid gap-0.5">
        <figcaption className="text-ink-soft">{t("rejectedBecause", values)}</figcaption>
        <blockquote className="border-l-2 border-line-strong pl-3">{rejectionReason}</blockquote>
      </figure>
    );
  }
  if (state === "timed_out") return <p className="text-ink-soft">{t("timedOut", values)}</p>;
  const cause = failureReason ?? attention;
  if (cause === null) {
    const { vendorAnswer } = activation;
    if (vendorAnswer === null) return null;
    return (
      <p className="text-ink-soft">
        {t(vendorAnswer.mayTakeEffect ? "answerAwaited" : "triedAgain", values)}
      </p>
    );
  }
  const words = failureReason ? failure : need;
  return (
    <div className="grid gap-0.5">
      <p className="font-medium">{words(`${cause}.title`, values)}</p>
      <p className="text-ink-soft">{words(`${cause}.whatToDo`, values)}</p>
      <RightsInQuestion activation={activation} connectorId={connectorId} />
      {activation.canTakeKey && (
        <p className="pt-1">
          <TextLink href={`/activations/${activation.id}/key`}>{key("link")}</TextLink>
        </p>
      )}
      <GuideLink
        connector={{ id: connectorId, name: connectorName }}
        helpWith={cause}
        className="justify-self-start"
      />
    </div>
  );
}

export function ActivationRow(props: Props) {
  const { activation, connectorName } = props;
  const t = useTranslations("states");
  const list = useTranslations("status.list");
  const outcome = outcomeOf(activation);
  return (
    <li className="grid gap-2 py-3 text-sm first:pt-1 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
        <p className="grid min-w-0 gap-0.5">
          {activation.connectionId ? (
            <TextLink href={`/connections/${activation.connectionId}`} className="font-medium wrap-anywhere">
              {activation.environmentName}
            </TextLink>
          ) : (
            <span className="font-medium wrap-anywhere">{activation.environmentName}</span>
          )}
          <span className="text-ink-soft tabular-nums">
            {activation.businessId && `${activation.businessId} · `}
            <RelativeTime at={activation.since} />
          </span>
        </p>
        <span className="flex flex-wrap gap-1.5">
          {isUnready(activation) ? (
            <StatusPill tone="warning">{t("notReady")}</StatusPill>
          ) : (
            <>
              {activation.attention && <StatusPill tone="warning">{t("needsAttention")}</StatusPill>}
              <StatusPill {...OUTCOME_LOOKS[outcome]}>{t(`activation.${outcome}`)}</StatusPill>
            </>
          )}
        </span>
      </div>
      {props.takesFiles && activation.connectionId && outcome === "active" && (
        <p>
          <TextLink href={`/connections/${activation.connectionId}/files`}>{list("files")}</TextLink>
        </p>
      )}
      <Explanation {...props} />
      {activation.vendorAnswer && (
        <VendorAnswerDetails answer={activation.vendorAnswer} connectorName={connectorName} />
      )}
    </li>
  );
}
