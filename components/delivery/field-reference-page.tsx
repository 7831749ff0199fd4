import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { CardSection } from "@/components/ui/card";
import { PageHeading } from "@/components/ui/page-heading";
import { TextLink } from "@/components/ui/text-link";
import { type FieldDescription, type FieldRun, groupFields } from "@/lib/connectors/field-reference";
import { describeRules, lengthOf } from "./field-rules";
import { useEntityWords } from "./use-entity-words";

type Connector = { id: string; name: string };
type Props = {
  connector: Connector;
  entities: readonly { id: string; fields: readonly FieldDescription[] }[];
  hrefs: { deliveries: string; csv(entity: string): string };
};

/** Every field that files may have, with what a value has to be: made from the schemas that check rows. */
export function FieldReferencePage({ connector, entities, hrefs }: Props) {
  const t = useTranslations("deliveries.fields");
  const words = useEntityWords(connector.id);
  return (
    <div className="grid gap-6">
      <div className="grid gap-3">
        <TextLink href={hrefs.deliveries} className="justify-self-start text-sm">
          {t("toDeliveries")}
        </TextLink>
        <PageHeading title={t("title")}>
          {t("intro", { connector: connector.name })} {t("envelope")}
        </PageHeading>
      </div>
      {entities.length > 1 && (
        <nav aria-label={t("title")}>
          <ul className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
            {entities.map(({ id }) => (
              <li key={id}>
                <TextLink href={`#${id}`}>{words.name(id)}</TextLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {entities.map(({ id, fields }) => (
        <CardSection
          key={id}
          id={id}
          title={words.name(id)}
          aside={
            <a href={hrefs.csv(id)} download className={buttonClass("secondary", "small")}>
              {t("download")}
            </a>
          }
        >
          <ul className="divide-y divide-line text-sm">
            {groupFields(fields).map((run) => (
              <Field key={run.first.name} entity={id} run={run} connector={connector} />
            ))}
          </ul>
        </CardSection>
      ))}
    </div>
  );
}

function Field({ entity, run, connector }: { entity: string; run: FieldRun; connector: Connector }) {
  const t = useTranslations("deliveries.fields");
  const words = useEntityWords(connector.id);
  const { first, last } = run;
  const isSpan = first !== last;
  const rules = describeRules(t, isSpan ? { ...first, nameAtVendor: null } : first, {
    connector: connector.name,
    entity: words.name,
  });
  const vendorSpan = isSpan && first.nameAtVendor && last.nameAtVendor;
  const span = { first: first.nameAtVendor ?? "", last: last.nameAtVendor ?? "" };
  const length = lengthOf(first.kind);
  return (
    <li className="grid gap-x-6 gap-y-1 py-3 md:grid-cols-[14rem_minmax(0,1fr)]">
      <div className="grid content-start gap-0.5">
        <code className="font-medium wrap-anywhere">
          {isSpan ? t("span", { first: first.name, last: last.name }) : first.name}
        </code>
        <span className="text-ink-soft">
          {t(`types.${first.kind.type}`)}
          {length !== null && ` (${length})`}
          {first.isRequired && <strong className="font-medium text-ink"> · {t("requiredMark")}</strong>}
        </span>
      </div>
      <div className="grid content-start gap-0.5">
        <p className="wrap-anywhere">
          {isSpan
            ? t("span", { first: words.field(entity, first.name), last: words.field(entity, last.name) })
            : words.field(entity, first.name)}
        </p>
        <p className="max-w-prose wrap-anywhere text-ink-soft">
          {rules.join(" ")}
          {vendorSpan && ` ${t("rule.named", { name: t("span", span), connector: connector.name })}`}
        </p>
      </div>
    </li>
  );
}
