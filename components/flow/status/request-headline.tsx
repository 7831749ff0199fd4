import {
  CircleCheck,
  CircleHelp,
  CircleSlash,
  CircleX,
  Hourglass,
  LoaderCircle,
  TriangleAlert,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { classNames } from "@/components/ui/class-names";
import { LinkButton } from "@/components/ui/link-button";
import { RelativeTime, Time } from "@/components/ui/time";
import { TONE_CLASS } from "@/components/ui/tone";
import type { RequestView } from "@/lib/activation/request/schema";
import { type HeadlineKey, headlineOf } from "./headline";

const ICONS: Record<HeadlineKey, typeof Hourglass> = {
  waitingForCustomer: TriangleAlert,
  waitingForPartner: Hourglass,
  activating: LoaderCircle,
  allActive: CircleCheck,
  allActiveAttention: TriangleAlert,
  notReady: TriangleAlert,
  someActive: TriangleAlert,
  someEnded: CircleSlash,
  ended: CircleSlash,
  allRejected: CircleX,
  allTimedOut: TriangleAlert,
  noneActive: CircleX,
  noneKnown: CircleHelp,
  cancelled: CircleSlash,
};

/** Since when we wait, and until when at the latest. */
function Waiting({ view }: { view: RequestView }) {
  const t = useTranslations("status");
  const { deadlineAt } = view;
  if (view.waitingFor === null) return null;
  return (
    <p className="text-sm text-ink-soft">
      {t.rich("since", { time: () => <RelativeTime at={view.waitingSince} /> })}
      {deadlineAt && (
        <>
          {" "}
          {t.rich("deadline", {
            partner: view.partnerName,
            time: () => <Time at={deadlineAt} />,
          })}
        </>
      )}
    </p>
  );
}

/** Where the confirmation goes, and whether it went. */
function MailNote({ view }: { view: RequestView }) {
  const t = useTranslations("status.mail");
  const isOver = view.state === "settled" || view.state === "cancelled";
  if (view.mail === "none" || (view.mail === "not_yet" && isOver)) return null;
  return (
    <p className="text-sm text-ink-soft">
      {t.rich(view.mail === "not_yet" ? "canClose" : view.mail, {
        email: view.notifiedEmail,
        b: (chunks) => <span className="font-medium wrap-anywhere text-ink">{chunks}</span>,
      })}
    </p>
  );
}

type Props = { view: RequestView; partnerStepsHref: string };

/** The one sentence that sums the request up; each new one is read out. */
export function RequestHeadline({ view, partnerStepsHref }: Props) {
  const t = useTranslations("status.headline");
  const { key, tone, active, ended, attention, total } = headlineOf(view);
  const Icon = ICONS[key];
  const values = {
    integration: view.integrationName,
    partner: view.partnerName,
    connector: view.connectorName,
    active,
    ended,
    attention,
    total,
  };
  return (
    <div className="flex items-start gap-4">
      <span
        className={classNames(
          "hidden size-11 shrink-0 place-items-center rounded-xl border sm:grid",
          TONE_CLASS[tone],
        )}
      >
        <Icon aria-hidden className={classNames("size-5.5", key === "activating" && "animate-spin")} />
      </span>
      <div className="grid max-w-2xl gap-1.5">
        <div aria-live="polite" className="grid gap-1.5">
          <h1 className="text-2xl font-semibold tracking-tight">{t(`${key}.title`, values)}</h1>
          <p className="text-ink-soft">{t(`${key}.body`, values)}</p>
        </div>
        <Waiting view={view} />
        <MailNote view={view} />
        {key === "waitingForCustomer" && (
          <div className="pt-2">
            <LinkButton href={partnerStepsHref}>{t("openPartnerSteps")}</LinkButton>
          </div>
        )}
        {key === "waitingForPartner" && view.partnerSteps.kind === "page" && (
          <div className="pt-2">
            <LinkButton href={partnerStepsHref} variant="secondary">
              {t("reopenPartnerSteps", values)}
            </LinkButton>
          </div>
        )}
      </div>
    </div>
  );
}
