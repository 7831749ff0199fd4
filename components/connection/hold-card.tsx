import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DayField, ZoneField } from "@/components/ui/day-field";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import type { HoldKind, HoldSide, HoldView } from "@/lib/connection/hold/schema";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";

export type HoldActions = {
  /** Gets `connectionId`, `reason`, `from`, `until` and `zone`. */
  pause: FormAction;
  /** Gets `connectionId`, `reason`, `until` and `zone`. */
  scheduleEnd: FormAction;
  /** Gets `connectionId` and `holdId`. */
  lift: FormAction;
};

export type HeldConnection = {
  id: string;
  environmentName: string;
  integrationName: string;
  connectorName: string;
  partnerName: string;
  holds: HoldView[];
};

type Props = { connection: HeldConnection; side: HoldSide; actions: HoldActions };

const valuesOf = ({ environmentName, integrationName, connectorName, partnerName }: HeldConnection) => ({
  environment: environmentName,
  integration: integrationName,
  connector: connectorName,
  partner: partnerName,
});

const sentenceOf = ({ kind, until, hasBegun }: HoldView): string => {
  if (kind === "scheduled_end") return "scheduled_end";
  const when = hasBegun ? "now" : "later";
  return until ? `${when}Until` : when;
};

function Lift({ hold, connectionId, lift }: { hold: HoldView; connectionId: string; lift: FormAction }) {
  const t = useTranslations("connectionHold");
  return (
    <ActionForm
      action={lift}
      hidden={{ connectionId, holdId: hold.id }}
      className="grid justify-items-start gap-2"
    >
      <FormError />
      <SubmitButton variant="secondary" size="small" pendingLabel={t("pending")}>
        {t(hold.kind === "scheduled_end" ? "keep" : hold.hasBegun ? "resume" : "callOff")}
      </SubmitButton>
    </ActionForm>
  );
}

function Hold({
  hold,
  side,
  connection,
  lift,
}: Omit<Props, "actions"> & { hold: HoldView; lift: FormAction }) {
  const t = useTranslations("connectionHold");
  const values = valuesOf(connection);
  const isOwn = hold.setBy === side || side === "operator";
  return (
    <Alert
      tone={hold.kind === "pause" ? "info" : "warning"}
      role="note"
      title={t.rich(`said.${sentenceOf(hold)}`, {
        ...values,
        by: hold.setBy === side ? "own" : hold.setBy,
        since: () => <Time at={hold.since} precision="date" />,
        until: () => <Time at={hold.until ?? hold.since} precision="date" />,
      })}
      action={isOwn && <Lift hold={hold} connectionId={connection.id} lift={lift} />}
    >
      <p>{t(hold.kind === "pause" ? "means.pause" : "means.scheduled_end", values)}</p>
      {hold.reason && <p className="pt-1 wrap-anywhere">{t("reasonGiven", { reason: hold.reason })}</p>}
      {!isOwn && <p className="pt-1">{t("notYours", { ...values, by: hold.setBy })}</p>}
    </Alert>
  );
}

/** Pauses and days of an end that are set, whoever set them. */
export function HoldNotes({ connection, side, lift }: Omit<Props, "actions"> & { lift: FormAction }) {
  if (connection.holds.length === 0) return null;
  return (
    <div className="grid gap-3">
      {connection.holds.map((hold) => (
        <Hold key={hold.id} hold={hold} side={side} connection={connection} lift={lift} />
      ))}
    </div>
  );
}

/** The buttons for what this side has not set yet: a pause, and an end on a day. */
export function HoldButtons({ connection, side, actions, mayEnd = true }: Props & { mayEnd?: boolean }) {
  const t = useTranslations("connectionHold");
  const values = valuesOf(connection);
  const has = (kind: HoldKind) => connection.holds.some((hold) => hold.kind === kind && hold.setBy === side);
  const dialog = {
    hidden: { connectionId: connection.id },
    keepLabel: t("dialog.keep"),
    pendingLabel: t("pending"),
  };
  const reader = side === "customer" ? "reasonHelpCustomer" : "reasonHelpPartner";
  const reason = (
    <Field name="reason" label={t("dialog.reason")} help={t(`dialog.${reader}`, values)}>
      <Input maxLength={MAX_REASON_LENGTH} autoComplete="off" />
    </Field>
  );
  return (
    <div className="flex flex-wrap gap-2">
      {!has("pause") && (
        <ConfirmDialog
          {...dialog}
          trigger={t("dialog.pause.open")}
          triggerSize="small"
          title={t("dialog.pause.title", values)}
          description={t("dialog.pause.body", values)}
          confirmLabel={t("dialog.pause.confirm")}
          confirmVariant="primary"
          action={actions.pause}
        >
          {reason}
          <div className="grid gap-4 sm:grid-cols-2">
            <DayField name="from" label={t("dialog.pause.from")} help={t("dialog.pause.fromHelp")} />
            <DayField name="until" label={t("dialog.pause.until")} help={t("dialog.pause.untilHelp")} />
          </div>
          <ZoneField />
        </ConfirmDialog>
      )}
      {mayEnd && !has("scheduled_end") && (
        <ConfirmDialog
          {...dialog}
          trigger={t("dialog.end.open")}
          triggerSize="small"
          title={t("dialog.end.title", values)}
          description={t("dialog.end.body", values)}
          confirmLabel={t("dialog.end.confirm")}
          action={actions.scheduleEnd}
        >
          {reason}
          <DayField name="until" label={t("dialog.end.until")} help={t("dialog.end.untilHelp")} isRequired />
          <ZoneField />
        </ConfirmDialog>
      )}
    </div>
  );
}
