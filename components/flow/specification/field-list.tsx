import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Disclosure } from "@/components/ui/disclosure";
import { fieldsOf, linesOf, type Section } from "@/lib/catalogue/integration/fields";
import type { ShownContent } from "@/lib/catalogue/integration/schema";
import { useVendorWords } from "../use-vendor-words";
import { FieldLines } from "./field-lines";
import { LanguageNote } from "./language-note";
import { type Sides, useFieldWords } from "./use-field-words";

type Props = Sides & { content: ShownContent };

/** The fields of a section by their labels; what the content does not have is left out. */
export function FieldList({ section, content, ...sides }: Props & { section: Section }) {
  const words = useFieldWords(sides);
  const labels = useVendorWords(sides.connector.id, "specification.fields");
  const fields = fieldsOf(section).map((field) => ({ field, lines: linesOf(content, field, words) }));
  return (
    <DescriptionList>
      {fields
        .filter(({ lines }) => lines.length > 0)
        .map(({ field, lines }) => (
          <Description key={field} term={labels(field)}>
            <FieldLines lines={lines} language={content.languages[field]} />
            {lines.flat().some((part) => typeof part === "object") && (
              <LanguageNote language={content.languages[field]} />
            )}
          </Description>
        ))}
    </DescriptionList>
  );
}

/** What the partner's software may do with the rights above; nothing where the specification asks for no such access. */
export function AccessOfSoftware(props: Props) {
  if (props.content.access === undefined) return null;
  return (
    <div className="mt-4 border-t border-line pt-4">
      <FieldList section="access" {...props} />
    </div>
  );
}

/** What holds beside description, rights, price and terms; folded away on the review page, open where it is printed. */
export function Conditions({ isFolded = false, ...props }: Props & { isFolded?: boolean }) {
  const t = useTranslations("specification.conditions");
  return (
    <CardSection id="conditions" title={t("title")} intro={t("intro", { partner: props.partner })}>
      {isFolded ? (
        <Disclosure summary={t("show")}>
          <FieldList section="conditions" {...props} />
        </Disclosure>
      ) : (
        <FieldList section="conditions" {...props} />
      )}
    </CardSection>
  );
}
