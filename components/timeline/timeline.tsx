import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useVendorWords } from "@/components/flow/use-vendor-words";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { TimelineEntry, TimelinePage } from "@/lib/activation/timeline/schema";
import { VendorAnswerDetails } from "../flow/status/vendor-answer-details";

export type TimelineNames = {
  connectorId: string;
  connectorName: string;
  partnerName: string;
  integrationName: string;
};

/** The sentence of an entry, and our own words about what went wrong in it. */
function useSentence({ connectorId, connectorName, partnerName, integrationName }: TimelineNames) {
  const t = useTranslations("timeline");
  const words = useTranslations();
  const failures = useVendorWords(connectorId, "failures");
  const causes = useVendorWords(connectorId, "attention");
  const names = { connector: connectorName, partner: partnerName, integration: integrationName };
  const causeOf = (cause: string) => causes(`${cause}.title`, names);

  function sentence(entry: TimelineEntry): ReactNode {
    const [what = "", detail = ""] = entry.what?.split(".") ?? [];
    const values = {
      ...names,
      company: entry.company ?? t("aCompany"),
      who: entry.actor ?? t(`by.${entry.side ?? "system"}`, names),
    };
    const until = () => (entry.until ? <Time at={entry.until} /> : null);
    switch (entry.kind) {
      case "decided": {
        if (what === "form") return t("decided.form", values);
        if (what === "user") return t("decided.person", values);
        return t(entry.actor ? "decided.key" : "decided.software", values);
      }
      case "done":
        return t.rich(`done.${what}_${detail}`, { ...values, until });
      case "vendor_call": {
        const call = t(what === "decide" || what === "redeem" ? `vendor_call.${what}` : "vendor_call.other", {
          ...values,
        });
        const isNumbered = detail !== "answered" || entry.text !== null;
        return isNumbered ? `${call}: ${t(`answer.${detail}`, { status: entry.text ?? "" })}` : call;
      }
      case "environment": {
        const state = what === "failed" && detail === "needs_recovery" ? "unknown" : what;
        return t("environment", { ...values, state: words(`states.activation.${state}`) });
      }
      case "connection_made":
        return t(`connection_made.${what}`, values);
      case "checked":
        return what ? t("checked.attention", { ...values, cause: causeOf(what) }) : t("checked.well", values);
      case "prepared":
        return t(`prepared.${what}`, values);
      case "connection_state":
        return t(`connection_state.${what}`, { ...values, cause: detail ? causeOf(detail) : "" });
      case "updated":
        return t(`updated.${what}`, { ...values, version: entry.text ?? "" });
      case "hold_set":
        return t.rich(`hold_set.${what === "pause" && entry.until ? "pauseUntil" : what}`, {
          ...values,
          until,
        });
      case "hold_lifted": {
        const over = what === "pause" ? "pauseOver" : "endOver";
        return t(`hold_lifted.${entry.side ? what : over}`, values);
      }
      case "offboarding":
        return t(`offboarding.${what}`, values);
      case "probed":
        return t(`probed.${what}`, values);
      case "mail": {
        const name = words.has(`operator.mails.kinds.${what}`) ? words(`operator.mails.kinds.${what}`) : what;
        return t(`mail.${detail}`, { recipient: entry.text ?? partnerName, kind: name });
      }
      default:
        return t(entry.kind, values);
    }
  }

  function ownWords({ kind, what }: TimelineEntry): string | null {
    const reason = kind === "environment" ? what?.split(".")[1] : undefined;
    return reason ? failures(`${reason}.title`, names) : null;
  }
  return { sentence, ownWords };
}

const QUOTED = new Set<TimelineEntry["kind"]>(["note", "environment", "hold_set", "offboarding"]);

type Props = {
  page: TimelinePage;
  names: TimelineNames;
  hrefs: { newest: string; earlier: (cursor: string) => string };
  /** It is not the first page that is shown. */
  isEarlier: boolean;
  /** To an operator: vendors' words are left out, and a company is known by its activation's id alone. */
  isRedacted?: boolean;
  /** The button beside a mail that failed. */
  renderResend?: (mailId: string) => ReactNode;
};

/** What happened with a request or a connection, the newest first: the same for customer, partner and operator. */
export function Timeline({ page, names, hrefs, isEarlier, isRedacted, renderResend }: Props) {
  const t = useTranslations("timeline");
  const { sentence, ownWords } = useSentence(names);
  return (
    <div className="grid gap-4">
      {isEarlier && (
        <p className="text-sm">
          <TextLink href={hrefs.newest}>{t("newest")}</TextLink>
        </p>
      )}
      {page.entries.length === 0 && <p className="text-sm text-ink-soft">{t("nothing")}</p>}
      <ol className="grid gap-4 border-l border-line pl-4 text-sm empty:hidden">
        {page.entries.map((entry) => (
          <li key={entry.key} className="relative grid gap-1">
            <span
              aria-hidden
              className="absolute top-1.5 -left-[1.3rem] size-2 rounded-full border border-line-strong bg-surface"
            />
            <p className="wrap-anywhere">{sentence(entry)}</p>
            {ownWords(entry) && <p className="text-ink-soft">{ownWords(entry)}</p>}
            {entry.text !== null && QUOTED.has(entry.kind) && (
              <p className="rounded-lg bg-sunken px-3 py-2 whitespace-pre-line wrap-anywhere">{entry.text}</p>
            )}
            {entry.vendorAnswer && (
              <VendorAnswerDetails
                answer={entry.vendorAnswer}
                connectorName={names.connectorName}
                isRedacted={isRedacted}
              />
            )}
            {entry.kind === "mail" &&
              entry.what?.endsWith(".failed") &&
              entry.about &&
              renderResend?.(entry.about)}
            <p className="text-xs text-ink-soft">
              <Time at={entry.at} />
              {isRedacted && entry.about && (
                <>
                  {" · "}
                  <code className="wrap-anywhere">{entry.about}</code>
                </>
              )}
            </p>
          </li>
        ))}
      </ol>
      {page.nextCursor && (
        <p className="text-sm">
          <TextLink href={hrefs.earlier(page.nextCursor)}>{t("earlier")}</TextLink>
        </p>
      )}
    </div>
  );
}
