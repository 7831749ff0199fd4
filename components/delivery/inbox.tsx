import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { StatusPill } from "@/components/ui/status-pill";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { RelativeTime } from "@/components/ui/time";
import type { InboxGroup } from "@/lib/connection/delivery/schema";
import { ROW_TONES } from "./outcome-looks";
import { useCauseWords } from "./use-cause-words";
import { useEntityWords } from "./use-entity-words";

type Connector = { id: string; name: string };
type Props = {
  connectionId: string;
  connector: Connector;
  groups: readonly InboxGroup[];
  rowsHref(group: InboxGroup): string;
  /** What a value has to be; null where nothing may be written any more. */
  fieldsHref: string | null;
  /** Gets `connectionId`, `verdict` and the fields that name a group. */
  giveVerdict: FormAction;
};

function Group({
  group,
  connectionId,
  connector,
  giveVerdict,
  rowsHref,
}: Omit<Props, "groups" | "fieldsHref"> & { group: InboxGroup }) {
  const t = useTranslations("deliveries");
  const words = useCauseWords(connector)(group);
  const entities = useEntityWords(connector.id);
  const { entity, state, cause, field, vendorCode, count, since } = group;
  const hidden = {
    connectionId,
    entity,
    state,
    cause: cause ?? "",
    field: field ?? "",
    vendorCode: vendorCode ?? "",
  };
  return (
    <li className="grid gap-2 py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
        <div className="grid min-w-0 gap-0.5">
          <h3 className="font-medium">{words.title}</h3>
          <p className="text-sm text-ink-soft">
            {entities.name(entity)} · {t("inbox.rows", { count })} ·{" "}
            {t.rich("inbox.since", { time: () => <RelativeTime at={since} /> })}
          </p>
        </div>
        <StatusPill tone={ROW_TONES[state]}>{t(`outcomes.${state}`)}</StatusPill>
      </div>
      <p className="text-sm">{words.fix}</p>
      {(field || vendorCode) && (
        <p className="flex flex-wrap gap-x-4 text-sm text-ink-soft">
          {field && <span>{t("inbox.field", { field: entities.field(entity, field) })}</span>}
          {vendorCode && (
            <span className="wrap-anywhere">
              {t("inbox.code", { connector: connector.name, code: vendorCode })}
            </span>
          )}
        </p>
      )}
      <div className="flex flex-wrap gap-2 pt-1">
        <LinkButton href={rowsHref(group)} variant="secondary" size="small">
          {t("inbox.look", { count })}
        </LinkButton>
        {state !== "unknown" && (
          <ActionForm action={giveVerdict} hidden={{ ...hidden, verdict: "retry" }} className="grid gap-2">
            <SubmitButton variant="secondary" size="small" pendingLabel={t("inbox.retrying")}>
              {t("inbox.retry")}
            </SubmitButton>
            <FormError />
          </ActionForm>
        )}
        {cause === "total_differs" && (
          <ActionForm action={giveVerdict} hidden={{ ...hidden, verdict: "accept" }} className="grid gap-2">
            <SubmitButton variant="secondary" size="small" pendingLabel={t("inbox.retrying")}>
              {t("inbox.accept")}
            </SubmitButton>
            <FormError />
          </ActionForm>
        )}
        <ConfirmDialog
          trigger={t("inbox.dismiss")}
          triggerVariant="quiet"
          triggerSize="small"
          title={t("inbox.dismissTitle")}
          description={t("inbox.dismissBody", { count, connector: connector.name })}
          keepLabel={t("inbox.dismissKeep")}
          confirmLabel={t("inbox.dismissConfirm")}
          pendingLabel={t("inbox.dismissing")}
          action={giveVerdict}
          hidden={{ ...hidden, verdict: "dismiss" }}
        />
      </div>
    </li>
  );
}

/** What needs somebody, by cause, with what to do about it. */
export function Inbox(props: Props) {
  const t = useTranslations("deliveries.inbox");
  const fields = useTranslations("deliveries.fields");
  const { groups, connector, fieldsHref } = props;
  return (
    <CardSection
      id="inbox"
      title={t("title")}
      intro={t("intro", { connector: connector.name })}
      aside={
        fieldsHref && (
          <TextLink href={fieldsHref} className="text-sm">
            {fields("link")}
          </TextLink>
        )
      }
    >
      {groups.length === 0 ? (
        <p className="flex items-center gap-2 text-sm text-ink-soft">
          <CircleCheck aria-hidden className="size-4 text-success-text" />
          {t("none")}
        </p>
      ) : (
        <>
          <ul className="divide-y divide-line">
            {groups.map((group) => (
              <Group
                key={[group.entity, group.state, group.cause, group.field, group.vendorCode].join(" ")}
                group={group}
                {...props}
              />
            ))}
          </ul>
          <p className="border-t border-line pt-3 text-sm text-ink-soft">{t("fixHint")}</p>
        </>
      )}
    </CardSection>
  );
}
