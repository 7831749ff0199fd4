import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { InboxGroupKey, InboxRow, OpenedRow, RowField } from "@/lib/connection/delivery/schema";
import { ROW_TONES } from "./outcome-looks";
import { useCauseWords } from "./use-cause-words";
import { useEntityWords } from "./use-entity-words";

type Props = {
  connectionId: string;
  connector: { id: string; name: string };
  row: InboxGroupKey & InboxRow;
  /** null: the gateway could not open it. */
  opened: OpenedRow | null;
  /** null: its content is no longer kept, or is no row. */
  fields: readonly RowField[] | null;
  /** Gets `connectionId`, `rowId` and the fields as `row.<path>`. */
  fix: FormAction;
  /** Gets `connectionId`, `rowId` and `verdict`. */
  giveVerdict: FormAction;
  listHref: string;
};

/** One row that needs its customer: what is wrong with it, in whose words, and its fields to be corrected. */
export function InboxRowPage({ connectionId, connector, row, opened, fields, ...props }: Props) {
  const t = useTranslations("deliveries");
  const words = useEntityWords(connector.id);
  const title =
    opened?.key != null
      ? t("row.title", { entity: words.name(row.entity), key: opened.key })
      : t("row.position", { position: row.position });
  return (
    <div className="grid gap-6">
      <div className="grid gap-3">
        <TextLink href={props.listHref} className="justify-self-start text-sm">
          {t("row.toRows")}
        </TextLink>
        <PageHeading title={title}>
          <StatusPill tone={ROW_TONES[row.state]}>{t(`outcomes.${row.state}`)}</StatusPill>
        </PageHeading>
      </div>
      {row.isBeingWorkedOn && <Alert tone="info">{t("row.beingWorkedOnHint")}</Alert>}
      <Problems connector={connector} row={row} opened={opened} />
      {fields !== null && ["rejected", "waiting"].includes(row.state) && !row.isBeingWorkedOn && (
        <CardSection id="fields" title={t("row.fields")} intro={t("row.fieldsHint")}>
          <RowForm
            hidden={{ connectionId, rowId: row.id }}
            {...{ fields, opened, entity: row.entity, connectorId: connector.id, fix: props.fix }}
          />
        </CardSection>
      )}
      {!row.isBeingWorkedOn && (
        <div className="flex flex-wrap gap-2">
          {row.state !== "unknown" && (
            <ActionForm
              action={props.giveVerdict}
              hidden={{ connectionId, rowId: row.id, verdict: "retry" }}
              className="grid gap-2"
            >
              <SubmitButton variant="secondary" size="small" pendingLabel={t("inbox.retrying")}>
                {t("inbox.retry")}
              </SubmitButton>
              <FormError />
            </ActionForm>
          )}
          <ConfirmDialog
            trigger={t("inbox.dismiss")}
            triggerVariant="quiet"
            triggerSize="small"
            title={t("inbox.dismissTitle")}
            description={t("inbox.dismissBody", { count: 1, connector: connector.name })}
            keepLabel={t("inbox.dismissKeep")}
            confirmLabel={t("inbox.dismissConfirm")}
            pendingLabel={t("inbox.dismissing")}
            action={props.giveVerdict}
            hidden={{ connectionId, rowId: row.id, verdict: "dismiss" }}
          />
        </div>
      )}
    </div>
  );
}

function Problems({ connector, row, opened }: Pick<Props, "connector" | "row" | "opened">) {
  const t = useTranslations("deliveries");
  const words = useEntityWords(connector.id);
  const tell = useCauseWords(connector);
  const problems = opened?.problems.length ? opened.problems : [row];
  return (
    <CardSection id="problems" title={t("row.problems")}>
      <ul className="divide-y divide-line">
        {problems.map(({ field, cause, vendorCode, ...said }) => {
          const { title, fix } = tell({ state: row.state, cause });
          const vendorWords = "vendorWords" in said ? said.vendorWords : undefined;
          return (
            <li key={`${field} ${cause} ${vendorCode}`} className="grid gap-1 py-3 first:pt-0 last:pb-0">
              <p className="font-medium">
                {field !== null && `${nameField(words, row.entity, field)}: `}
                {title}
              </p>
              <p className="text-sm">{fix}</p>
              {vendorWords && (
                <p className="text-sm wrap-anywhere whitespace-pre-line text-ink-soft">
                  {t("inbox.code", { connector: connector.name, code: vendorWords })}
                </p>
              )}
            </li>
          );
        })}
      </ul>
      {opened === null && <p className="text-sm text-ink-soft">{t("row.notOpened")}</p>}
      {opened !== null && opened.fields === null && (
        <p className="text-sm text-ink-soft">{t("row.notKept")}</p>
      )}
    </CardSection>
  );
}

/** Of a field in a list of lines, with the line's number. */
function nameField(words: ReturnType<typeof useEntityWords>, entity: string, path: string): string {
  const [, list, index, inner] = /^(\w+)\.(\d+)\.(\w+)$/.exec(path) ?? [];
  return list === undefined
    ? words.field(entity, path)
    : `${words.field(entity, `${list}.${inner}`)} (${Number(index) + 1})`;
}

type FormProps = Pick<Props, "opened" | "fix"> & {
  hidden: Record<string, string>;
  fields: readonly RowField[];
  entity: string;
  connectorId: string;
};

/** What is wrong, what is needed and what the row has stands open; all else is a click away. */
function RowForm({ hidden, fields, opened, entity, connectorId, fix }: FormProps) {
  const t = useTranslations("deliveries");
  const words = useEntityWords(connectorId);
  const wrong = new Set(opened?.problems.map(({ field }) => field));
  const isShown = ({ path, value, isRequired }: RowField) => value !== "" || isRequired || wrong.has(path);
  const show = ({ path, column, line, value, isRequired }: RowField) => (
    <Field
      key={path}
      name={`row.${path}`}
      label={line === null ? words.field(entity, column) : `${words.field(entity, column)} (${line + 1})`}
      isRequired={isRequired}
      help={wrong.has(path) ? t("row.wrong") : undefined}
    >
      <Input defaultValue={value} autoComplete="off" />
    </Field>
  );
  const hiddenFields = fields.filter((field) => !isShown(field));
  return (
    <ActionForm action={fix} hidden={hidden} className="grid max-w-xl gap-4">
      <FormError />
      {fields.filter(isShown).map(show)}
      {hiddenFields.length > 0 && (
        <Disclosure summary={t("row.otherFields")}>
          <div className="grid gap-4">{hiddenFields.map(show)}</div>
        </Disclosure>
      )}
      <div>
        <SubmitButton pendingLabel={t("row.sending")}>{t("row.send")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
