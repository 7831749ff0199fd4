import type { FieldDescription } from "@/lib/connectors/field-reference";

type FieldKind = FieldDescription["kind"];

/** Words of `deliveries.fields`. */
type Translate = (key: string, values?: Record<string, string | number>) => string;
type Names = { connector: string; entity(id: string): string };

/** How long a value may be, where that is a number of characters; null where the kind says it. */
export function lengthOf(kind: FieldKind): number | null {
  switch (kind.type) {
    case "text":
    case "digits":
      return kind.max;
    case "currency":
      return 3;
    case "country":
      return 2;
    default:
      return null;
  }
}

function ruleOfKind(t: Translate, kind: FieldKind): string {
  switch (kind.type) {
    case "text":
      return t("rule.textLength", { max: kind.max });
    case "digits":
      return t("rule.digits", { max: kind.max });
    case "decimal":
      return t(kind.comma ? "rule.decimalComma" : "rule.decimalPoint", { scale: kind.scale });
    case "integer":
      // As they are written in a file: without separators of thousands.
      return t("rule.integer", { from: String(kind.from), to: String(kind.to) });
    case "day":
      return t(kind.formatted ? "rule.dayFormatted" : "rule.dayIso");
    case "choice":
      return t("rule.choice", { values: kind.values.join(", ") });
    default:
      return t(`rule.${kind.type}`);
  }
}

/** What a value of the field has to be, a sentence for each rule. */
export function describeRules(
  t: Translate,
  { kind, isKey, isOfLine, list, parent, nameAtVendor }: FieldDescription,
  { connector, entity }: Names,
): string[] {
  return [
    ...(isKey ? [t("rule.key")] : []),
    ruleOfKind(t, kind),
    ...(list ? [t(`rule.list_${list.missing}`, { connector })] : []),
    ...(parent ? [t("rule.parent", { entity: entity(parent) })] : []),
    ...(nameAtVendor ? [t("rule.named", { name: nameAtVendor, connector })] : []),
    ...(isOfLine ? [t("rule.line")] : []),
  ];
}
