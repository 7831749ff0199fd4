import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import type { Guide } from "@/lib/catalogue/guide/schema";

type Contents = Guide["contents"];

const LINE = "block py-1 text-ink-soft hover:text-ink hover:underline pointer-coarse:py-2";

function Lines({ contents }: { contents: Contents }) {
  return (
    <ul className="grid text-sm">
      {contents.map(({ anchor, title, sections }) => (
        <li key={anchor}>
          <a href={`#${anchor}`} className={LINE}>
            {title}
          </a>
          {sections.length > 0 && (
            <ul className="mb-1 border-l border-line pl-3">
              {sections.map((section) => (
                <li key={section.anchor}>
                  <a href={`#${section.anchor}`} className={LINE}>
                    {section.title}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What the guide has: beside the text where there is room for both, else folded above it. */
export function GuideContents({ contents }: { contents: Contents }) {
  const t = useTranslations("guide");
  return (
    <>
      <nav aria-label={t("contents")} className="lg:hidden">
        <Card className="px-4 py-3">
          <Disclosure summary={t("contents")}>
            <Lines contents={contents} />
          </Disclosure>
        </Card>
      </nav>
      <nav
        aria-label={t("contents")}
        className="sticky top-6 hidden max-h-[calc(100dvh-3rem)] overflow-y-auto lg:block"
      >
        <p aria-hidden className="pb-2 text-sm font-semibold">
          {t("contents")}
        </p>
        <Lines contents={contents} />
      </nav>
    </>
  );
}
