import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import type { OfferedEntity } from "@/lib/connection/import/schema";
import { ImportForm } from "./import-form";
import { useEntityWords } from "./use-entity-words";

type Props = {
  entity: OfferedEntity;
  connector: { id: string; name: string };
  hasSettings: boolean;
  send: Parameters<typeof ImportForm>[0]["send"];
  hrefs: { list: string; settings: string; fields: string };
};

/** A page to drop a CSV file on, with the columns that it may have. */
export function ImportPage({ entity, connector, hasSettings, send, hrefs }: Props) {
  const t = useTranslations("deliveries");
  const words = useEntityWords(connector.id);
  return (
    <div className="grid gap-6">
      <div className="grid gap-3">
        <TextLink href={hrefs.list} className="justify-self-start text-sm">
          {t("detail.toList")}
        </TextLink>
        <PageHeading title={t("import.title", { entity: words.name(entity.id) })}>
          {t("import.intro", { connector: connector.name })}
        </PageHeading>
      </div>
      {!hasSettings && (
        <Alert
          tone="warning"
          role="note"
          action={<TextLink href={hrefs.settings}>{t("entities.settings")}</TextLink>}
        >
          {t("import.settingsMissing")}
        </Alert>
      )}
      <ImportForm
        entity={entity.id}
        connector={connector}
        columns={entity.columns.map(({ name }) => name)}
        send={send}
      />
      <CardSection
        id="columns"
        title={t("import.columns")}
        aside={
          <TextLink href={hrefs.fields} className="text-sm">
            {t("fields.link")}
          </TextLink>
        }
        intro={
          entity.columns.some(({ isOfLine }) => isOfLine) &&
          t("import.lineHint", { key: words.field(entity.id, entity.keyField) })
        }
      >
        <table className="w-full text-left text-sm">
          <thead className="text-ink-soft">
            <tr>
              <th className="py-1.5 pr-4 font-medium">{t("import.column")}</th>
              <th className="py-1.5 font-medium">{t("import.meaning")}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {entity.columns.map(({ name, isRequired }) => (
              <tr key={name} className="align-top">
                <td className="py-1.5 pr-4">
                  <code className="text-xs wrap-anywhere">{name}</code>
                </td>
                <td className="py-1.5">
                  {words.field(entity.id, name)}
                  {isRequired && <span className="text-ink-soft"> · {t("import.required")}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </CardSection>
    </div>
  );
}
