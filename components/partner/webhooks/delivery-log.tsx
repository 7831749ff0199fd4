import { useTranslations } from "next-intl";
import { ListRow } from "@/components/home/list-row";
import { Button } from "@/components/ui/button";
import { CardSection } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { Select } from "@/components/ui/select";
import { StatusPill } from "@/components/ui/status-pill";
import { Time } from "@/components/ui/time";
import { DELIVERY_STATES, type DeliveryState, type WebhookDeliveryView } from "@/lib/partner/webhook/schema";
import { DELIVERY_TONES, TYPE_WORDS } from "./event-words";

export type Log = {
  /** What it is narrowed to. */
  state: DeliveryState | null;
  counts: Record<DeliveryState, number>;
  deliveries: WebhookDeliveryView[];
  moreHref: string | null;
};

function Row({ delivery, href }: { delivery: WebhookDeliveryView; href: string }) {
  const t = useTranslations("partnerWebhooks");
  const types = useTranslations("partnerWebhooks.types");
  const { event, state, failures, nextAttemptAt } = delivery;
  return (
    <ListRow
      href={href}
      title={types(TYPE_WORDS[event.type])}
      detail={
        <>
          <Time at={event.timestamp} />
          {t("log.failures", { count: failures })}
          {nextAttemptAt && t.rich("log.next", { time: () => <Time at={nextAttemptAt} /> })}
        </>
      }
      status={<StatusPill tone={DELIVERY_TONES[state]}>{t(`log.states.${state}`)}</StatusPill>}
    />
  );
}

type Props = { log: Log; mayManage: boolean; hrefs: { self: string; replay: string } };

/** What was sent to an endpoint, and how it went. */
export function DeliveryLog({ log, mayManage, hrefs }: Props) {
  const t = useTranslations("partnerWebhooks.log");
  const { state, counts, deliveries, moreHref } = log;
  const all = DELIVERY_STATES.reduce((sum, one) => sum + counts[one], 0);
  return (
    <CardSection
      id="log"
      title={t("title")}
      intro={t("intro")}
      aside={
        mayManage &&
        all > 0 && (
          <LinkButton href={hrefs.replay} variant="secondary" size="small">
            {t("replay")}
          </LinkButton>
        )
      }
    >
      {all === 0 ? (
        <p className="text-sm text-ink-soft">{t("empty")}</p>
      ) : (
        <>
          <form key={state} action={`${hrefs.self}#log`} className="flex flex-wrap items-end gap-2 pb-2">
            <div className="grid gap-1">
              <label htmlFor="log-state" className="text-xs font-medium text-ink-soft">
                {t("filter")}
              </label>
              <Select id="log-state" name="state" defaultValue={state ?? ""}>
                <option value="">{t("any", { count: all })}</option>
                {DELIVERY_STATES.map((one) => (
                  <option key={one} value={one}>
                    {t(`states.${one}`)} ({counts[one]})
                  </option>
                ))}
              </Select>
            </div>
            <Button type="submit" variant="secondary" size="small">
              {t("show")}
            </Button>
          </form>
          {deliveries.length === 0 ? (
            <p className="pt-2 text-sm text-ink-soft">{t("emptyFiltered")}</p>
          ) : (
            <ul className="divide-y divide-line">
              {deliveries.map((delivery) => (
                <Row key={delivery.id} delivery={delivery} href={`${hrefs.self}/deliveries/${delivery.id}`} />
              ))}
            </ul>
          )}
          {moreHref && (
            <div className="pt-3">
              <LinkButton href={moreHref} variant="secondary" size="small">
                {t("older")}
              </LinkButton>
            </div>
          )}
        </>
      )}
    </CardSection>
  );
}
