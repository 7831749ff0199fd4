import { useTranslations } from "next-intl";
import { VendorAnswerDetails } from "@/components/flow/status/vendor-answer-details";
import { Time } from "@/components/ui/time";
import type { TimelineEntry } from "@/lib/partner/monitoring/schema";

/** The sentence of an entry. What has a list of its own kinds is looked up there. */
function useSentence(connectorName: string): (entry: TimelineEntry) => string {
  const t = useTranslations("partner.request.timeline");
  const words = useTranslations();
  return ({ kind, company, actor, what, text }) => {
    const values = { company: company ?? "", actor: actor ?? "none", connector: connectorName };
    if (kind === "decided")
      return t(`decided.${what === "user" || what === "form" ? what : "api_key"}`, values);
    if (kind === "environment") {
      const state = what && words.has(`states.activation.${what}`) ? words(`states.activation.${what}`) : "";
      return t("environment", { ...values, state });
    }
    if (kind === "checked") return t(what === null ? "checked.well" : "checked.attention", values);
    if (kind === "offboarding") {
      const step = what && t.has(`offboardingSteps.${what}`) ? t(`offboardingSteps.${what}`) : "";
      return t("offboarding", { ...values, step });
    }
    if (kind === "mail") {
      const [mail = "", state = "queued"] = what?.split(".") ?? [];
      const name = words.has(`operator.mails.kinds.${mail}`) ? words(`operator.mails.kinds.${mail}`) : mail;
      return t(`mail.${state}`, { recipient: text ?? "", kind: name });
    }
    return t(kind, values);
  };
}

const hasOwnText = ({ kind, text }: TimelineEntry): boolean => text !== null && kind !== "mail";

/** What happened with a request, the newest first. */
export function Timeline({ entries, connectorName }: { entries: TimelineEntry[]; connectorName: string }) {
  const sentence = useSentence(connectorName);
  return (
    <ol className="grid gap-4 border-l border-line pl-4 text-sm">
      {entries.map((entry) => (
        <li key={entry.key} className="relative grid gap-1">
          <span
            aria-hidden
            className="absolute top-1.5 -left-[1.3rem] size-2 rounded-full border border-line-strong bg-surface"
          />
          <p className="wrap-anywhere">{sentence(entry)}</p>
          {hasOwnText(entry) && (
            <p className="rounded-lg bg-sunken px-3 py-2 whitespace-pre-line wrap-anywhere">{entry.text}</p>
          )}
          {entry.vendorAnswer && (
            <VendorAnswerDetails answer={entry.vendorAnswer} connectorName={connectorName} />
          )}
          <p className="text-xs text-ink-soft">
            <Time at={entry.at} />
          </p>
        </li>
      ))}
    </ol>
  );
}
